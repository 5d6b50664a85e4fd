#include "models/plant/heat.hpp"

#include <algorithm>
#include <cmath>

#include "models/core/math.hpp"

namespace hypocaust::plant {
namespace {

constexpr int most_solves = 30;

// Each component is a clique of the nodes it touches.
SparseLu make_lu(const Topology& t) {
  std::vector<std::pair<int, int>> entries;
  for (const auto& part : t.parts) {
    std::vector<int> touched;
    for (std::size_t k = 0; k < part.type->branches.size(); ++k) {
      const auto& b = t.branches[static_cast<std::size_t>(part.first_branch) + k];
      for (const int node : {b.from, b.to})
        if (node != t.outside()) touched.push_back(node);
    }
    for (const int i : touched)
      for (const int j : touched) entries.emplace_back(i, j);
  }
  return SparseLu(t.outside(), entries, SparseLu::Values::general);
}

}  // namespace

Heat::Heat(const Topology& t) : lu_(make_lu(t)) {
  const int n = t.outside();
  for (int i = 0; i < n; ++i) diagonal_.push_back(lu_.slot(i, i));
  diagonal_.push_back(lu_.trash());
  const auto slot = [&](int into, int out_of) { return into == n || out_of == n ? lu_.trash() : lu_.slot(into, out_of); };
  int gain = 0;
  for (int b = 0; b < static_cast<int>(t.batches.size()); ++b) {
    const auto& place = t.batches[static_cast<std::size_t>(b)];
    const int each = static_cast<int>(place.type->branches.size());
    if (!place.type->affine) kinked_.push_back({b, place.first_branch, place.count * each, gain, place.count * each * each});
    for (int k = place.first_branch; k < place.first_branch + place.count * each; ++k) {
      const int first = place.first_branch + (k - place.first_branch) / each * each;
      const auto& bk = t.branches[static_cast<std::size_t>(k)];
      for (int j = first; j < first + each; ++j, ++gain) {
        const auto& bj = t.branches[static_cast<std::size_t>(j)];
        if (j == k) streams_.push_back({bk.from, bk.to, gain, slot(bk.to, bk.from), slot(bk.from, bk.to)});
        else
          pairs_.push_back(
              {k, j, gain, {slot(bk.from, bj.from), slot(bk.from, bj.to), slot(bk.to, bj.from), slot(bk.to, bj.to)}});
      }
    }
  }
  x_.resize(static_cast<std::size_t>(n) + 1);
  upstream_.resize(t.branches.size());
  downstream_.resize(t.branches.size());
  base_w_.resize(t.branches.size());
  gain_kg_s_.resize(static_cast<std::size_t>(gain));
}

void Heat::assemble(std::span<const Branch<double>> branches, std::span<const double> gain_kg_s, double still_kg_s) {
  lu_.clear();
  double* const v = lu_.values().data();
  for (const int slot : diagonal_) v[slot] = still_kg_s;  // keeps the value of a node without flow
  for (const Pair& p : pairs_) {
    const int place = (branches[static_cast<std::size_t>(p.k)].flow_kg_s >= 0 ? 2 : 0) +
                      (branches[static_cast<std::size_t>(p.j)].flow_kg_s >= 0 ? 0 : 1);
    v[p.slots[place]] -= gain_kg_s[static_cast<std::size_t>(p.gain)];
  }
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Stream& s = streams_[k];
    const double flow_kg_s = branches[k].flow_kg_s;
    v[flow_kg_s >= 0 ? s.forward : s.backward] -= gain_kg_s[static_cast<std::size_t>(s.gain)];
    v[diagonal_[static_cast<std::size_t>(downstream_[k])]] += vabs(flow_kg_s);
  }
}

void Heat::load(std::span<const double> enthalpy_j_kg, std::span<const double> base_w, double still_kg_s) {
  for (std::size_t i = 0; i < x_.size(); ++i) x_[i] = still_kg_s * enthalpy_j_kg[i];
  for (std::size_t k = 0; k < base_w.size(); ++k) x_[static_cast<std::size_t>(downstream_[k])] += base_w[k];
}

// The laws with kinks at the solution, their last ones kept aside. Do the outlets agree? The solution stands with the law it used.
bool Heat::ask_again(const Topology& t, const Step<double>& step, std::span<const Batch<double>> batches) {
  bool agrees = true;
  for (const Kinked& kinked : kinked_) {
    const Batch<double>& batch = batches[static_cast<std::size_t>(kinked.batch)];
    std::copy_n(batch.base_w, kinked.branches, base_w_.begin() + kinked.first_branch);
    std::copy_n(batch.gain_kg_s, kinked.gains, gain_kg_s_.begin() + kinked.first_gain);
    const auto& place = t.batches[static_cast<std::size_t>(kinked.batch)];
    place.heat_again(batch, step);
    const int each = static_cast<int>(place.type->branches.size());
    const double* gain_kg_s = batch.gain_kg_s;
    for (int first = 0; first < kinked.branches; first += each)
      for (int k = first; k < first + each; ++k) {
        double asked_w = batch.base_w[k];
        for (int j = first; j < first + each; ++j) asked_w += *gain_kg_s++ * batch.h_in_j_kg[j];
        agrees = agrees && vabs(asked_w - batch.h_out_w[k]) <= 1e-9 * vmax(1.0, vabs(asked_w));
      }
  }
  return agrees;
}

// The laws that have been asked give way to their values, with the gains the matrix has: exact where the inlets no longer move, as
// when a return does not come back within the step.
void Heat::keep_gains(std::span<const Batch<double>> batches) {
  for (const Kinked& kinked : kinked_) {
    const Batch<double>& batch = batches[static_cast<std::size_t>(kinked.batch)];
    const int each = kinked.gains / kinked.branches;
    for (int k = 0; k < kinked.branches; ++k) {
      double asked_w = batch.base_w[k];
      for (int j = 0; j < each; ++j) asked_w += batch.gain_kg_s[k * each + j] * batch.h_in_j_kg[k / each * each + j];
      batch.base_w[k] = base_w_[static_cast<std::size_t>(kinked.first_branch + k)] + (asked_w - batch.h_out_w[k]);
    }
    std::copy_n(gain_kg_s_.begin() + kinked.first_gain, kinked.gains, batch.gain_kg_s);
  }
}

Heat::Result Heat::solve(const Topology& t, const Step<double>& step, std::span<const Batch<double>> batches,
                         std::span<double> enthalpy_j_kg, std::span<const Branch<double>> branches, std::span<double> h_in_j_kg,
                         std::span<double> h_out_w, std::span<double> base_w, std::span<double> gain_kg_s) {
  const std::size_t n = static_cast<std::size_t>(t.outside()), count = branches.size();
  double largest = 1e-6;
  for (std::size_t k = 0; k < count; ++k) {
    const bool forward = branches[k].flow_kg_s >= 0;
    upstream_[k] = forward ? streams_[k].from : streams_[k].to;
    downstream_[k] = forward ? streams_[k].to : streams_[k].from;
    h_in_j_kg[k] = enthalpy_j_kg[static_cast<std::size_t>(upstream_[k])];
    largest = vmax(largest, vabs(branches[k].flow_kg_s));
  }
  const double still_kg_s = 1e-14 * largest;
  for (std::size_t b = 0; b < batches.size(); ++b) t.batches[b].heat(batches[b], step);
  for (int solve = 1; solve <= most_solves; ++solve) {
    if (solve == 2) {
      keep_gains(batches);
      load(enthalpy_j_kg, base_w, still_kg_s);
      lu_.solve_again({x_.data(), n});
    } else {
      assemble(branches, gain_kg_s, still_kg_s);
      load(enthalpy_j_kg, base_w, still_kg_s);
      lu_.solve({x_.data(), n});
    }
    bool finite = true;
    for (std::size_t i = 0; i < n; ++i) {
      finite = finite && std::isfinite(x_[i]);
      enthalpy_j_kg[i] = x_[i];
    }
    if (!finite) return {Outcome::failed, solve};
    for (std::size_t k = 0; k < count; ++k) {
      h_in_j_kg[k] = enthalpy_j_kg[static_cast<std::size_t>(upstream_[k])];
      h_out_w[k] = base_w[k] + gain_kg_s[static_cast<std::size_t>(streams_[k].gain)] * h_in_j_kg[k];
    }
    for (const Pair& p : pairs_)
      h_out_w[static_cast<std::size_t>(p.k)] +=
          gain_kg_s[static_cast<std::size_t>(p.gain)] * h_in_j_kg[static_cast<std::size_t>(p.j)];
    if (ask_again(t, step, batches)) return {Outcome::converged, solve};
  }
  return {Outcome::fallback, most_solves};
}

}  // namespace hypocaust::plant
