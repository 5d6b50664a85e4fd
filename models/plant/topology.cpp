#include "models/plant/topology.hpp"

#include <algorithm>
#include <map>

#include "models/core/errors.hpp"
#include "models/core/math.hpp"

namespace hypocaust::plant {

std::string port_node(const ComponentSpec& component, std::string_view key) {
  if (key.empty() || key == "~" || !component.params.schema()) return {};
  // locate() may only be asked of a mutable object; it writes nothing.
  const Located place = locate(*component.params.schema(), const_cast<void*>(component.params.object()), key);
  if (!place.member || !place.type || place.type->kind != Kind::reference) return {};
  return static_cast<const Ref*>(place.member)->name;
}

std::string circuit_of(std::string_view node) {
  const std::size_t dot = node.find('.');
  return dot == node.npos ? std::string() : std::string(node.substr(0, dot));
}

std::vector<std::string> branch_circuits(const ComponentSpec& component, const ComponentType& type) {
  std::vector<std::string> circuits;
  for (const BranchSpec& branch : type.branches) {
    std::string circuit = circuit_of(port_node(component, branch.from));
    if (circuit.empty()) circuit = circuit_of(port_node(component, branch.to));
    circuits.push_back(circuit);
  }
  for (std::string& circuit : circuits)
    if (circuit.empty()) circuit = circuits.front();
  return circuits;
}

namespace {

// The prefix of a branch's channels: "hot" of "hot.from"; nothing for an only branch; else the port that is its own.
std::string stream_of(const ComponentType& type, const BranchSpec& branch) {
  const std::size_t dot = branch.from.find('.');
  if (dot != branch.from.npos) return std::string(branch.from.substr(0, dot));
  if (type.branches.size() == 1) return {};
  const auto ends = [&](std::string_view port) {
    return std::count_if(type.branches.begin(), type.branches.end(),
                         [&](const BranchSpec& b) { return b.from == port || b.to == port; });
  };
  return std::string(branch.to == "~" || branch.to.empty() || ends(branch.to) > 1 ? branch.from : branch.to);
}

}  // namespace

namespace {

Topology::Densities densities_of(const CircuitSpec& circuit) {
  Topology::Densities d;
  d.first_c = -40.0, d.per_k = 1.0;  // to 100 degC
  for (int i = 0; i < Topology::Densities::points; ++i)
    d.kg_m3[static_cast<std::size_t>(i)] = circuit.density_kg_m3(d.first_c + i / d.per_k);
  return d;
}

}  // namespace

double Topology::Densities::at_kg_m3(double t_c) const {
  const double place = clamp((t_c - first_c) * per_k, 0.0, static_cast<double>(points - 1));
  const auto low = static_cast<std::size_t>(vmin(place, static_cast<double>(points - 2)));
  return kg_m3[low] + (place - static_cast<double>(low)) * (kg_m3[low + 1] - kg_m3[low]);
}

Topology make_topology(const PlantSpec& spec) {
  Topology t;
  std::map<std::string, int> circuit_number, node_number;
  for (const auto& entry : spec.circuits.entries) {
    circuit_number[entry.name] = 0;
    t.circuits.push_back({entry.name, entry.value.properties(), entry.value.initial_c, entry.value.pressure_pa, {}});
    if (!spec.nodes.entries.empty()) t.circuits.back().densities = densities_of(entry.value);  // nothing else asks for them
  }
  std::sort(t.circuits.begin(), t.circuits.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < t.circuits.size(); ++i) circuit_number[t.circuits[i].name] = static_cast<int>(i);

  for (const ComponentSpec& component : spec.components) {
    if (!component.params.schema()) throw InternalError("component " + component.name + " has no type");
    t.parts.push_back({component.name, &component_type(*component.params.schema()), &component, 0, 0, 0, 0});
  }
  std::sort(t.parts.begin(), t.parts.end(), [](const auto& a, const auto& b) {
    return a.type->schema->name != b.type->schema->name ? a.type->schema->name < b.type->schema->name : a.name < b.name;
  });
  for (const Topology::Part& part : t.parts)
    for (const BranchSpec& branch : part.type->branches)
      for (const std::string_view key : {branch.from, branch.to})
        if (!key.empty() && key != "~") {
          const std::string node = port_node(*part.spec, key);
          if (branch.optional && node.empty()) continue;
          if (node.empty() || !circuit_number.contains(circuit_of(node)))
            throw InternalError("component " + part.name + ": port " + std::string(key) + " is not connected to a known circuit");
          node_number[node] = 0;
        }
  for (auto& [name, number] : node_number) {  // sorted by name
    number = static_cast<int>(t.nodes.size());
    const NodeSpec* own = spec.nodes.find(name);
    t.nodes.push_back({name, circuit_number.at(circuit_of(name)), own ? own->height_m : 0.0, false});
  }
  t.named_nodes = static_cast<int>(t.nodes.size());
  for (const Topology::Part& part : t.parts) {
    if (!part.type->private_node) continue;
    node_number[part.name + ".~"] = static_cast<int>(t.nodes.size());
    const std::string port = [&] {
      for (const BranchSpec& b : part.type->branches)
        for (const auto& [end, other] : {std::pair{b.from, b.to}, std::pair{b.to, b.from}})
          if (other == "~" && !end.empty()) return port_node(*part.spec, end);
      throw InternalError("component type " + std::string(part.type->schema->name) +
                          ": no branch joins its private node to a port");
    }();
    const Topology::Node& like = t.nodes[static_cast<std::size_t>(node_number.at(port))];
    t.nodes.push_back({part.name + ".~", like.circuit, like.height_m, true});
  }
  const auto number_of = [&](const Topology::Part& part, std::string_view key) {
    if (key.empty()) return t.outside();
    if (key != "~" && port_node(*part.spec, key).empty()) key = part.type->branches.front().from;
    return node_number.at(key == "~" ? part.name + ".~" : port_node(*part.spec, key));
  };
  for (std::size_t p = 0; p < t.parts.size(); ++p) {
    Topology::Part& part = t.parts[p];
    part.first_branch = static_cast<int>(t.branches.size());
    part.first_own_unknown = t.own_unknowns;
    if (t.batches.empty() || t.batches.back().type != part.type)
      t.batches.push_back({part.type, static_cast<int>(p), 0, part.first_branch, part.first_own_unknown, nullptr});
    part.batch = static_cast<int>(t.batches.size()) - 1;
    part.index = t.batches.back().count++;
    for (const BranchSpec& b : part.type->branches) {
      Topology::BranchPlace place{.from = number_of(part, b.from),
                                  .to = number_of(part, b.to),
                                  .circuit = 0,
                                  .component = static_cast<int>(p),
                                  .fall_m = 0,
                                  .own_unknown = b.own_unknown ? t.own_unknowns++ : -1,
                                  .hidden = b.optional && port_node(*part.spec, b.from).empty(),
                                  .stream = stream_of(*part.type, b)};
      const auto& some = t.nodes[static_cast<std::size_t>(place.from == t.outside() ? place.to : place.from)];
      place.circuit = some.circuit;
      if (place.from != t.outside() && place.to != t.outside())
        place.fall_m =
            t.nodes[static_cast<std::size_t>(place.from)].height_m - t.nodes[static_cast<std::size_t>(place.to)].height_m;
      if (b.own_unknown && part.type->sensors.size() == 2) {
        // One that is left out is outside, at gauge pressure 0.
        place.sensor_high =
            port_node(*part.spec, part.type->sensors[0]).empty() ? t.outside() : number_of(part, part.type->sensors[0]);
        place.sensor_low =
            port_node(*part.spec, part.type->sensors[1]).empty() ? t.outside() : number_of(part, part.type->sensors[1]);
      }
      t.branches.push_back(std::move(place));
    }
    t.branch_ends.push_back(static_cast<int>(t.branches.size()));
  }
  for (auto& batch : t.batches) batch.packs = hypocaust_packs::loops(batch.type->schema->name, batch.count);
  return t;
}

}  // namespace hypocaust::plant
