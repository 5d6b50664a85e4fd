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
  // in the batches' arrays. A law with kinks is asked again at the solution, until its outlets agree within 1e-9: first with the
  // gains it had, which leave the matrix as it is, then with its own.
  Result solve(const Topology& topology, const Step<double>& step, std::span<const Batch<double>> batches,
               std::span<double> enthalpy_j_kg, std::span<const Branch<double>> branches, std::span<double> h_in_j_kg,
               std::span<double> h_out_w, std::span<double> base_w, std::span<double> gain_kg_s);

 private:
  struct Stream {  // a branch: what enters it leaves it
    int from, to, gain;
    int forward, backward;  // slots (node it leaves to, node it comes from)
  };
  struct Pair {  // branch k receives what enters another branch j of the same component
    int k, j, gain;
    int slots[4];  // [into node: from or to of k][out of node: from or to of j]
  };
  struct Kinked {  // a batch whose laws have kinks
    int batch, first_branch, branches, first_gain, gains;
  };
  void assemble(std::span<const Branch<double>> branches, std::span<const double> gain_kg_s, double still_kg_s);
  void load(std::span<const double> enthalpy_j_kg, std::span<const double> base_w, double still_kg_s);
  bool ask_again(const Topology& topology, const Step<double>& step, std::span<const Batch<double>> batches);
  void keep_gains(std::span<const Batch<double>> batches);
  SparseLu lu_;
  std::vector<Stream> streams_;
  std::vector<Pair> pairs_;
  std::vector<Kinked> kinked_;
  std::vector<int> diagonal_;  // and of outside: the trash
  std::vector<double> x_;
  std::vector<int> upstream_, downstream_;
  std::vector<double> base_w_, gain_kg_s_;  // of the kinked batches: the law of the last solution
};

}  // namespace hypocaust::plant
