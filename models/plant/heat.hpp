// Enthalpies of all nodes of all circuits in one linear system; the pattern serves both flow directions, so nothing is lagged
// or redone on reversal.
#pragma once
#include <vector>

#include "models/plant/sparse_lu.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

class HeatSolve {
 public:
  explicit HeatSolve(const Topology& topology);

  struct Report {
    Outcome outcome = Outcome::converged;
    int solves = 0;
  };
  // enthalpy_j_kg: of each node, the last step's in, this step's mean out. Fills every batch's h_in and h_out_w with what the
  // solve used. Laws that are not affine are asked again until their outlets agree to 1e-9 with the law that was solved.
  Report solve(const std::vector<Batch>& batches, const std::vector<Branch<double>>& branches, const Step<double>& step, double* enthalpy_j_kg);

 private:
  void direct(const std::vector<Branch<double>>& branches);
  void read_inlets(const std::vector<Batch>& batches, const double* enthalpy_j_kg) const;
  bool outlets_agree(const std::vector<Batch>& batches, const Step<double>& step);

  const Topology& topology_;
  SparseLu lu_;
  std::vector<std::vector<int>> table_;  // of each component: places of (end row, end column) for its 2N ends
  std::vector<int> up_end_, down_end_;   // of each branch: which of the component's ends is upstream, downstream
  std::vector<int> diagonal_;
  std::vector<double> rhs_, old_j_kg_;
};

}  // namespace hypocaust::plant
