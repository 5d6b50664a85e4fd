// Parts: components made of components, as files. `type: substation` finds parts/substation.yaml; its inner components
// become `station.exchanger`, its controllers `station.heating` of plant.controllers. A map without `type:` whose values are maps is a group and gives the same names.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/config/layers.hpp"

namespace hypocaust::config {

class Parts {
 public:
  // site_folder: parts are looked for in site_folder/../parts and site_folder/parts, then $HYPOCAUST_CONFIGS/parts, then
  // the project's own configs/parts.
  Parts(Layers& layers, Budget& budget, Diagnostics& diagnostics, const std::string& site_folder);
  // Flattens plant.components of the tree in place; built_in holds the types that are not parts.
  void expand(Node& tree, const std::vector<std::string_view>& built_in);
  // `server: name` of a host group becomes what parts/servers/name.yaml says under `power:`.
  void expand_servers(Node& tree);

 private:
  void expand_server(Node& server, const std::string& path);
  void expand_entry(Entry entry, const std::string& name, std::vector<Entry>& out, int depth);
  Entry instantiate(const Entry& inner, const Entry& instance, const Node& part, const std::string& name);
  void expand_part(const Entry& instance, const std::string& name, const Node& part, std::vector<Entry>& out, int depth);
  static bool is_group(const Entry& entry);
  static void ungroup(Entry entry, std::string name, std::vector<Entry>& out);
  const Node* find(const std::string& type, const Place& place);

  Layers& layers_;
  Budget& budget_;
  Diagnostics& diagnostics_;
  std::vector<std::string> folders_;
  std::vector<std::string_view> built_in_;
  std::map<std::string, Node> loaded_;
  std::vector<std::string> open_;
  std::vector<Entry> controllers_;  // of the parts expanded so far
};

}  // namespace hypocaust::config
