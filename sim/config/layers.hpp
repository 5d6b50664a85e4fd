// Layers of a scenario, later wins: includes, the file, cases, --set. Maps merge; lists and scalars replace; a map with
// another `type:`, or tagged !replace, replaces whole; !remove deletes.
#pragma once
#include <string>
#include <vector>

#include "models/core/schema.hpp"
#include "sim/config/tree.hpp"

namespace hypocaust::config {

class Layers {
 public:
  Layers(Sources& sources, Budget& budget, Diagnostics& diagnostics)
      : sources_(sources), budget_(budget), diagnostics_(diagnostics) {}

  // Reads a file and what it includes, merged; `include` is gone from the result. Throws UserError on a syntax error.
  Node file(const std::string& path);
  // Lays case `name` over the tree and marks its places as layer `layer`. `cases:` itself stays.
  void apply_case(Node& tree, const std::string& name, int layer);
  // Lays one "path=value" over the tree; cannot create a named thing (schema says which maps hold names).
  void apply_set(Node& tree, const Schema& schema, const std::string& assignment);
  // One YAML file as a tree, its `hypocaust: 1` checked and removed. For includes and parts.
  Node read(const std::string& path, const Place& asked_at);

 private:
  Node with_includes(const std::string& path, const Place& asked_at);
  Sources& sources_;
  Budget& budget_;
  Diagnostics& diagnostics_;
  std::vector<std::string> open_;  // files being included, canonical paths
};

void merge(Node& base, Node overlay, const std::string& path, Diagnostics& diagnostics);

}  // namespace hypocaust::config
