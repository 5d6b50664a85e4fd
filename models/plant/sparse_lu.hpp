// LU without pivoting on a fixed pattern, for matrices that are factored anew every few microseconds. The order of elimination
// (minimum degree) and every address are found once. Serves hydraulics (positive diagonal; symmetric unless regulated branches,
// eliminated last, add rows of their own) and heat (an M-matrix on the union pattern of both flow directions).
#pragma once
#include <span>
#include <utility>
#include <vector>

namespace hypocaust::plant {

class SparseLu {
 public:
  enum class Values { general, symmetric };  // symmetric: (i, j) and (j, i) share a slot, half of the work
  // unknowns: n; entries: (row, column) pairs, made symmetric here; the last `eliminate_last` unknowns keep the end of the order.
  SparseLu(int unknowns, const std::vector<std::pair<int, int>>& entries, Values values, int eliminate_last = 0);

  // Where entry (row, column) lies in values(); -1 when it is outside the pattern.
  int slot(int row, int column) const;
  int trash() const { return trash_; }  // a slot nobody reads
  std::vector<double>& values() { return values_; }
  void clear() { values_.assign(values_.size(), 0.0); }
  // Right-hand side in, solution out; both in the caller's numbering. Overwrites values() by the factors. A zero pivot gives
  // infinities, which the caller must look for in the solution.
  void solve(std::span<double> right_hand_side);
  // Another right-hand side, with the factors that the last solve() left.
  void solve_again(std::span<double> right_hand_side) const;

 private:
  struct Pivot {
    int diagonal, unknown;  // slot; caller's number
  };
  struct Neighbour {            // of a pivot, eliminated later
    int unknown, upper, lower;  // slots (pivot, it) and (it, pivot); the same when symmetric
  };
  // Pivots that do not wait for each other, with equal numbers of neighbours: their neighbours follow each other, and so do the
  // targets of the products of their neighbours.
  struct Run {
    int neighbours, first_pivot, last_pivot, first_neighbour, first_target;
  };
  template <int N, bool symmetric> void eliminate(const Run& run, double* x);  // N 0: any number
  template <int N> void substitute(const Run& run, double* x) const;
  template <bool symmetric> void eliminate_all(double* x);
  void substitute_all(double* x) const;

  int size_ = 0, trash_ = 0;
  Values kind_;
  std::vector<Run> runs_;
  std::vector<Pivot> pivots_;
  std::vector<Neighbour> neighbours_;
  std::vector<int> targets_;
  std::vector<std::pair<long, int>> slots_;  // sorted key row * n + column -> slot
  std::vector<double> values_;
};

}  // namespace hypocaust::plant
