// Flows and pressures of all circuits at once: Newton on pressure corrections (global gradient; Todini and Pilati, 1988).
#pragma once
#include <vector>

#include "models/plant/sparse_lu.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

class Hydraulics {
 public:
  explicit Hydraulics(const Topology& topology);

  struct Report {
    Outcome outcome = Outcome::converged;
    int iterations = 0;
  };
  // branches: of the whole plant; flows (in the iterate) and pressures_pa are the warm start and the result.
  // Converged: last correction of every branch <= 1e-6 of the largest flow in its circuit (floor 1e-6 kg/s) and last pressure
  // correction <= 1e-5 of the largest pressure difference in its circuit (floor 1 Pa).
  Report solve(const std::vector<Batch>& batches, std::vector<Branch<double>>& branches, double* pressures_pa);

 private:
  struct Places {
    int ff, ft, tf, tt;  // of the branch's four matrix entries; -1 outside
  };
  void assemble(const std::vector<Branch<double>>& branches);
  const Topology& topology_;
  SparseLu lu_;
  std::vector<Places> places_;
  std::vector<double> head_pa_;  // density x g x (height from - height to)
  std::vector<double> correction_pa_, largest_flow_kg_s_, largest_dp_pa_;
};

}  // namespace hypocaust::plant
