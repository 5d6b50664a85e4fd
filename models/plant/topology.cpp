#include "models/plant/topology.hpp"

#include <algorithm>
#include <map>

#include "models/core/errors.hpp"

namespace hypocaust::plant {

std::string node_of_port(const ComponentSpec& component, std::string_view port) {
  if (port.empty()) return {};
  if (port == "~") return component.name + ".~";
  // locate() hands out mutable members; the schema is the same for a const object, which stays untouched.
  const Located found = locate(*component.params.schema(), const_cast<void*>(component.params.object()), port);
  if (!found.member || found.type->kind != Kind::reference)
    throw InternalError("component type `" + std::string(component.params.schema()->name) + "` has no port `" + std::string(port) + "`");
  return static_cast<const Ref*>(found.member)->name;
}

std::string_view circuit_of_node(std::string_view node) { return node.substr(0, node.find('.')); }

int circuit_index(const PlantSpec& spec, std::string_view circuit) {
  for (std::size_t k = 0; k < spec.circuits.entries.size(); ++k)
    if (spec.circuits.entries[k].name == circuit) return static_cast<int>(k);
  return -1;
}

int Topology::node(std::string_view name) const {
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), name, [](const NodeEntry& a, std::string_view b) { return a.name < b; });
  return found != nodes.end() && found->name == name ? static_cast<int>(found - nodes.begin()) : -1;
}

Topology assemble(const PlantSpec& spec) {
  Topology t;
  for (const auto& circuit : spec.circuits.entries) t.fluids.push_back(fluid_at(circuit.value.fluid_state()));
  for (const ComponentSpec& component : spec.components)
    t.components.push_back({.name = component.name, .type = &component_type(*component.params.schema()), .spec = &component});
  std::sort(t.components.begin(), t.components.end(), [](const ComponentEntry& a, const ComponentEntry& b) {
    return a.type->name() != b.type->name() ? a.type->name() < b.type->name() : a.name < b.name;
  });

  std::map<std::string, int> circuits;  // of every node
  for (const ComponentEntry& component : t.components) {
    std::string home;  // circuit of the first named port, for a private node
    for (const BranchSpec& branch : component.type->branches)
      for (const std::string_view port : {branch.from, branch.to}) {
        const std::string node = node_of_port(*component.spec, port);
        if (node.empty() || port == "~") continue;
        if (home.empty()) home = circuit_of_node(node);
        circuits[node] = circuit_index(spec, circuit_of_node(node));
      }
    if (!home.empty()) circuits.try_emplace(component.name + ".~", circuit_index(spec, home));
  }
  for (const ComponentEntry& component : t.components) {  // only where a type has a private node
    const bool used = std::any_of(component.type->branches.begin(), component.type->branches.end(),
                                  [](const BranchSpec& b) { return b.from == "~" || b.to == "~"; });
    if (!used) circuits.erase(component.name + ".~");
  }
  for (const auto& [name, circuit] : circuits) {
    const NodeSpec* given = spec.nodes.find(name);
    t.nodes.push_back({name, circuit, given ? given->height_m : 0.0});
  }

  for (std::size_t c = 0; c < t.components.size(); ++c) {
    ComponentEntry& component = t.components[c];
    component.first_branch = static_cast<int>(t.branches.size());
    if (t.batches.empty() || t.batches.back().type != component.type)
      t.batches.push_back({component.type, static_cast<int>(c), 0, component.first_branch});
    component.batch = static_cast<int>(t.batches.size()) - 1;
    component.place = t.batches.back().count++;
    for (const BranchSpec& branch : component.type->branches) {
      const std::string from = node_of_port(*component.spec, branch.from), to = node_of_port(*component.spec, branch.to);
      BranchEntry entry{.from = from.empty() ? -1 : t.node(from), .to = to.empty() ? -1 : t.node(to)};
      entry.circuit = t.nodes[static_cast<std::size_t>(entry.from >= 0 ? entry.from : entry.to)].circuit;
      entry.head_pa_m = t.fluids[static_cast<std::size_t>(entry.circuit)].rho_kg_m3 * gravity_m_s2;
      t.branches.push_back(entry);
    }
  }
  return t;
}

}  // namespace hypocaust::plant
