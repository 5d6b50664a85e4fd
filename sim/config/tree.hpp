// YAML as a tree of nodes with places. Scalars stay text until a schema row says what they are, so that `no`, `010` and
// `1.10` cannot be misread. No yaml-cpp type leaves tree.cpp.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/config/diagnostics.hpp"
#include "sim/config/source.hpp"

namespace hypocaust::config {

enum class Tag { none, assumed, remove, replace };

struct Entry;
struct Node {
  enum class Kind { scalar, list, map };
  Kind kind = Kind::scalar;
  Tag tag = Tag::none;
  bool quoted = false;   // a quoted scalar is never a $parameter
  bool spoiled = false;  // stands for a value that was already reported missing
  Place place;
  std::string text;            // scalar
  std::vector<Node> items;     // list
  std::vector<Entry> entries;  // map, in the order of the file
  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};
struct Entry {
  std::string key;
  Place place;  // of the key
  Node value;
};

inline const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}
inline Entry* Node::find(std::string_view key) { return const_cast<Entry*>(std::as_const(*this).find(key)); }

// Shared by the files, aliases and parts of one scenario.
struct Budget {
  std::size_t values = 0;
  static constexpr std::size_t most_values = 1'048'576;
  static constexpr std::size_t most_depth = 64;
};
std::size_t size_of(const Node& node);

// Parses sources[source] from byte `from` on; problems go to diagnostics. Returns an empty map when it could not.
Node parse_tree(const Sources& sources, int source, std::size_t from, Budget& budget, Diagnostics& diagnostics);

}  // namespace hypocaust::config
