// Binds a tree to structs by their schema tables: every value checked for kind, dimension and range, every problem kept.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/core/schema.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/tree.hpp"

namespace hypocaust::config {

struct Written {  // a key that somebody wrote
  Place place;
  std::string text;  // scalars; as written
  bool assumed = false;
};

struct Reference {
  std::string path, name, scope;
  bool is_port = false;
  Place place;
};

class Binder {
 public:
  Binder(const Sources& sources, Diagnostics& diagnostics, std::string currency)
      : sources_(sources), diagnostics_(diagnostics), currency_(std::move(currency)) {}

  void bind(const Schema& schema, void* object, const Node& tree);
  // Reads `economics.exchange_rates` ahead of everything else; what is wrong with them is told when they are bound.
  void take_exchange_rates(const Node& tree);

  std::map<std::string, Written, std::less<>> written;  // by dotted path, maps and records included
  std::vector<Reference> references;
  std::map<std::string, std::set<std::string>, std::less<>> defined;  // scope -> names
  std::set<std::string, std::less<>> unread;                          // records with a value that could not be read
  // The place of a path, or of the nearest enclosing thing that somebody wrote.
  Place place_of(std::string_view path) const;

 private:
  void record(const Schema& schema, void* object, const Node& node, const Place& at, const std::string& path, bool typed);
  void value(const Field& field, const TypeInfo& type, void* member, const Node& node, const Place& at, const std::string& path);
  void scalar(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path);
  void varying(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path);
  void typed(const Field& field, void* member, const Node& node, const Place& at, const std::string& path);
  void named(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path);
  void unknown_key(const Schema& schema, const Entry& entry, const std::string& path, std::set<std::string_view>& near_misses);
  void fail(const Place& place, const std::string& path, std::string text);
  void refer(const Field& field, const TypeInfo& type, void* member, const Place& place, const std::string& path);

  const Sources& sources_;
  Diagnostics& diagnostics_;
  std::string currency_;
  std::vector<ExchangeRate> rates_;
  const Schema* root_ = nullptr;
};

}  // namespace hypocaust::config
