// Structs back to YAML by their schema tables: `show`, and the resolved scenario of the run file.
#pragma once
#include <string>

#include "models/core/schema.hpp"
#include "sim/config/config.hpp"

namespace hypocaust::config {

struct YamlOptions {
  std::string currency;   // what `money` is called
  std::string folder;     // files are written relative to it; empty: the current folder
  bool comments = false;  // the origin of each value
  const Origins* origins = nullptr;
  // The same struct before completion, to tell `derived` from `default`; may be null.
  void* bound = nullptr;
};
std::string to_yaml(const Schema& schema, void* object, const YamlOptions& options);

}  // namespace hypocaust::config
