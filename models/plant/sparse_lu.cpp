#include "models/plant/sparse_lu.hpp"

#include <algorithm>
#include <set>

#include "models/core/contracts.hpp"

namespace hypocaust::plant {

SparseLu::SparseLu(int unknowns, const std::vector<std::pair<int, int>>& entries, int eliminate_last) : size_(unknowns) {
  EXPECT(unknowns >= 0 && eliminate_last >= 0 && eliminate_last <= unknowns);
  const auto n = static_cast<std::size_t>(unknowns);
  std::vector<std::set<int>> neighbours(n);
  for (const auto& [i, j] : entries) {
    EXPECT(i >= 0 && i < unknowns && j >= 0 && j < unknowns);
    if (i == j) continue;
    neighbours[static_cast<std::size_t>(i)].insert(j);
    neighbours[static_cast<std::size_t>(j)].insert(i);
  }
  const auto slot_of = [&](int i, int j) {  // appended; sorted at the end
    slots_.emplace_back(static_cast<long>(i) * size_ + j, static_cast<int>(slots_.size()));
    return slots_.back().second;
  };
  std::vector<int> diagonal(n);
  for (int i = 0; i < unknowns; ++i) diagonal[static_cast<std::size_t>(i)] = slot_of(i, i);
  std::vector<bool> done(n, false);
  for (int k = 0; k < unknowns; ++k) {
    int best = -1;  // least degree, then least number: the order is a function of the pattern alone
    const int end = k < unknowns - eliminate_last ? unknowns - eliminate_last : unknowns;
    for (int i = 0; i < end; ++i) {
      if (done[static_cast<std::size_t>(i)]) continue;
      if (best < 0 || neighbours[static_cast<std::size_t>(i)].size() < neighbours[static_cast<std::size_t>(best)].size())
        best = i;
    }
    done[static_cast<std::size_t>(best)] = true;
    const std::set<int> around = neighbours[static_cast<std::size_t>(best)];
    Step step{.pivot = diagonal[static_cast<std::size_t>(best)],
              .unknown = best,
              .first = static_cast<int>(neighbours_.size()),
              .last = 0};
    for (const int i : around) {
      const int upper = slot_of(best, i), lower = slot_of(i, best);
      neighbours_.push_back({i, upper, lower});
      auto& its = neighbours[static_cast<std::size_t>(i)];
      its.erase(best);
      for (const int j : around)
        if (j != i) its.insert(j);
    }
    step.last = static_cast<int>(neighbours_.size());
    steps_.push_back(step);
  }
  trash_ = static_cast<int>(slots_.size());
  values_.assign(slots_.size() + 1, 0.0);
  std::sort(slots_.begin(), slots_.end());
  for (const Step& step : steps_) {
    for (int a = step.first; a < step.last; ++a)
      for (int b = step.first; b < step.last; ++b)
        update_.push_back(
            slot(neighbours_[static_cast<std::size_t>(a)].unknown, neighbours_[static_cast<std::size_t>(b)].unknown));
  }
}

int SparseLu::slot(int row, int column) const {
  const long key = static_cast<long>(row) * size_ + column;
  const auto found = std::lower_bound(slots_.begin(), slots_.end(), std::pair<long, int>{key, -1});
  return found != slots_.end() && found->first == key ? found->second : -1;
}

void SparseLu::factor() {
  double* const v = values_.data();
  const Neighbour* const neighbours = neighbours_.data();
  const int* target = update_.data();
  for (const Step& step : steps_) {
    const double inverse = 1.0 / v[step.pivot];
    v[step.pivot] = inverse;
    const Neighbour *const first = neighbours + step.first, *const last = neighbours + step.last;
    for (const Neighbour* a = first; a != last; ++a) {
      const double l = v[a->lower] *= inverse;
      for (const Neighbour* b = first; b != last; ++b) v[*target++] -= l * v[b->upper];
    }
  }
}

void SparseLu::solve(std::span<double> right_hand_side) {
  EXPECT(static_cast<int>(right_hand_side.size()) >= size_);
  double* const x = right_hand_side.data();
  const double* const v = values_.data();
  const Neighbour* const neighbours = neighbours_.data();
  for (const Step& step : steps_) {
    const double pivot_x = x[step.unknown];
    for (const Neighbour *a = neighbours + step.first, *last = neighbours + step.last; a != last; ++a)
      x[a->unknown] -= v[a->lower] * pivot_x;
  }
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    double sum = x[step->unknown];
    for (const Neighbour *a = neighbours + step->first, *last = neighbours + step->last; a != last; ++a)
      sum -= v[a->upper] * x[a->unknown];
    x[step->unknown] = sum * v[step->pivot];
  }
}

}  // namespace hypocaust::plant
