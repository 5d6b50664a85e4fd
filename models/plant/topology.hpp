// Names to indices: the nodes, branches and batches of a plant, in an order that does not depend on the file's.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/plant/plant.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {

struct NodeEntry {
  std::string name;
  int circuit;           // index into PlantSpec::circuits
  double height_m;
};
struct BranchEntry {
  int from, to;          // nodes; -1: outside
  int circuit;
  double head_pa_m;      // density x g of its circuit, Pa per metre of height
};
struct ComponentEntry {
  std::string name;
  const ComponentType* type;
  const ComponentSpec* spec;
  int first_branch;      // global index; branches of a component are consecutive
  int batch, place;      // which batch, and its place there
};
struct BatchEntry {
  const ComponentType* type;
  int first_component, count, first_branch;
};

struct Topology {
  std::vector<NodeEntry> nodes;            // by name
  std::vector<ComponentEntry> components;  // by type, then name
  std::vector<BranchEntry> branches;
  std::vector<BatchEntry> batches;
  std::vector<Fluid> fluids;               // of each circuit
  int node(std::string_view name) const;   // -1 when there is none
};

// The node a port of a component names; empty when the port is outside or not written. "~" gives the private node's name.
std::string node_of_port(const ComponentSpec& component, std::string_view port);
// "rack.hot" -> "rack". A private node belongs to the circuit of the component's first named port.
std::string_view circuit_of_node(std::string_view node);
int circuit_index(const PlantSpec& spec, std::string_view circuit);  // -1 when unknown

// The spec must have passed check_structure; it is kept by reference by the entries.
Topology assemble(const PlantSpec& spec);

}  // namespace hypocaust::plant
