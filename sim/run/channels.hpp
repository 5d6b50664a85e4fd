// The row of numbers the year loop hands to the recorder: which variables exist, where each block starts, which are kept.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "models/core/errors.hpp"
#include "sim/output/run_file.hpp"

namespace hypocaust::run {

struct UnmatchedGlob : UserError {  // the caller knows where the glob stands
  UnmatchedGlob(std::size_t at, const std::string& text) : UserError(text), index(at) {}
  std::size_t index;  // in output.record
};

// Variables are declared block by block; every block's values are consecutive in the row.
class ChannelLayout {
 public:
  // Returns the index of the variable's first value in the row.
  std::size_t declare(output::Variable variable);
  // A place in the row for what weighs the value at `place` (of a variable that keeps the weighted mean). Returns its index.
  std::size_t declare_weight(std::size_t place);
  std::size_t width() const { return width_; }

  // What a record holds of its interval, for variables declared as means; a peak stays a peak, a register its last value.
  // Before select().
  void keep(output::Keep keep) {
    for (output::Variable& variable : all_)
      if (variable.keep == output::Keep::mean) variable.keep = keep;
  }

  // Keeps the columns whose `group.variable.column` (or `group.variable`, or `group.column`) matches one of the globs
  // (* any text, ? one character). Throws UnmatchedGlob when a glob matches nothing.
  void select(const std::vector<std::string>& globs);
  const std::vector<output::Variable>& kept() const { return kept_; }
  bool keeps(std::size_t place) const { return std::binary_search(places_.begin(), places_.end(), place); }
  void gather(const std::vector<double>& row, std::vector<double>& kept_row) const;
  std::size_t kept_width() const { return places_.size() + weights_.size(); }

 private:
  std::vector<output::Variable> all_, kept_;
  std::vector<std::size_t> first_;                   // place of each variable of all_ in the row
  std::vector<std::size_t> places_, weights_;        // of the kept columns in the row, rising; of the weights that they need
  std::map<std::size_t, std::size_t> weight_place_;  // of a value's place
  std::size_t width_ = 0;
};

bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace hypocaust::run
