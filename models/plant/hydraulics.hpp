// Steady flows and pressures of all circuits at once: Newton on node pressures. docs/methods/hydraulics.md.
#pragma once
#include <span>
#include <vector>

#include "models/plant/sparse_lu.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

class Hydraulics {
 public:
  explicit Hydraulics(const Topology& topology);
  struct Result {
    Outcome outcome;
    int iterations;         // corrections made; 0 when nothing had moved
    int stuck_branch = -1;  // failed: where the last correction was largest by the tolerances below
  };
  // In and out: pressures (one more than nodes: outside, held at 0) and the flows in `branches`. Converged when, in every circuit,
  // the last correction of each flow is within 1e-6 of its largest flow (floor 1e-6 kg/s) and that of each pressure within 1e-5 of
  // its largest branch difference (floor 1 Pa), or was so short that every node is in balance and the laws at the corrected pressures
  // ask for a thousandth of that at most, so that one correction more would change nothing that counts; fallback when it came within 1e-3 of
  // both; else failed. Flows satisfy continuity to round-off.
  // lift_pa: of each branch, the weight of what stands in it between its ends.
  Result solve(const Topology& topology, std::span<const Batch<double>> batches, std::span<const double> lift_pa,
               std::span<double> pressures_pa, std::span<Branch<double>> branches, std::span<Row<double>> rows);

 private:
  bool agree(std::span<Branch<double>> branches, std::span<const Row<double>> rows);
  void assemble(std::span<const Branch<double>> branches, std::span<const Row<double>> rows);
  int stuck_branch(std::span<const Branch<double>> branches) const;
  double correct(std::span<double> pressures_pa, std::span<Branch<double>> branches, double relax_frac);
  struct Ends {  // of a branch, for the first difference of a solve
    int from, to;
  };
  struct Link {  // one branch; outside is the place behind the last unknown, whose correction stays 0
    int branch, from, to, own_unknown;
    int from_to, to_from;  // slots
  };
  struct Meeting {  // a branch at a node; inward_frac: 1 where its positive flow arrives, else -1
    int branch;
    double inward_frac;
  };
  struct NodePlace {
    int node, diagonal, meetings;
  };
  struct NodeRun {  // nodes with equal numbers of meetings
    int meetings, last_node;
  };
  struct CircuitPlace {
    int last_link, last_node;  // the place behind its last
  };
  struct OwnSlots {
    int branch, from, to;  // nodes; then slots
    int from_from, from_to, to_from, to_to, flow_flow, from_flow, to_flow, flow_from, flow_to, flow_high, flow_low;
  };
  template <int N> const Meeting* sum(const NodePlace* node, const NodePlace* last, const Meeting* meeting,
                                      std::span<const Branch<double>> branches, double* v);
  SparseLu lu_;
  std::vector<CircuitPlace> circuits_;
  std::vector<Link> links_;       // circuit by circuit
  std::vector<int> nodes_;        // circuit by circuit
  std::vector<NodePlace> meets_;  // by number of meetings
  std::vector<NodeRun> runs_;
  std::vector<Ends> ends_;
  std::vector<Meeting> meetings_;
  std::vector<OwnSlots> own_;
  std::vector<double> correction_;  // nodes, own unknowns, and a place for outside at the end
  double moved_pa_ = 0;             // by the last correction, at most
  std::vector<double> flow_kg_s_;   // of each branch, by its linear form at the iterate's pressures
};

}  // namespace hypocaust::plant
