// Steps gathered into recording intervals: the mean, weighted mean, least, largest or last value of each column.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/output/run_file.hpp"

namespace hypocaust::output {

class Intervals {
 public:
  Intervals(const std::vector<Variable>& variables, std::int64_t steps_each);
  // Takes one value a column, then the weights of weighted columns; true when the interval is complete. A missing step (NaN) makes the interval missing.
  bool take(std::span<const double> row);
  std::size_t row_width() const { return keeps_.size() + weights_.size(); }
  std::span<const double> kept() const { return kept_; }  // of the last complete interval; valid until the next row

 private:
  std::vector<Keep> keeps_;
  std::vector<std::size_t> weights_;  // places in the row, of the weighted columns in their order
  std::vector<double> gathered_, weight_sums_;
  std::span<const double> kept_;
  std::int64_t each_, taken_ = 0;
};

}  // namespace hypocaust::output
