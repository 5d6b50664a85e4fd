#include "models/plant/heat.hpp"

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
  for (const auto& part : t.parts) {
    const int count = static_cast<int>(part.type->branches.size());
    for (int k = 0; k < count; ++k)
      for (int j = 0; j < count; ++j) {
        const int out = part.first_branch + k, in = part.first_branch + j;
        const auto &bk = t.branches[static_cast<std::size_t>(out)], &bj = t.branches[static_cast<std::size_t>(in)];
        Pair pair{out, in, {}};
        int s = 0;
        for (const int into : {bk.from, bk.to})
          for (const int out_of : {bj.from, bj.to})
            pair.slots[s++] = into == n || out_of == n ? lu_.trash() : lu_.slot(into, out_of);
        pairs_.push_back(pair);
      }
  }
  x_.resize(static_cast<std::size_t>(n) + 1);
  upstream_.resize(t.branches.size());
  downstream_.resize(t.branches.size());
}

Heat::Result Heat::solve(const Topology& t, const Step<double>& step, std::span<const Batch<double>> batches,
                         std::span<double> enthalpy_j_kg, std::span<const Branch<double>> branches, std::span<double> h_in_j_kg,
                         std::span<double> h_out_w, std::span<double> base_w, std::span<double> gain_kg_s) {
  const std::size_t n = static_cast<std::size_t>(t.outside()), count = branches.size();
  double largest = 1e-6;
  for (std::size_t k = 0; k < count; ++k) {
    const bool forward = branches[k].flow_kg_s >= 0;
    upstream_[k] = forward ? t.branches[k].from : t.branches[k].to;
    downstream_[k] = forward ? t.branches[k].to : t.branches[k].from;
    h_in_j_kg[k] = enthalpy_j_kg[static_cast<std::size_t>(upstream_[k])];
    largest = vmax(largest, vabs(branches[k].flow_kg_s));
  }
  const double still_kg_s = 1e-14 * largest;  // keeps the value of a node without flow
  for (std::size_t b = 0; b < batches.size(); ++b) t.batches[b].type->heat(batches[b], step);
  for (int solve = 1; solve <= most_solves; ++solve) {
    lu_.clear();
    double* const v = lu_.values().data();
    for (std::size_t i = 0; i < n; ++i) {
      v[diagonal_[i]] = still_kg_s;
      x_[i] = still_kg_s * enthalpy_j_kg[i];
    }
    x_[n] = 0;
    for (const Pair& p : pairs_) {
      const std::size_t k = static_cast<std::size_t>(p.k), j = static_cast<std::size_t>(p.j);
      const int place = (branches[k].flow_kg_s >= 0 ? 2 : 0) + (branches[j].flow_kg_s >= 0 ? 0 : 1);
      v[p.slots[place]] -= gain_kg_s[static_cast<std::size_t>(&p - pairs_.data())];
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t into = static_cast<std::size_t>(downstream_[k]);
      if (into != n) v[diagonal_[into]] += vabs(branches[k].flow_kg_s);
      x_[into] += base_w[k];
    }
    lu_.solve({x_.data(), n});
    bool finite = true;
    for (std::size_t i = 0; i < n; ++i) {
      finite = finite && std::isfinite(x_[i]);
      enthalpy_j_kg[i] = x_[i];
    }
    if (!finite) return {Outcome::failed, solve};
    for (std::size_t k = 0; k < count; ++k) {
      h_in_j_kg[k] = enthalpy_j_kg[static_cast<std::size_t>(upstream_[k])];
      h_out_w[k] = base_w[k];
    }
    for (const Pair& p : pairs_)
      h_out_w[static_cast<std::size_t>(p.k)] +=
          gain_kg_s[static_cast<std::size_t>(&p - pairs_.data())] * h_in_j_kg[static_cast<std::size_t>(p.j)];
    bool agrees = true;  // ask laws with kinks again; the solution stands with the law it used
    for (std::size_t b = 0; b < batches.size(); ++b) {
      const auto& batch = t.batches[b];
      if (batch.type->affine) continue;
      batch.type->heat(batches[b], step);
      const std::size_t each = batch.type->branches.size();
      for (int i = 0; i < batch.count; ++i)
        for (std::size_t k = 0; k < each; ++k) {
          const std::size_t branch = static_cast<std::size_t>(i) * each + k;
          double asked_w = batches[b].base_w[branch];
          for (std::size_t j = 0; j < each; ++j)
            asked_w += batches[b].gain_kg_s[branch * each + j] * batches[b].h_in_j_kg[static_cast<std::size_t>(i) * each + j];
          agrees = agrees && vabs(asked_w - batches[b].h_out_w[branch]) <= 1e-9 * vmax(1.0, vabs(asked_w));
        }
    }
    if (agrees) return {Outcome::converged, solve};
  }
  return {Outcome::fallback, most_solves};
}

}  // namespace hypocaust::plant
