// LU without pivoting on a fixed pattern, for matrices that are factored anew every few microseconds. The order of elimination
// (minimum degree) and every address are found once. Serves hydraulics (symmetric pattern, positive diagonal, rows of regulated
// branches last) and heat (an M-matrix on the union pattern of both flow directions).
#pragma once
#include <span>
#include <utility>
#include <vector>

namespace hypocaust::plant {

class SparseLu {
 public:
  // unknowns: n; entries: (row, column) pairs, made symmetric here; the last `eliminate_last` unknowns keep the end of the order.
  SparseLu(int unknowns, const std::vector<std::pair<int, int>>& entries, int eliminate_last = 0);

  // Where entry (row, column) lies in values(); -1 when it is outside the pattern.
  int slot(int row, int column) const;
  int trash() const { return trash_; }  // a slot nobody reads
  std::vector<double>& values() { return values_; }
  void clear() { values_.assign(values_.size(), 0.0); }
  // Overwrites values() by the factors. A zero pivot gives infinities, which the caller must look for in the solution.
  void factor();
  // Right-hand side in, solution out; both in the caller's numbering.
  void solve(std::span<double> right_hand_side);

 private:
  struct Step {
    int pivot;        // slot of the diagonal
    int unknown;      // caller's number
    int first, last;  // neighbours eliminated later, in neighbours_; their (last - first)^2 targets follow each other in update_
  };
  struct Neighbour {
    int unknown, upper, lower;  // slots (pivot, it) and (it, pivot)
  };
  int size_ = 0, trash_ = 0;
  std::vector<Step> steps_;
  std::vector<Neighbour> neighbours_;
  std::vector<int> update_;
  std::vector<std::pair<long, int>> slots_;  // sorted key row * n + column -> slot
  std::vector<double> values_;
};

}  // namespace hypocaust::plant
