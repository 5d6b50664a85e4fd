// The balance of every component and of the plant over one step. docs/methods/heat.md.
#pragma once
#include <span>

#include "models/plant/topology.hpp"

namespace hypocaust::plant {

struct AuditInput {
  double dt_s;
  std::span<const Branch<double>> branches;
  std::span<const double> h_in_j_kg, h_out_w;
  std::span<const Ledger<double>> ledgers;
  std::span<const double> stored_before_j, stored_after_j;  // per component
};
// Fills the audit's part of the report. A component may miss 1e-9 of its throughput (enthalpy flow included, floor 1 W) plus
// 16 machine epsilons of its stored energy, which is the round-off of the store itself.
void audit(const Topology& topology, const AuditInput& in, StepReport& report);

}  // namespace hypocaust::plant
