// Visits every record and every value below a schema; the one traversal that completion, references and show share.
#pragma once
#include <functional>
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::config {

struct Visitor {
  std::function<void(const Schema&, void* object, const std::string& path)> record;                 // after what it holds
  std::function<void(const Field&, const TypeInfo&, void* member, const std::string& path)> value;  // scalars
};
void walk(const Schema& schema, void* object, const std::string& path, const Visitor& visitor);

inline std::string join(std::string_view path, std::string_view key) {
  return path.empty() ? std::string(key) : std::string(path) + "." + std::string(key);
}

}  // namespace hypocaust::config
