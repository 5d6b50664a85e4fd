#include "models/plant/sparse_lu.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "models/core/contracts.hpp"

namespace hypocaust::plant {
namespace {

struct Eliminated {
  int unknown, wait;  // wait: longest chain of pivots that must come before it
  std::vector<int> neighbours;
};

// Least degree; among equals the one that waits for the shortest chain of others, so that the processor finds independent work
// beside the divisions (a ring falls by halves instead of link by link); then least number: a function of the pattern alone.
std::vector<Eliminated> elimination_order(int unknowns, const std::vector<std::pair<int, int>>& entries, int eliminate_last) {
  const auto n = static_cast<std::size_t>(unknowns);
  std::vector<std::set<int>> neighbours(n);
  for (const auto& [i, j] : entries) {
    EXPECT(i >= 0 && i < unknowns && j >= 0 && j < unknowns);
    if (i == j) continue;
    neighbours[static_cast<std::size_t>(i)].insert(j);
    neighbours[static_cast<std::size_t>(j)].insert(i);
  }
  std::vector<Eliminated> order;
  std::vector<bool> done(n, false);
  std::vector<int> wait(n, 0);
  const auto rank = [&](int i) {
    return std::pair(neighbours[static_cast<std::size_t>(i)].size(), wait[static_cast<std::size_t>(i)]);
  };
  for (int k = 0; k < unknowns; ++k) {
    int best = -1;
    const int end = k < unknowns - eliminate_last ? unknowns - eliminate_last : unknowns;
    for (int i = 0; i < end; ++i)
      if (!done[static_cast<std::size_t>(i)] && (best < 0 || rank(i) < rank(best))) best = i;
    const auto at = static_cast<std::size_t>(best);
    done[at] = true;
    const std::set<int> around = neighbours[at];
    order.push_back({best, wait[at], {around.begin(), around.end()}});
    for (const int i : around) {
      auto& its = neighbours[static_cast<std::size_t>(i)];
      its.erase(best);
      for (const int j : around)
        if (j != i) its.insert(j);
      wait[static_cast<std::size_t>(i)] = std::max(wait[static_cast<std::size_t>(i)], wait[at] + 1);
    }
  }
  std::stable_sort(order.begin(), order.end(), [](const Eliminated& a, const Eliminated& b) {
    return std::pair(a.wait, a.neighbours.size()) < std::pair(b.wait, b.neighbours.size());
  });
  return order;
}

}  // namespace

SparseLu::SparseLu(int unknowns, const std::vector<std::pair<int, int>>& entries, Values values, int eliminate_last)
    : size_(unknowns), kind_(values) {
  EXPECT(unknowns >= 0 && eliminate_last >= 0 && eliminate_last <= unknowns);
  const std::vector<Eliminated> order = elimination_order(unknowns, entries, eliminate_last);
  const bool symmetric = kind_ == Values::symmetric;
  int used = 0;
  const auto place = [&](int i, int j, int at) {  // appended; sorted below
    slots_.emplace_back(static_cast<long>(i) * size_ + j, at);
    return at;
  };
  for (const Eliminated& pivot : order) {
    pivots_.push_back({place(pivot.unknown, pivot.unknown, used), pivot.unknown});
    ++used;
    for (const int i : pivot.neighbours) {
      const int upper = place(pivot.unknown, i, used++), lower = place(i, pivot.unknown, symmetric ? upper : used++);
      neighbours_.push_back({i, upper, lower});
    }
  }
  trash_ = used;
  values_.assign(static_cast<std::size_t>(used) + 1, 0.0);
  std::sort(slots_.begin(), slots_.end());
  int neighbour = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const int count = static_cast<int>(order[k].neighbours.size());
    if (k == 0 || order[k].wait != order[k - 1].wait || count != runs_.back().neighbours)
      runs_.push_back({count, static_cast<int>(k), static_cast<int>(k), neighbour, static_cast<int>(targets_.size())});
    ++runs_.back().last_pivot;
    neighbour += count;
    for (int a = 0; a < count; ++a)
      for (int b = symmetric ? a : 0; b < count; ++b)
        targets_.push_back(
            slot(order[k].neighbours[static_cast<std::size_t>(a)], order[k].neighbours[static_cast<std::size_t>(b)]));
  }
}

int SparseLu::slot(int row, int column) const {
  const long key = static_cast<long>(row) * size_ + column;
  const auto found = std::lower_bound(slots_.begin(), slots_.end(), std::pair<long, int>{key, -1});
  return found != slots_.end() && found->first == key ? found->second : -1;
}

// Row operations on matrix and right-hand side together.
template <int N, bool symmetric> void SparseLu::eliminate(const Run& run, double* x) {
  double* const v = values_.data();
  const int count = N > 0 ? N : run.neighbours;
  const Neighbour* neighbour = neighbours_.data() + run.first_neighbour;
  const int* target = targets_.data() + run.first_target;
  for (int k = run.first_pivot; k < run.last_pivot; ++k, neighbour += count) {
    const Pivot pivot = pivots_[static_cast<std::size_t>(k)];
    const double inverse = 1.0 / v[pivot.diagonal], pivot_x = x[pivot.unknown];
    v[pivot.diagonal] = inverse;
    for (int a = 0; a < count; ++a) {
      const double l = v[neighbour[a].lower] * inverse;
      if (!symmetric && l == 0.0) {  // heat that no flow carries: most of the matrix
        target += count;
        continue;
      }
      x[neighbour[a].unknown] -= l * pivot_x;
      for (int b = symmetric ? a : 0; b < count; ++b) v[*target++] -= l * v[neighbour[b].upper];
    }
  }
}

template <int N> void SparseLu::substitute(const Run& run, double* x) const {
  const double* const v = values_.data();
  const int count = N > 0 ? N : run.neighbours;
  const Neighbour* neighbour = neighbours_.data() + run.first_neighbour;
  for (int k = run.first_pivot; k < run.last_pivot; ++k, neighbour += count) {
    const Pivot pivot = pivots_[static_cast<std::size_t>(k)];
    double sum = x[pivot.unknown];
    for (int a = 0; a < count; ++a) sum -= v[neighbour[a].upper] * x[neighbour[a].unknown];
    x[pivot.unknown] = sum * v[pivot.diagonal];
  }
}

template <bool symmetric> void SparseLu::eliminate_all(double* x) {
  for (const Run& run : runs_) {
    switch (run.neighbours) {
      case 1:
        eliminate<1, symmetric>(run, x);
        break;
      case 2:
        eliminate<2, symmetric>(run, x);
        break;
      case 3:
        eliminate<3, symmetric>(run, x);
        break;
      case 4:
        eliminate<4, symmetric>(run, x);
        break;
      case 5:
        eliminate<5, symmetric>(run, x);
        break;
      case 6:
        eliminate<6, symmetric>(run, x);
        break;
      default:
        eliminate<0, symmetric>(run, x);
    }
  }
}

void SparseLu::solve(std::span<double> right_hand_side) {
  EXPECT(static_cast<int>(right_hand_side.size()) >= size_);
  double* const x = right_hand_side.data();
  if (kind_ == Values::symmetric) eliminate_all<true>(x);
  else eliminate_all<false>(x);
  substitute_all(x);
}

void SparseLu::solve_again(std::span<double> right_hand_side) const {
  EXPECT(static_cast<int>(right_hand_side.size()) >= size_);
  double* const x = right_hand_side.data();
  const double* const v = values_.data();
  const Neighbour* neighbour = neighbours_.data();
  for (const Run& run : runs_)
    for (int k = run.first_pivot; k < run.last_pivot; ++k, neighbour += run.neighbours) {
      const Pivot pivot = pivots_[static_cast<std::size_t>(k)];
      const double scaled = v[pivot.diagonal] * x[pivot.unknown];
      for (int a = 0; a < run.neighbours; ++a) x[neighbour[a].unknown] -= v[neighbour[a].lower] * scaled;
    }
  substitute_all(x);
}

void SparseLu::substitute_all(double* x) const {
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
    switch (run->neighbours) {
      case 1:
        substitute<1>(*run, x);
        break;
      case 2:
        substitute<2>(*run, x);
        break;
      case 3:
        substitute<3>(*run, x);
        break;
      case 4:
        substitute<4>(*run, x);
        break;
      case 5:
        substitute<5>(*run, x);
        break;
      case 6:
        substitute<6>(*run, x);
        break;
      default:
        substitute<0>(*run, x);
    }
  }
}

}  // namespace hypocaust::plant
