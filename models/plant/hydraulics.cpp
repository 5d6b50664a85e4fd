#include "models/plant/hydraulics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/core/math.hpp"

namespace hypocaust::plant {
namespace {

constexpr int most_iterations = 60;
constexpr double proximal_kg_s_pa = 1e-14, stiffness_kg_s_pa = 1e-3;
constexpr double out_of_balance_kg_s = 1e-12;  // of a node, by the proximal term

// Unknowns: nodes 0 .. n-1, then the own-unknown flows.
SparseLu make_lu(const Topology& t) {
  const int n = t.outside();
  std::vector<std::pair<int, int>> entries;
  for (const auto& b : t.branches) {
    if (b.from != n && b.to != n) entries.emplace_back(b.from, b.to);
    if (b.own_unknown < 0) continue;
    for (const int node : {b.from, b.to, b.sensor_high, b.sensor_low})
      if (node >= 0 && node != n) entries.emplace_back(node, n + b.own_unknown);
  }
  return SparseLu(n + t.own_unknowns, entries, t.own_unknowns > 0 ? SparseLu::Values::general : SparseLu::Values::symmetric,
                  t.own_unknowns);
}

}  // namespace

Hydraulics::Hydraulics(const Topology& t) : lu_(make_lu(t)) {
  const int n = t.outside(), nowhere = n + t.own_unknowns;
  const auto slot = [&](int i, int j) {  // numbers of the matrix; outside: -1 or nowhere
    return i < 0 || j < 0 || i == nowhere || j == nowhere ? lu_.trash() : lu_.slot(i, j);
  };
  const auto inside = [&](int node) { return node == n ? nowhere : node; };
  for (int c = 0; c < static_cast<int>(t.circuits.size()); ++c) {
    for (int k = 0; k < static_cast<int>(t.branches.size()); ++k) {
      const auto& b = t.branches[static_cast<std::size_t>(k)];
      if (b.circuit != c) continue;
      const int from = inside(b.from), to = inside(b.to);
      links_.push_back({k, from, to, b.own_unknown, slot(from, to), t.own_unknowns > 0 ? slot(to, from) : lu_.trash()});
    }
    for (int i = 0; i < n; ++i) {
      if (t.nodes[static_cast<std::size_t>(i)].circuit == c) nodes_.push_back(i);
    }
    circuits_.push_back({static_cast<int>(links_.size()), static_cast<int>(nodes_.size())});
  }
  std::vector<std::vector<Meeting>> at_node(static_cast<std::size_t>(n) + 1);
  for (int k = 0; k < static_cast<int>(t.branches.size()); ++k) {
    const auto& b = t.branches[static_cast<std::size_t>(k)];
    ends_.push_back({b.from, b.to});
    at_node[static_cast<std::size_t>(b.from)].push_back({k, -1.0});
    at_node[static_cast<std::size_t>(b.to)].push_back({k, 1.0});
  }
  for (int i = 0; i < n; ++i)
    meets_.push_back({i, lu_.slot(i, i), static_cast<int>(at_node[static_cast<std::size_t>(i)].size())});
  std::stable_sort(meets_.begin(), meets_.end(), [](const NodePlace& a, const NodePlace& b) { return a.meetings < b.meetings; });
  for (const NodePlace& node : meets_) {
    const auto& its = at_node[static_cast<std::size_t>(node.node)];
    meetings_.insert(meetings_.end(), its.begin(), its.end());
    if (runs_.empty() || runs_.back().meetings != node.meetings) runs_.push_back({node.meetings, 0});
    runs_.back().last_node = static_cast<int>(&node - meets_.data()) + 1;
  }
  for (int k = 0; k < static_cast<int>(t.branches.size()); ++k) {
    const auto& b = t.branches[static_cast<std::size_t>(k)];
    if (b.own_unknown < 0) continue;
    const int m = n + b.own_unknown, from = inside(b.from), to = inside(b.to), high = inside(b.sensor_high),
              low = inside(b.sensor_low);
    own_.push_back({k, from, to, slot(from, from), slot(from, to), slot(to, from), slot(to, to), slot(m, m), slot(from, m),
                    slot(to, m), slot(m, from), slot(m, to), slot(m, high), slot(m, low)});
  }
  correction_.resize(static_cast<std::size_t>(nowhere) + 1);
  flow_kg_s_.resize(t.branches.size());
}

// Node by node what meets there, so that no sum waits for another. N: how many meet at each; 0: as each says.
template <int N> const Hydraulics::Meeting* Hydraulics::sum(const NodePlace* node, const NodePlace* last, const Meeting* meeting,
                                                            std::span<const Branch<double>> branches, double* v) {
  for (; node != last; ++node) {
    const int count = N > 0 ? N : node->meetings;
    double conductance = proximal_kg_s_pa, arriving_kg_s = 0.0;
    for (int m = 0; m < count; ++m, ++meeting) {
      conductance += branches[static_cast<std::size_t>(meeting->branch)].conductance;
      arriving_kg_s += meeting->inward_frac * flow_kg_s_[static_cast<std::size_t>(meeting->branch)];
    }
    v[node->diagonal] = conductance;
    correction_[static_cast<std::size_t>(node->node)] = arriving_kg_s;
  }
  return meeting;
}

// The flows the laws ask for at the iterate. Do they and the rows agree with the flows and pressures there are?
bool Hydraulics::agree(std::span<Branch<double>> branches, std::span<const Row<double>> rows) {
  for (const OwnSlots& own : own_) {  // the iterate, corrected by the unknown
    Branch<double>& b = branches[static_cast<std::size_t>(own.branch)];
    b.conductance = 0.0, b.offset_kg_s = b.flow_kg_s;
  }
  bool agrees = true;
  std::size_t first = 0;
  for (const CircuitPlace& circuit : circuits_) {
    const std::span<const Link> links{links_.data() + first, static_cast<std::size_t>(circuit.last_link) - first};
    first = static_cast<std::size_t>(circuit.last_link);
    double apart_kg_s = 0, largest_kg_s = 1e-6, largest_pa = 1.0;
    for (const Link& link : links) {
      const Branch<double>& b = branches[static_cast<std::size_t>(link.branch)];
      const double asked_kg_s = b.offset_kg_s + b.conductance * b.dp_pa;
      flow_kg_s_[static_cast<std::size_t>(link.branch)] = asked_kg_s;
      apart_kg_s = vmax(apart_kg_s, vabs(asked_kg_s - b.flow_kg_s));
      largest_kg_s = vmax(largest_kg_s, vabs(b.flow_kg_s));
      largest_pa = vmax(largest_pa, vabs(b.dp_pa));
    }
    const double flow_kg_s = 1e-9 * largest_kg_s, drop_pa = 1e-8 * largest_pa;
    agrees = agrees && apart_kg_s <= flow_kg_s;
    if (!agrees) continue;
    for (const Link& link : links) {
      const Branch<double>& b = branches[static_cast<std::size_t>(link.branch)];
      const double asked_kg_s = flow_kg_s_[static_cast<std::size_t>(link.branch)];
      agrees = agrees && (b.conductance == 0.0 || vabs(asked_kg_s - b.flow_kg_s) <= drop_pa * b.conductance) &&
               (asked_kg_s != 0.0 || b.flow_kg_s == 0.0);  // what is shut is shut
      if (link.own_unknown < 0) continue;
      const Row<double>& r = rows[static_cast<std::size_t>(link.own_unknown)];
      const double apart = vabs(r.rhs - r.flow_c * b.flow_kg_s - r.dp_c * b.dp_pa - r.sensor_c * r.sensor_pa);
      agrees = agrees && (r.flow_c == 0.0 || apart <= flow_kg_s * vabs(r.flow_c)) &&
               ((r.dp_c == 0.0 && r.sensor_c == 0.0) || apart <= drop_pa * vmax(vabs(r.dp_c), vabs(r.sensor_c)));
    }
  }
  return agrees;
}

void Hydraulics::assemble(std::span<const Branch<double>> branches, std::span<const Row<double>> rows) {
  lu_.clear();
  double* const v = lu_.values().data();
  double* const x = correction_.data();
  const bool symmetric = own_.empty();
  for (const Link& link : links_) {
    const double conductance = branches[static_cast<std::size_t>(link.branch)].conductance;
    v[link.from_to] -= conductance;
    if (!symmetric) v[link.to_from] -= conductance;
  }
  const Meeting* meeting = meetings_.data();
  const NodePlace* node = meets_.data();
  for (const NodeRun& run : runs_) {
    const NodePlace* const last = meets_.data() + run.last_node;
    meeting = run.meetings == 2   ? sum<2>(node, last, meeting, branches, v)
              : run.meetings == 3 ? sum<3>(node, last, meeting, branches, v)
              : run.meetings == 4 ? sum<4>(node, last, meeting, branches, v)
                                  : sum<0>(node, last, meeting, branches, v);
    node = last;
  }
  const std::size_t n = correction_.size() - 1 - own_.size();
  for (std::size_t o = 0; o < own_.size(); ++o) {
    const Row<double>& r = rows[o];
    const Branch<double>& b = branches[static_cast<std::size_t>(own_[o].branch)];
    v[own_[o].from_flow] += 1.0;
    v[own_[o].to_flow] -= 1.0;
    v[own_[o].flow_flow] += r.flow_c;
    v[own_[o].flow_from] += r.dp_c;
    v[own_[o].flow_to] -= r.dp_c;
    v[own_[o].flow_high] += r.sensor_c;
    v[own_[o].flow_low] -= r.sensor_c;
    x[n + o] = r.rhs - r.flow_c * b.flow_kg_s - r.dp_c * b.dp_pa - r.sensor_c * r.sensor_pa;
    if (r.dp_c == 0.0 || r.flow_c != 0.0 || r.sensor_c != 0.0) continue;
    // A given pressure difference: the row times a stiffness, added to the nodes' equations, leaves the solution as it is and
    // keeps the nodes' block regular where nothing but this row holds its pressure.
    const double w = stiffness_kg_s_pa, flow_kg_s = w * x[n + o] / r.dp_c;
    v[own_[o].from_from] += w, v[own_[o].from_to] -= w, v[own_[o].to_from] -= w, v[own_[o].to_to] += w;
    x[own_[o].from] += flow_kg_s, x[own_[o].to] -= flow_kg_s;
  }
}

// Applies the correction. Returns the worst of all circuits: last change over its tolerance (infinite when a pressure is).
double Hydraulics::correct(std::span<double> pressures_pa, std::span<Branch<double>> branches, double relax_frac) {
  double* const x = correction_.data();
  const std::size_t n = correction_.size() - 1 - own_.size();
  double worst = 0;
  moved_pa_ = 0;
  std::size_t l = 0, i = 0;
  for (const CircuitPlace& circuit : circuits_) {
    double flow_change_kg_s = 0, largest_kg_s = 1e-6, pressure_change_pa = 0, largest_pa = 1.0;
    for (; l < static_cast<std::size_t>(circuit.last_link); ++l) {
      const Link& link = links_[l];
      Branch<double>& b = branches[static_cast<std::size_t>(link.branch)];
      b.dp_pa += x[link.from] - x[link.to];
      const double wanted = link.own_unknown >= 0 ? b.flow_kg_s + x[n + static_cast<std::size_t>(link.own_unknown)]
                                                  : b.offset_kg_s + b.conductance * b.dp_pa;
      const double change = wanted - b.flow_kg_s;
      b.flow_kg_s = relax_frac == 1.0 ? wanted : b.flow_kg_s + relax_frac * change;
      flow_change_kg_s = vmax(flow_change_kg_s, vabs(change));
      largest_kg_s = vmax(largest_kg_s, vabs(b.flow_kg_s));
      largest_pa = vmax(largest_pa, vabs(b.dp_pa));
    }
    bool finite = true;
    for (; i < static_cast<std::size_t>(circuit.last_node); ++i) {
      const auto node = static_cast<std::size_t>(nodes_[i]);
      pressures_pa[node] += x[node];
      finite = finite && std::isfinite(x[node]);
      pressure_change_pa = vmax(pressure_change_pa, vabs(x[node]));
    }
    if (!finite) return std::numeric_limits<double>::infinity();
    moved_pa_ = vmax(moved_pa_, pressure_change_pa);
    worst = vmax(worst, vmax(flow_change_kg_s / (1e-6 * largest_kg_s), pressure_change_pa / (1e-5 * largest_pa)));
  }
  return worst;
}

// After a solve that failed: the last correction is what names the place.
int Hydraulics::stuck_branch(std::span<const Branch<double>> branches) const {
  const double* const x = correction_.data();
  const std::size_t n = correction_.size() - 1 - own_.size();
  double worst = -1;
  int stuck = -1;
  std::size_t first = 0;
  for (const CircuitPlace& circuit : circuits_) {
    const std::span<const Link> links{links_.data() + first, static_cast<std::size_t>(circuit.last_link) - first};
    first = static_cast<std::size_t>(circuit.last_link);
    double largest_kg_s = 1e-6, largest_pa = 1.0;
    for (const Link& link : links) {
      const Branch<double>& b = branches[static_cast<std::size_t>(link.branch)];
      if (std::isfinite(b.flow_kg_s)) largest_kg_s = vmax(largest_kg_s, vabs(b.flow_kg_s));
      if (std::isfinite(b.dp_pa)) largest_pa = vmax(largest_pa, vabs(b.dp_pa));
    }
    for (const Link& link : links) {
      const double change_pa = x[link.from] - x[link.to],
                   change_kg_s = link.own_unknown >= 0 ? x[n + static_cast<std::size_t>(link.own_unknown)]
                                                       : branches[static_cast<std::size_t>(link.branch)].conductance * change_pa,
                   by_tolerance = vabs(change_kg_s) / (1e-6 * largest_kg_s) + vabs(change_pa) / (1e-5 * largest_pa);
      const double size = std::isfinite(by_tolerance) ? by_tolerance : std::numeric_limits<double>::infinity();
      if (size > worst) worst = size, stuck = link.branch;
    }
  }
  return stuck;
}

Hydraulics::Result Hydraulics::solve(const Topology& t, std::span<const Batch<double>> batches, std::span<const double> lift_pa,
                                     std::span<double> pressures_pa, std::span<Branch<double>> branches,
                                     std::span<Row<double>> rows) {
  const std::size_t nowhere = correction_.size() - 1;
  pressures_pa[static_cast<std::size_t>(t.outside())] = 0.0;
  for (std::size_t k = 0; k < branches.size(); ++k)
    branches[k].dp_pa =
        pressures_pa[static_cast<std::size_t>(ends_[k].from)] - pressures_pa[static_cast<std::size_t>(ends_[k].to)] + lift_pa[k];
  const auto sense = [&] {
    for (std::size_t o = 0; o < own_.size(); ++o) {
      const auto& place = t.branches[static_cast<std::size_t>(own_[o].branch)];
      rows[o].sensor_pa = place.sensor_high < 0 ? 0.0
                                                : pressures_pa[static_cast<std::size_t>(place.sensor_high)] -
                                                      pressures_pa[static_cast<std::size_t>(place.sensor_low)];
    }
  };
  sense();
  double worst = 0, relax_frac = 1.0;
  moved_pa_ = 0;
  for (int iteration = 1; iteration <= most_iterations; ++iteration) {
    for (std::size_t b = 0; b < batches.size(); ++b) t.batches[b].hydraulics(batches[b]);
    // Flows balance at every node after a whole step, but for the proximal term; those of the last solve, and gone on from it, do.
    const bool balanced = relax_frac == 1.0 && proximal_kg_s_pa * moved_pa_ <= out_of_balance_kg_s;
    if (agree(branches, rows) && balanced) return {Outcome::converged, iteration - 1};
    assemble(branches, rows);
    lu_.solve({correction_.data(), nowhere});
    correction_[nowhere] = 0.0;
    // Laws with kinks (check valves, limits) can throw Newton from side to side: shorter steps after a while, but whole ones near
    // the solution, where short ones would only creep.
    const bool near = iteration > 1 && worst < 1e3;  // the last change was below a thousandth of the largest flow
    relax_frac = near || iteration <= 12 ? 1.0 : iteration <= 25 ? 0.6 : 0.35;
    worst = correct(pressures_pa, branches, relax_frac);
    sense();
    if (!std::isfinite(worst)) return {Outcome::failed, iteration, stuck_branch(branches)};
    if (worst <= 1.0 && relax_frac == 1.0) return {Outcome::converged, iteration};
  }
  if (worst <= 1e3) return {Outcome::fallback, most_iterations};
  return {Outcome::failed, most_iterations, stuck_branch(branches)};
}

}  // namespace hypocaust::plant
