// Warm fluid is lighter: the weight of what stands in a branch between two heights follows its temperature at the start of the step
// (Boussinesq: only there; elsewhere a circuit's density is that of its design temperature). docs/methods/hydraulics.md.
#pragma once
#include <span>
#include <vector>

#include "models/plant/topology.hpp"

namespace hypocaust::plant {

class Buoyancy {
 public:
  // Of a component that stores: contents of one temperature t_c hold `at_zero_j` + `j_k` t_c, J. j_k 0: it holds none.
  struct Content {
    double at_zero_j = 0, j_k = 0;
  };
  // contents: of each component.
  Buoyancy(const Topology& topology, std::span<const Content> contents);

  static std::size_t risers(const Topology& topology);  // branches between two heights
  // What the temperatures are now: of the nodes, J/kg, and what each component stores, J. Steady, a pipe is as warm as its ends.
  struct Warmth {
    std::span<const double> enthalpy_j_kg, stored_j;
    bool steady = false;
  };
  // density x g x (height of from - height of to) of each branch, Pa: at the mean temperature of what it stores, where it has one
  // stream and stores; else at the mean of its ends. density_kg_m3: of each riser, kept from step to step, 0 before the first: the
  // mean of the last one and of that of now, since flow and density, each from the other's last step, would swing about the answer.
  std::span<const double> lifts_pa(const Warmth& now, std::span<double> density_kg_m3);
  double lift_pa(std::size_t branch) const { return lift_pa_[branch]; }  // the last of it

 private:
  struct Riser {
    std::size_t branch;
    std::size_t from, to, component;  // nodes
    double fall_pa_m3_kg, cp_j_kg_k;  // g x (height of from - height of to)
    bool follows_steady;
    Content content;
    const Topology::Densities* densities;
  };
  std::vector<Riser> risers_;
  std::vector<double> lift_pa_;
};

}  // namespace hypocaust::plant
