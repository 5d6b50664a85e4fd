// Faults of structure, found before a run: the proximal term of the solve would hide them.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "models/plant/topology.hpp"

namespace hypocaust::plant {
namespace {

struct Groups {  // union-find over node names
  std::map<std::string, std::string> parent;
  std::string root(const std::string& name) {
    std::string& up = parent.try_emplace(name, name).first->second;
    return up == name ? name : up = root(std::string(up));
  }
  void join(const std::string& a, const std::string& b) { parent[root(a)] = root(b); }
};

std::string nearest_node(const std::string& node, const std::map<std::string, std::set<std::string>>& touches) {
  // The node of the same circuit that differs in the fewest letters, if it is near.
  std::string best;
  std::size_t best_distance = 3;
  for (const auto& [other, users] : touches) {
    if (other == node || circuit_of_node(other) != circuit_of_node(node)) continue;
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= node.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= other.size(); ++j) {
        const std::size_t above = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (node[i - 1] == other[j - 1] ? 0u : 1u)});
        diagonal = above;
      }
    }
    if (row.back() < best_distance) best_distance = row.back(), best = other;
  }
  return best;
}

std::string quoted_list(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

}  // namespace

void check_structure(const PlantSpec& spec, Problems& problems) {
  std::map<std::string, std::set<std::string>> touches;   // node -> components
  std::map<std::string, std::string> first_key;           // node -> the key that names it
  Groups groups;
  std::set<std::string> references;                        // nodes with a pressure reference
  std::map<std::string, int> node_degree;                  // branch ends at a node
  bool unknown = false;
  for (const ComponentSpec& component : spec.components) {
    const ComponentType& type = component_type(*component.params.schema());
    const std::string where = "components." + component.name;
    for (const BranchSpec& branch : type.branches) {
      const std::string from = node_of_port(component, branch.from), to = node_of_port(component, branch.to);
      for (const auto& [port, node] : {std::pair{branch.from, from}, std::pair{branch.to, to}}) {
        if (node.empty() || port == "~") continue;
        if (node.find('.') == node.npos || circuit_index(spec, circuit_of_node(node)) < 0) {
          problems.error(where + "." + std::string(port),
                         "`" + node + "` is in no circuit (nodes are circuit.name); declare the circuit under plant.circuits");
          unknown = true;
          continue;
        }
        touches[node].insert(component.name);
        first_key.try_emplace(node, where + "." + std::string(port));
        ++node_degree[node];
      }
      if (from.empty() || to.empty()) {
        if (!(from.empty() && to.empty())) references.insert(from.empty() ? to : from);
        continue;
      }
      if (branch.from != "~" && branch.to != "~" && circuit_of_node(from) != circuit_of_node(to))
        problems.error(where + "." + std::string(branch.to), "`" + to + "` is in another circuit than `" + from +
                                                                 "` (one stream stays in one circuit); circuits meet in exchangers and tanks");
      else if (from == to)
        problems.error(where + "." + std::string(branch.to), "`" + to + "` is also where the stream enters (it would flow in a ring of its own); name another node");
      groups.join(from, to);
    }
  }
  if (unknown) return;  // everything below would only repeat it
  for (const auto& [node, users] : touches)
    if (users.size() == 1 && node_degree[node] == 1 && !references.count(node)) {
      const std::string near = nearest_node(node, touches);
      problems.error(first_key[node], "nothing else meets at node `" + node + "` (a dead end)" +
                                          (near.empty() ? "; connect another component there" : "; did you mean `" + near + "`?"));
    }
  std::map<std::string, std::map<std::string, std::set<std::string>>> parts;  // circuit -> root -> nodes
  for (const auto& [node, users] : touches) parts[std::string(circuit_of_node(node))][groups.root(node)].insert(node);
  for (const auto& [circuit, groups_of_circuit] : parts) {
    std::map<std::string, bool> held;
    for (const std::string& node : references)
      if (circuit_of_node(node) == circuit) held[groups.root(node)] = true;
    if (held.empty()) {
      problems.error("circuits." + circuit, "has no expansion vessel (its pressure would have no reference); add `" + circuit +
                                                "_vessel: {type: expansion_vessel, at: " + *groups_of_circuit.begin()->second.begin() + "}` to plant.components");
      continue;
    }
    for (const auto& [root, nodes] : groups_of_circuit)
      if (!held[root])
        problems.error(first_key[*nodes.begin()], "the part of circuit `" + circuit + "` with " + quoted_list(nodes) +
                                                      " is not connected to its expansion vessel (a disconnected part); join it, or give it a circuit of its own");
  }
  for (const auto& circuit : spec.circuits.entries)
    if (!parts.count(circuit.name))
      problems.error("circuits." + circuit.name, "no component touches this circuit (it would be empty); remove it or connect components to it");
}

void size_component(const PlantSpec& spec, ComponentSpec& component, Problems& problems) {
  const ComponentType& type = component_type(*component.params.schema());
  std::vector<Fluid> fluids;
  for (const BranchSpec& branch : type.branches) {
    std::string node = node_of_port(component, branch.from == "~" || branch.from.empty() ? branch.to : branch.from);
    const int circuit = circuit_index(spec, circuit_of_node(node));
    if (circuit < 0) return;  // check_structure names it
    fluids.push_back(fluid_at(spec.circuits.entries[static_cast<std::size_t>(circuit)].value.fluid_state()));
  }
  // A vessel holds the rest pressure of its circuit unless it says its own.
  const Located pressure = locate(*component.params.schema(), component.params.object(), "pressure");
  if (pressure.member && pressure.type->kind == Kind::quantity && !fluids.empty()) {
    double& own_pa = *static_cast<double*>(pressure.member);
    const std::string node = node_of_port(component, type.branches[0].from);
    if (own_pa != own_pa) own_pa = spec.circuits.entries[static_cast<std::size_t>(circuit_index(spec, circuit_of_node(node)))].value.pressure_pa;
  }
  if (type.size) type.size(component.params.object(), fluids.data(), problems);
}

}  // namespace hypocaust::plant
