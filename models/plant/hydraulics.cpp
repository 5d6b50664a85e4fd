#include "models/plant/hydraulics.hpp"

namespace hypocaust::plant {
namespace {

constexpr double proximal = 1e-13;  // kg/(s Pa): an island closed by valves keeps its pressure; no bias at convergence
constexpr int most_iterations = 60;

std::vector<std::pair<int, int>> pattern(const Topology& topology) {
  std::vector<std::pair<int, int>> pairs;
  for (const BranchEntry& branch : topology.branches)
    if (branch.from >= 0 && branch.to >= 0) pairs.push_back({branch.from, branch.to});
  return pairs;
}

}  // namespace

Hydraulics::Hydraulics(const Topology& topology)
    : topology_(topology), lu_(static_cast<int>(topology.nodes.size()), pattern(topology)), correction_pa_(topology.nodes.size()),
      largest_flow_kg_s_(topology.fluids.size()), largest_dp_pa_(topology.fluids.size()) {
  for (const BranchEntry& branch : topology.branches) {
    const auto at = [&](int row, int column) { return row >= 0 && column >= 0 ? lu_.place(row, column) : -1; };
    places_.push_back({at(branch.from, branch.from), at(branch.from, branch.to), at(branch.to, branch.from), at(branch.to, branch.to)});
    const bool inside = branch.from >= 0 && branch.to >= 0;
    head_pa_.push_back(inside ? branch.head_pa_m * (topology.nodes[static_cast<std::size_t>(branch.from)].height_m -
                                                    topology.nodes[static_cast<std::size_t>(branch.to)].height_m)
                              : 0.0);
  }
}

void Hydraulics::assemble(const std::vector<Branch<double>>& branches) {
  lu_.clear();
  std::vector<double>& a = lu_.values();
  for (std::size_t n = 0; n < correction_pa_.size(); ++n) {
    correction_pa_[n] = 0.0;
    a[static_cast<std::size_t>(lu_.place(static_cast<int>(n), static_cast<int>(n)))] = proximal;
  }
  for (std::size_t b = 0; b < branches.size(); ++b) {
    const double g = branches[b].conductance, flow = branches[b].offset_kg_s + g * branches[b].dp_pa;
    const Places& at = places_[b];
    const BranchEntry& branch = topology_.branches[b];
    if (branch.from >= 0) a[static_cast<std::size_t>(at.ff)] += g, correction_pa_[static_cast<std::size_t>(branch.from)] -= flow;
    if (branch.to >= 0) a[static_cast<std::size_t>(at.tt)] += g, correction_pa_[static_cast<std::size_t>(branch.to)] += flow;
    if (at.ft >= 0) a[static_cast<std::size_t>(at.ft)] -= g, a[static_cast<std::size_t>(at.tf)] -= g;
  }
}

Hydraulics::Report Hydraulics::solve(const std::vector<Batch>& batches, std::vector<Branch<double>>& branches, double* pressures_pa) {
  const auto pressure = [&](int node) { return node >= 0 ? pressures_pa[node] : 0.0; };
  const auto correction = [&](int node) { return node >= 0 ? correction_pa_[static_cast<std::size_t>(node)] : 0.0; };
  for (std::size_t b = 0; b < branches.size(); ++b)
    branches[b].dp_pa = pressure(topology_.branches[b].from) - pressure(topology_.branches[b].to) + head_pa_[b];
  Report report;
  for (int iteration = 1; iteration <= most_iterations; ++iteration) {
    for (std::size_t k = 0; k < batches.size(); ++k) topology_.batches[k].type->hydraulics(batches[k]);
    assemble(branches);
    lu_.factorise();
    lu_.solve(correction_pa_);
    const double relax = iteration > 25 ? 0.35 : iteration > 12 ? 0.6 : 1.0;
    std::fill(largest_flow_kg_s_.begin(), largest_flow_kg_s_.end(), 1.0);  // times 1e-6: the floor of 1e-6 kg/s
    std::fill(largest_dp_pa_.begin(), largest_dp_pa_.end(), 1e5);          // times 1e-5: the floor of 1 Pa
    bool largest_known = false, settled = true;
    // Largest values of the circuit first, then every branch against them.
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t b = 0; b < branches.size(); ++b) {
        const BranchEntry& branch = topology_.branches[b];
        const auto circuit = static_cast<std::size_t>(branch.circuit);
        Branch<double>& law = branches[b];
        const double dp_pa = law.dp_pa + correction(branch.from) - correction(branch.to);
        const double flow_kg_s = law.offset_kg_s + law.conductance * dp_pa;
        if (!largest_known) {
          largest_flow_kg_s_[circuit] = vmax(largest_flow_kg_s_[circuit], vabs(flow_kg_s));
          if (branch.from >= 0 && branch.to >= 0) largest_dp_pa_[circuit] = vmax(largest_dp_pa_[circuit], vabs(dp_pa));
          continue;
        }
        if (vabs(flow_kg_s - law.flow_kg_s) > 1e-6 * largest_flow_kg_s_[circuit]) settled = false;
        if (vabs(dp_pa - law.dp_pa) > 1e-5 * largest_dp_pa_[circuit]) settled = false;
        law.flow_kg_s += relax * (flow_kg_s - law.flow_kg_s);
        law.dp_pa = dp_pa;
      }
      largest_known = true;
    }
    for (std::size_t n = 0; n < correction_pa_.size(); ++n) pressures_pa[n] += correction_pa_[n];
    report.iterations = iteration;
    if (settled) {
      if (relax < 1.0) report.outcome = Outcome::fallback;
      return report;
    }
  }
  report.outcome = Outcome::failed;
  return report;
}

}  // namespace hypocaust::plant
