// Node enthalpies of all circuits at once, step means. docs/methods/heat.md.
#pragma once
#include <span>
#include <vector>

#include "models/plant/sparse_lu.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

class Heat {
 public:
  explicit Heat(const Topology& topology);
  struct Result {
    Outcome outcome;
    int solves;
  };
  // In: the flows in `branches`. In and out: node enthalpies (one more than nodes: outside, 0). Out: h_in, h_out of every branch
  // in the batches' arrays. A law with kinks is asked again at the solution, until its outlets agree within 1e-9.
  Result solve(const Topology& topology, const Step<double>& step, std::span<const Batch<double>> batches,
               std::span<double> enthalpy_j_kg, std::span<const Branch<double>> branches, std::span<double> h_in_j_kg,
               std::span<double> h_out_w, std::span<double> base_w, std::span<double> gain_kg_s);

 private:
  struct Pair {  // branch k receives what enters branch j of the same component
    int k, j;
    int slots[4];  // [into node: from or to of k][out of node: from or to of j]
  };
  SparseLu lu_;
  std::vector<Pair> pairs_;
  std::vector<int> diagonal_;
  std::vector<double> x_;
  std::vector<int> upstream_, downstream_;
};

}  // namespace hypocaust::plant
