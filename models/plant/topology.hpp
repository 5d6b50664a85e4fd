// How components, nodes and circuits hang together: sorted, numbered, shared by all variants of a plant. Numbers only.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/fluids.hpp"
#include "models/plant/packs/packs.hpp"
#include "models/plant/plant.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {

// The node a port names, or empty: no such key, not a Ref, or nothing written.
std::string port_node(const ComponentSpec& component, std::string_view key);
// "rack" of "rack.hot"; empty when there is no dot.
std::string circuit_of(std::string_view node);
// The circuit of each branch of a component, by the first named port of the branch; a branch between private nodes takes the
// first branch's. Empty where unknown.
std::vector<std::string> branch_circuits(const ComponentSpec& component, const ComponentType& type);

struct Topology {
  struct Densities {  // of a circuit's fluid over temperature, linear between points; beyond the last ones as there
    static constexpr int points = 141;
    double first_c = 0, per_k = 0;  // of the first point; points in a kelvin
    std::array<double, points> kg_m3{};
    double at_kg_m3(double t_c) const;
  };
  struct Circuit {
    std::string name;
    Fluid fluid;
    double initial_c, pressure_pa;
    Densities densities;
  };
  struct Node {
    std::string name;  // private nodes: "component.~"
    int circuit;
    double height_m;
    bool is_private;
  };
  struct BranchPlace {
    int from, to;  // nodes; outside = nodes.size()
    int circuit;
    int component;
    double fall_m;    // height of from - height of to; 0 where one is outside
    int own_unknown;  // -1: none
    int sensor_high = -1, sensor_low = -1;
    bool hidden = false;  // an optional port that is left out: shut, at the component's first port
    std::string stream;   // "" (an only branch), "hot", "outlet_a": prefix of its channels
  };
  struct Part {
    std::string name;
    const ComponentType* type;
    const ComponentSpec* spec;  // valid during construction of the plant only
    int batch, index;           // place among its kind
    int first_branch, first_own_unknown;
  };
  struct BatchPlace {
    const ComponentType* type;
    int first_part, count, first_branch, first_own_unknown;
    const hypocaust_packs::Loops* packs;  // null: one by one

    void hydraulics(const Batch<double>& b) const { packs ? packs->hydraulics(&b) : type->hydraulics(b); }
    void heat(const Batch<double>& b, const Step<double>& s) const { packs ? packs->heat(&b, &s) : type->heat(b, s); }
    void heat_again(const Batch<double>& b, const Step<double>& s) const { packs ? packs->heat(&b, &s) : type->heat_again(b, s); }
    void advance(const Batch<double>& b, const Step<double>& s) const { packs ? packs->advance(&b, &s) : type->advance(b, s); }
  };
  std::vector<Circuit> circuits;  // sorted by name
  std::vector<Node> nodes;        // named ones sorted by name, then private ones
  int named_nodes = 0;
  std::vector<Part> parts;            // sorted by type then name
  std::vector<BranchPlace> branches;  // in the order of parts
  std::vector<BatchPlace> batches;
  std::vector<int> branch_ends;  // per part: the place behind its last branch
  int own_unknowns = 0;
  int outside() const { return static_cast<int>(nodes.size()); }
};

// Throws InternalError on what check_structure() reports as an unknown circuit or an unconnected port.
Topology make_topology(const PlantSpec& spec);

}  // namespace hypocaust::plant
