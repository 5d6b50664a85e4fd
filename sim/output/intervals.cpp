#include "sim/output/intervals.hpp"

namespace hypocaust::output {

Intervals::Intervals(const std::vector<Variable>& variables, std::int64_t steps_each) : each_(steps_each) {
  for (const Variable& variable : variables) keeps_.insert(keeps_.end(), variable.width(), variable.keep);
  gathered_.resize(keeps_.size());
}

bool Intervals::take(std::span<const double> row) {
  if (each_ == 1) {
    kept_ = row;
    return true;
  }
  for (std::size_t c = 0; c < row.size(); ++c) {
    double& kept = gathered_[c];
    const bool first = taken_ == 0;
    const bool absent = row[c] != row[c];  // NaN stays, as no comparison with it holds
    switch (keeps_[c]) {
      case Keep::mean:
        kept = first ? row[c] : kept + row[c];
        break;
      case Keep::min:
        kept = first || absent || row[c] < kept ? row[c] : kept;
        break;
      case Keep::max:
        kept = first || absent || row[c] > kept ? row[c] : kept;
        break;
      case Keep::last:
        kept = row[c];
        break;
    }
  }
  if (++taken_ < each_) return false;
  taken_ = 0;
  for (std::size_t c = 0; c < row.size(); ++c)
    if (keeps_[c] == Keep::mean) gathered_[c] /= static_cast<double>(each_);
  kept_ = gathered_;
  return true;
}

}  // namespace hypocaust::output
