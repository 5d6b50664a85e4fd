// Structural faults, found before a run and told in the user's words; docs/methods/hydraulics.md lists them.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "models/core/nearest.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {
namespace {

class Sets {  // union-find
 public:
  explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> parent_;
};

struct Node {
  std::string name;  // "rack.hot"; private ones "valve.~"
  std::string circuit;
  std::set<std::string> touched_by;
  std::string first_key;  // where it is named: "components.pump.from"
  bool is_private = false;
};

std::string meant(const std::string& word, const std::vector<std::string>& names) {
  const std::string_view near = nearest(word, {names.begin(), names.end()});
  return near.empty() ? std::string() : "; did you mean `" + std::string(near) + "`?";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < 6; ++i) text += (i ? ", `" : "`") + names[i] + "`";
  return names.size() > 6 ? text + " and " + std::to_string(names.size() - 6) + " more" : text;
}

class Check {
 public:
  Check(const PlantSpec& spec, Problems& problems) : spec_(spec), problems_(problems) {}
  void run() {
    for (const auto& entry : spec_.circuits.entries) circuits_.push_back(entry.name);
    for (const ComponentSpec& component : spec_.components) read(component);
    heights();
    if (complete_) sensors();
    if (!complete_) return;  // ports unknown: everything below would be false news
    dead_ends();
    const bool clean = references();
    if (!clean) return;
    const std::size_t before = problems_.items.size();
    fixed_flows();
    if (problems_.items.size() == before) shut_ways();
    fixed_pressures(), sensed_pressures();
  }

 private:
  struct Edge {
    std::size_t from, to;
    bool to_outside, fixed;  // fixed: the flow is given
    bool exact;              // the pressure difference is given: a boundary, a source of fixed lift
    bool shut;               // a valve that stands at position 0
    bool flows;              // fixed, and what is written says that it is not 0
    std::string component;
    bool reference() const { return to_outside && !fixed; }
  };

  // A value that stands as written: no series, no controller (one that acts on a written input is an error). NaN: none.
  static double constant(const ComponentSpec& component, std::string_view key) {
    for (const Schedule& schedule : component_type(*component.params.schema()).schedules)
      if (schedule.field->key == key) return schedule.written(component.params.object()).constant;
    return not_given;
  }
  static bool given_flow(const ComponentSpec& component) {
    for (const std::string_view key : {"flow", "volume_flow"})
      if (const double value = constant(component, key); value == value) return value != 0.0;
    return constant(component, "power") > 0.0;  // a consumer whose flow follows from its power
  }

  std::size_t number(const std::string& name) {
    const auto [place, fresh] = number_.try_emplace(name, nodes_.size());
    if (fresh) nodes_.push_back({.name = name, .circuit = circuit_of(name), .touched_by = {}, .first_key = {}});
    return place->second;
  }

  void read(const ComponentSpec& component) {
    if (!component.params.schema()) {
      complete_ = false;
      return;
    }
    const ComponentType& type = component_type(*component.params.schema());
    for (const BranchSpec& branch : type.branches) {
      if (branch.optional && port_node(component, branch.from).empty()) continue;
      std::size_t ends[2] = {0, 0};
      bool outside[2] = {false, false}, known = true;
      std::string circuit, first_key;
      for (int e = 0; e < 2; ++e) {
        const std::string_view key = e == 0 ? branch.from : branch.to;
        if (key.empty()) {
          outside[e] = true;
          continue;
        }
        if (key == "~") {
          ends[e] = number(component.name + ".~");
          nodes_[ends[e]].is_private = true;
          nodes_[ends[e]].circuit.clear();
          continue;
        }
        const std::string where = "components." + component.name + "." + std::string(key), node = port_node(component, key);
        if (node.empty()) {
          complete_ = known = false;
          continue;
        }
        const std::string of = circuit_of(node);
        if (std::find(circuits_.begin(), circuits_.end(), of) == circuits_.end()) {
          if (told_.insert(where).second)
            problems_.error(
                where, "`" + node + "` " +
                           (of.empty() ? "has no circuit (a node is circuit.name)" : "is in no circuit of plant.circuits") +
                           (of.empty() || meant(of, circuits_).empty() ? "; write a circuit's name, a dot and the node's name"
                                                                       : meant(of, circuits_)));
          complete_ = known = false;
          continue;
        }
        ends[e] = number(node);
        nodes_[ends[e]].touched_by.insert(component.name);
        if (nodes_[ends[e]].first_key.empty()) nodes_[ends[e]].first_key = where;
        if (circuit.empty()) {
          circuit = of;
          first_key = where;
        } else if (circuit != of) {
          problems_.error(where, "`" + node + "` is in circuit " + of + " but the other end of this stream is in " + circuit +
                                     " (liquid cannot pass between circuits); join circuits by an exchanger");
          known = false;
        }
      }
      if (!known) continue;
      const bool fixed = branch.fixed_flow || (type.fixes_flow && type.fixes_flow(component.params.object()));
      const bool exact = branch.own_unknown && type.sensors.empty() && !fixed, open = outside[0] || outside[1];
      if (open) ends[0] = ends[1] = outside[0] ? ends[1] : ends[0];
      edges_.push_back({ends[0], ends[1], open, fixed, exact, constant(component, "position") == 0.0 && type.branches.size() == 1,
                        fixed && given_flow(component), component.name});
    }
  }

  // A regulator's sensors name nodes that others make.
  void sensors() {
    std::vector<std::string> names;
    for (const Node& node : nodes_)
      if (!node.is_private) names.push_back(node.name);
    for (const ComponentSpec& component : spec_.components)
      for (const std::string_view key : component_type(*component.params.schema()).sensors) {
        const std::string node = port_node(component, key);
        if (node.empty() || number_.contains(node)) continue;
        problems_.error("components." + component.name + "." + std::string(key),
                        "no component meets at node `" + node + "` (there is no pressure to sense)" + meant(node, names));
        complete_ = false;
      }
  }

  void heights() {
    std::vector<std::string> names;
    for (const Node& node : nodes_)
      if (!node.is_private) names.push_back(node.name);
    for (const auto& entry : spec_.nodes.entries)
      if (!number_.contains(entry.name) && complete_)
        problems_.error("nodes." + entry.name,
                        "no component has a port at this node (a height of nothing)" + meant(entry.name, names));
  }

  void dead_ends() {
    for (const Node& node : nodes_) {
      if (node.is_private || node.touched_by.size() != 1) continue;
      std::vector<std::string> others;
      for (const Node& other : nodes_)
        if (!other.is_private && other.name != node.name) others.push_back(other.name);
      const std::string hint = meant(node.name, others);
      problems_.error(node.first_key, "nothing else meets at node `" + node.name + "` (a dead end)" +
                                          (hint.empty() ? "; connect another component there, or use a node that exists" : hint));
    }
  }

  // Every connected set of nodes has one expansion vessel, or pressure boundaries; only these take up what enters a network.
  bool references() {
    const std::size_t before = problems_.items.size();
    Sets sets(nodes_.size());
    for (const Edge& e : edges_) sets.join(e.from, e.to);
    std::map<std::size_t, std::vector<std::string>> vessels, boundaries;
    for (const Edge& e : edges_)
      if (e.reference()) (e.exact ? boundaries : vessels)[sets.find(e.from)].push_back(e.component);
    for (const std::string& circuit : circuits_) {
      std::map<std::size_t, std::vector<std::string>> parts;  // set -> nodes
      for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i].circuit == circuit) parts[sets.find(i)].push_back(nodes_[i].name);
      if (parts.empty()) {
        problems_.error("circuits." + circuit,
                        "no component is connected to this circuit; remove it, or connect something to `" + circuit + ".<node>`");
        continue;
      }
      bool any_vessel = false;
      for (const auto& [set, names] : parts) any_vessel = any_vessel || vessels.contains(set) || boundaries.contains(set);
      if (!any_vessel) {
        problems_.error("circuits." + circuit,
                        "has no expansion vessel (nothing sets its pressure); add a component {type: expansion_vessel, at: " +
                            parts.begin()->second.front() + ", volume: 80 l}, or a pressure_boundary where the network is open");
        continue;
      }
      for (auto& [set, names] : parts) {
        std::sort(names.begin(), names.end());
        const auto found = vessels.find(set), open = boundaries.find(set);
        if (found == vessels.end() && open == boundaries.end())
          problems_.error(nodes_[number_.at(names.front())].first_key,
                          listed(names) + (names.size() == 1 ? " is" : " are") + " cut off from the rest of circuit " + circuit +
                              " (no pipe or component leads to its expansion vessel); connect " +
                              (names.size() == 1 ? "it" : "them") + ", or make a circuit of " +
                              (names.size() == 1 ? "its" : "their") + " own");
        else if (found == vessels.end()) continue;
        else if (open != boundaries.end())
          problems_.error("components." + found->second[0] + ".at",
                          "circuit " + circuit + " is open at the pressure boundary `" + open->second[0] +
                              "` (the vessel would fill or empty without end); remove the expansion vessel");
        else if (found->second.size() > 1)
          problems_.error("components." + found->second[1] + ".at",
                          "circuit " + circuit + " already has the expansion vessel `" + found->second[0] +
                              "` (two would drive a flow between them); keep one, with the sum of the volumes");
        else
          for (const Edge& e : edges_)
            if (e.to_outside && e.fixed && sets.find(e.from) == set)
              problems_.error("components." + e.component + ".at",
                              "circuit " + circuit + " is closed by the expansion vessel `" + found->second[0] +
                                  "` (it cannot take up what enters or leaves here); put a pressure_boundary in its place");
      }
    }
    return problems_.items.size() == before;
  }

  // Without the branches of fixed flow, every set must still reach its reference: else its flow is set twice.
  void fixed_flows() {
    Sets sets(nodes_.size());
    for (const Edge& e : edges_)
      if (!e.fixed) sets.join(e.from, e.to);
    std::set<std::size_t> held;
    for (const Edge& e : edges_)
      if (e.reference()) held.insert(sets.find(e.from));
    std::map<std::size_t, std::vector<std::string>> between;
    for (const Edge& e : edges_) {
      if (!e.fixed) continue;
      for (const std::size_t end : {sets.find(e.from), sets.find(e.to)})
        if (!held.contains(end)) {
          auto& list = between[end];
          if (std::find(list.begin(), list.end(), e.component) == list.end()) list.push_back(e.component);
        }
    }
    for (const auto& [set, names] : between) {
      const std::string text =
          names.size() == 1 ? "its fixed flow has nowhere to go" : listed(names) + " are fixed flows in series";
      problems_.error(
          "components." + names.front(),
          text + " (the flow between them is set twice and the pressure not at all); let one of them be a pump, valve or pipe");
    }
  }

  // A given flow that is not 0, into a part of the network that shut valves part from everything else, and where no other flow is given.
  void shut_ways() {
    Sets sets(nodes_.size());
    for (const Edge& e : edges_)
      if (!e.fixed && !e.shut) sets.join(e.from, e.to);
    std::set<std::size_t> held;
    for (const Edge& e : edges_)
      if (e.reference()) held.insert(sets.find(e.from));
    std::map<std::size_t, std::vector<const Edge*>> into;
    for (const Edge& e : edges_)
      if (e.fixed && (e.to_outside || sets.find(e.from) != sets.find(e.to)))
        for (const std::size_t end : std::set<std::size_t>{sets.find(e.from), sets.find(e.to)})
          if (!held.contains(end)) into[end].push_back(&e);
    for (const auto& [set, fixed] : into) {
      if (fixed.size() != 1 || !fixed.front()->flows) continue;
      for (const Edge& e : edges_)
        if (e.shut && (sets.find(e.from) == set) != (sets.find(e.to) == set)) {
          problems_.error("components." + fixed.front()->component,
                          "its flow is given, and the valve `" + e.component +
                              "` (position 0) shuts its only way; open the valve, or give no flow");
          break;
        }
    }
  }

  // Given pressure differences must not make a ring: outside counts as a node.
  void fixed_pressures() {
    const std::size_t outside = nodes_.size();
    Sets sets(outside + 1);
    for (const Edge& e : edges_) {
      if (!e.exact) continue;
      const std::size_t other = e.to_outside ? outside : e.to;
      if (sets.find(e.from) == sets.find(other))
        problems_.error("components." + e.component,
                        "sets a pressure difference that others set already (two pressure boundaries at one node, or a fixed "
                        "lift between them); put a pipe or valve between, or remove one");
      sets.join(e.from, other);
    }
  }

  // A regulator holds a pressure difference that nothing else sets, in the network it is in; outside counts as a node.
  void sensed_pressures() {
    const std::size_t outside = nodes_.size();
    Sets sets(outside + 1);
    for (const Edge& e : edges_)
      if (e.exact || e.reference()) sets.join(e.from, e.to_outside ? outside : e.to);
    std::map<std::pair<std::size_t, std::size_t>, std::string> holders;
    for (const ComponentSpec& component : spec_.components) {
      const ComponentType& type = component_type(*component.params.schema());
      if (type.sensors.empty()) continue;
      const std::string where = "components." + component.name + ".", circuit = branch_circuits(component, type).front();
      std::size_t ends[2] = {outside, outside};
      bool known = true;
      for (std::size_t k = 0; k < 2; ++k) {
        const std::string key(type.sensors[k]), node = port_node(component, key);
        if (node.empty()) continue;
        ends[k] = number_.at(node);
        if (circuit_of(node) == circuit) continue;
        problems_.error(where + key, "`" + node + "` is not in circuit " + circuit +
                                         ", where this component is (it could not change the pressure there); name a node of " +
                                         circuit);
        known = false;
      }
      if (!known) continue;
      const std::string high(type.sensors[0]), low(type.sensors[1]), sensed = port_node(component, high);
      const auto [same, fresh] = holders.try_emplace(std::minmax(ends[0], ends[1]), component.name);
      if (ends[0] == ends[1])
        problems_.error(where + low, "is the node of `" + high +
                                         "` (their difference is always 0); name another node, or leave `" + low +
                                         "` out for the gauge pressure");
      else if (!fresh)
        problems_.error(where + high, "`" + same->second +
                                          "` holds the same pressure already (two cannot both set it); let one "
                                          "sense elsewhere, or be a valve or pump");
      else if (sets.find(ends[0]) == sets.find(ends[1]))
        problems_.error(where + high,
                        "the pressure at `" + sensed +
                            (ends[1] == outside ? "`" : "` less that at `" + nodes_[ends[1]].name + "`") +
                            " is set by others already (an expansion vessel, pressure boundaries, fixed lifts or other "
                            "regulators), whatever the flow; sense a node beyond a pipe, valve or pump");
      else sets.join(ends[0], ends[1]);
    }
  }

  const PlantSpec& spec_;
  Problems& problems_;
  std::vector<std::string> circuits_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t> number_;
  std::vector<Edge> edges_;
  std::set<std::string> told_;
  bool complete_ = true;
};

}  // namespace

void check_structure(const PlantSpec& spec, Problems& problems) { Check(spec, problems).run(); }

void size_component(const PlantSpec& spec, ComponentSpec& component, Problems& problems) {
  if (!component.params.schema()) return;
  const ComponentType& type = component_type(*component.params.schema());
  if (!type.size) return;
  std::vector<Fluid> fluids;
  for (const std::string& name : branch_circuits(component, type)) {
    const CircuitSpec* circuit = spec.circuits.find(name);
    if (!circuit) return;  // check_structure tells
    fluids.push_back(circuit->properties());
  }
  Problems own;
  type.size(component.params.object(), fluids.data(), own);
  for (Problems::Item& item : own.items)
    problems.items.push_back(
        {item.warning, "components." + component.name + (item.key.empty() ? "" : "." + item.key), std::move(item.text)});
}

}  // namespace hypocaust::plant
