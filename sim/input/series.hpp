// A value against time: held or joined by straight lines, once or repeated.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/csv.hpp"
#include "sim/input/series_spec.hpp"

namespace hypocaust::input {

class Series {
 public:
  struct Rule {
    Between between = Between::hold;
    bool repeat = false;
  };
  Series(std::string key, TimedColumn column, Rule rule);  // key: as messages name it, "series.price"

  // Exact mean over [from_s, to_s), POSIX seconds, to_s > from_s. The last row holds for as long as the one before it.
  // Throws UserError outside the file unless it repeats.
  double mean(std::int64_t from_s, std::int64_t to_s) const;
  double at(std::int64_t utc_s) const;

  std::int64_t begin_s() const { return column_.utc_s.front(); }
  std::int64_t end_s() const { return end_s_; }
  // Throws UserError when the file does not reach over [from_s, to_s) and does not repeat: asked before a run.
  void require(std::int64_t from_s, std::int64_t to_s) const;
  const TimedColumn& column() const { return column_; }

  // Values times the rate, or divided by it where `power` is -1 (kWh for a sum). A rate that moves counts with its mean over each
  // stretch in which a row holds; it must reach over what is asked for.
  void exchange(const std::shared_ptr<const Series>& rate, int power);
  void exchange(double rate, int power);

 private:
  struct Cell {
    std::int64_t from_s, to_s;
    double from_value, to_value;
  };
  Cell cell_at(std::int64_t inside_s) const;
  std::int64_t folded(std::int64_t utc_s) const;

  std::string key_;
  TimedColumn column_;
  Rule rule_;
  std::int64_t end_s_, even_step_s_;    // even_step_s_: 0 when rows are not equally spaced
  std::shared_ptr<const Series> rate_;  // null: none
  int power_ = 1;
};

// The entry `name` of series:. Throws UserError (see read_column).
Series load_series(const std::string& name, const SeriesSpec& spec);

}  // namespace hypocaust::input
