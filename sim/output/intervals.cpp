#include "sim/output/intervals.hpp"

namespace hypocaust::output {

Intervals::Intervals(const std::vector<Variable>& variables, std::int64_t steps_each) : each_(steps_each) {
  for (const Variable& variable : variables) keeps_.insert(keeps_.end(), variable.width(), variable.keep);
  gathered_.resize(keeps_.size());
  for (const Keep keep : keeps_)
    if (keep == Keep::weighted) weights_.push_back(keeps_.size() + weights_.size());
  weight_sums_.resize(weights_.size());
}

bool Intervals::take(std::span<const double> row) {
  if (each_ == 1) {
    kept_ = row.first(keeps_.size());
    return true;
  }
  std::size_t weighted = 0;
  for (std::size_t c = 0; c < keeps_.size(); ++c) {
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
      case Keep::weighted: {
        const double weight = row[weights_[weighted]];
        kept = (first ? 0.0 : kept) + weight * row[c];
        weight_sums_[weighted] = (first ? 0.0 : weight_sums_[weighted]) + weight;
        ++weighted;
        break;
      }
    }
  }
  if (++taken_ < each_) return false;
  taken_ = 0;
  weighted = 0;
  for (std::size_t c = 0; c < keeps_.size(); ++c)
    if (keeps_[c] == Keep::mean) {
      gathered_[c] /= static_cast<double>(each_);
    } else if (keeps_[c] == Keep::weighted) {
      const double weight = weight_sums_[weighted++];
      if (weight != 0) gathered_[c] /= weight;  // none at all: the sum is 0 as well
    }
  kept_ = gathered_;
  return true;
}

}  // namespace hypocaust::output
