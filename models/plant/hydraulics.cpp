#include "models/plant/hydraulics.hpp"

#include <cmath>

#include "models/core/math.hpp"

namespace hypocaust::plant {
namespace {

constexpr int most_iterations = 60;
constexpr double proximal_kg_s_pa = 1e-13, stiffness_kg_s_pa = 1e-3;

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
  return SparseLu(n + t.own_unknowns, entries, t.own_unknowns);
}

}  // namespace

Hydraulics::Hydraulics(const Topology& t) : lu_(make_lu(t)), extents_(t.circuits.size()) {
  const int n = t.outside();
  const auto slot = [&](int i, int j) { return i < 0 || j < 0 || i == n || j == n ? lu_.trash() : lu_.slot(i, j); };
  const auto own = [&](int i, int j) {  // numbers already those of the matrix; outside marked by -1
    return i < 0 || j < 0 ? lu_.trash() : lu_.slot(i, j);
  };
  for (int i = 0; i < n; ++i) diagonal_.push_back(lu_.slot(i, i));
  for (std::size_t k = 0; k < t.branches.size(); ++k) {
    const auto& b = t.branches[k];
    const int nowhere = n + t.own_unknowns;
    links_.push_back({b.from == n ? nowhere : b.from, b.to == n ? nowhere : b.to, b.circuit, b.own_unknown, slot(b.from, b.from),
                      slot(b.from, b.to), slot(b.to, b.from), slot(b.to, b.to)});
    if (b.own_unknown < 0) continue;
    const int m = n + b.own_unknown, from = b.from == n ? -1 : b.from, to = b.to == n ? -1 : b.to;
    const int high = b.sensor_high == n ? -1 : b.sensor_high, low = b.sensor_low == n ? -1 : b.sensor_low;
    own_.push_back(
        {static_cast<int>(k), own(m, m), own(from, m), own(to, m), own(m, from), own(m, to), own(m, high), own(m, low)});
  }
  correction_.resize(static_cast<std::size_t>(n) + own_.size() + 1);
}

Hydraulics::Result Hydraulics::solve(const Topology& t, std::span<const Batch<double>> batches, std::span<double> pressures_pa,
                                     std::span<Branch<double>> branches, std::span<Row<double>> rows) {
  const std::size_t count = branches.size(), n = static_cast<std::size_t>(t.outside()), own = own_.size();
  double* const x = correction_.data();
  const std::size_t nowhere = n + own;
  pressures_pa[n] = 0.0;
  for (std::size_t k = 0; k < count; ++k)
    branches[k].dp_pa = pressures_pa[static_cast<std::size_t>(t.branches[k].from)] -
                        pressures_pa[static_cast<std::size_t>(t.branches[k].to)] + t.branches[k].lift_pa;
  for (std::size_t o = 0; o < own; ++o) {
    const auto& place = t.branches[static_cast<std::size_t>(own_[o].branch)];
    rows[o].sensor_pa = place.sensor_high < 0 ? 0.0
                                              : pressures_pa[static_cast<std::size_t>(place.sensor_high)] -
                                                    pressures_pa[static_cast<std::size_t>(place.sensor_low)];
  }
  double worst = 0;
  for (int iteration = 1; iteration <= most_iterations; ++iteration) {
    for (std::size_t b = 0; b < batches.size(); ++b) t.batches[b].type->hydraulics(batches[b]);
    lu_.clear();
    double* const v = lu_.values().data();
    for (std::size_t i = 0; i <= nowhere; ++i) x[i] = 0.0;
    for (std::size_t i = 0; i < n; ++i) v[diagonal_[i]] = proximal_kg_s_pa;
    for (std::size_t k = 0; k < count; ++k) {
      Branch<double>& b = branches[k];
      const Link& link = links_[k];
      if (link.own_unknown >= 0) b.conductance = 0.0, b.offset_kg_s = b.flow_kg_s;  // the iterate, corrected by the unknown
      const double c = b.conductance, flow = b.offset_kg_s + c * b.dp_pa;
      v[link.from_from] += c;
      v[link.from_to] -= c;
      v[link.to_from] -= c;
      v[link.to_to] += c;
      x[link.from] -= flow;
      x[link.to] += flow;
    }
    for (std::size_t o = 0; o < own; ++o) {
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
      const Link& link = links_[static_cast<std::size_t>(own_[o].branch)];
      const double w = stiffness_kg_s_pa, flow = w * x[n + o] / r.dp_c;
      v[link.from_from] += w, v[link.from_to] -= w, v[link.to_from] -= w, v[link.to_to] += w;
      x[link.from] += flow, x[link.to] -= flow;
    }
    lu_.factor();
    lu_.solve({x, n + own});
    x[nowhere] = 0.0;

    const double relax = iteration > 25 ? 0.35 : iteration > 12 ? 0.6 : 1.0;
    for (Extent& e : extents_) e = {0, 1e-6, 0, 1.0};
    for (std::size_t k = 0; k < count; ++k) {
      Branch<double>& b = branches[k];
      const Link& link = links_[k];
      b.dp_pa += x[link.from] - x[link.to];
      const int o = link.own_unknown;
      const double wanted = o >= 0 ? b.flow_kg_s + x[n + static_cast<std::size_t>(o)] : b.offset_kg_s + b.conductance * b.dp_pa;
      const double change = wanted - b.flow_kg_s;
      b.flow_kg_s = relax == 1.0 ? wanted : b.flow_kg_s + relax * change;
      Extent& e = extents_[static_cast<std::size_t>(link.circuit)];
      e.flow_change_kg_s = vmax(e.flow_change_kg_s, vabs(change));
      e.flow_kg_s = vmax(e.flow_kg_s, vabs(b.flow_kg_s));
      e.pressure_pa = vmax(e.pressure_pa, vabs(b.dp_pa));
    }
    bool finite = true;
    for (std::size_t i = 0; i < n; ++i) {
      pressures_pa[i] += x[i];
      finite = finite && std::isfinite(x[i]);
      Extent& e = extents_[static_cast<std::size_t>(t.nodes[i].circuit)];
      e.pressure_change_pa = vmax(e.pressure_change_pa, vabs(x[i]));
    }
    for (std::size_t o = 0; o < own; ++o) {
      const auto& place = t.branches[static_cast<std::size_t>(own_[o].branch)];
      if (place.sensor_high >= 0)
        rows[o].sensor_pa =
            pressures_pa[static_cast<std::size_t>(place.sensor_high)] - pressures_pa[static_cast<std::size_t>(place.sensor_low)];
    }
    if (!finite) return {Outcome::failed, iteration};
    worst = 0;
    for (const Extent& e : extents_)
      worst = vmax(worst, vmax(e.flow_change_kg_s / (1e-6 * e.flow_kg_s), e.pressure_change_pa / (1e-5 * e.pressure_pa)));
    if (worst <= 1.0) return {Outcome::converged, iteration};
  }
  return {worst <= 1e3 ? Outcome::fallback : Outcome::failed, most_iterations};
}

}  // namespace hypocaust::plant
