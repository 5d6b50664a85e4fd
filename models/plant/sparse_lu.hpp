// A static LU without pivoting on a fixed, structurally symmetric pattern: the order of elimination (minimum degree) and every
// multiply-add are found once; a factorisation then runs down a list of indices. Serves hydraulics (a symmetric, diagonally
// dominant matrix) and heat (an M-matrix for passive components). George and Liu, Computer Solution of Large Sparse Positive
// Definite Systems, 1981, chapters 2 and 5.
#pragma once
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace hypocaust::plant {

class SparseLu {
 public:
  // pairs: positions (row, column) that may be non-zero; the diagonal and the mirror image are always there.
  SparseLu(int size, const std::vector<std::pair<int, int>>& pairs);

  int size() const { return size_; }
  int place(int row, int column) const;  // index into values(); -1 outside the pattern
  std::vector<double>& values() { return values_; }
  void clear() { std::fill(values_.begin(), values_.end(), 0.0); }
  void factorise();                         // in place
  void solve(std::vector<double>& x) const;  // right-hand side in, solution out

 private:
  struct Below {                 // a row below a pivot
    std::int32_t row, factor;    // its place in column of the pivot
    std::int32_t first, last;    // its updates
  };
  struct Update {
    std::int32_t target, upper;  // values[target] -= factor * values[upper]
  };
  int size_;
  std::vector<int> order_;                 // pivots
  std::vector<std::vector<std::pair<int, int>>> index_;  // per row: (column, place), sorted
  std::vector<std::int32_t> diagonal_;     // place, in pivot order
  std::vector<std::int32_t> below_start_, upper_start_;
  std::vector<Below> below_;
  std::vector<Update> updates_;
  std::vector<std::pair<std::int32_t, std::int32_t>> upper_;  // (column, place) right of a pivot
  std::vector<double> values_, reciprocal_;
};

}  // namespace hypocaust::plant
