#include "sim/input/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

#include "models/core/contracts.hpp"
#include "models/core/errors.hpp"

namespace hypocaust::input {
namespace {

std::string utc_text(std::int64_t utc_s) {
  using namespace std::chrono;
  const sys_seconds at{seconds{utc_s}};
  const sys_days day = floor<days>(at);
  const year_month_day date{day};
  const auto second = (at - day).count();
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return text;
}

}  // namespace

Series::Series(std::string key, TimedColumn column, Rule rule) : key_(std::move(key)), column_(std::move(column)), rule_(rule) {
  const auto& t = column_.utc_s;
  EXPECT(t.size() >= 2 && t.size() == column_.values.size());
  end_s_ = t.back() + (t.back() - t[t.size() - 2]);
  even_step_s_ = t[1] - t[0];
  for (std::size_t k = 1; k < t.size(); ++k)
    if (t[k] - t[k - 1] != even_step_s_) even_step_s_ = 0;
}

std::int64_t Series::folded(std::int64_t utc_s) const {
  const std::int64_t begin = begin_s(), period = end_s_ - begin;
  if (utc_s >= begin && utc_s < end_s_) return utc_s;
  if (!rule_.repeat) require(utc_s, utc_s + 1);
  const std::int64_t rest = (utc_s - begin) % period;
  return begin + (rest < 0 ? rest + period : rest);
}

Series::Cell Series::cell_at(std::int64_t inside_s) const {
  const auto& t = column_.utc_s;
  const std::size_t k = even_step_s_ > 0
                            ? static_cast<std::size_t>((inside_s - t[0]) / even_step_s_)
                            : static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), inside_s) - t.begin()) - 1;
  const bool last = k + 1 == t.size();
  const double here = column_.values[k];
  double next = here;
  if (rule_.between == Between::interpolate) next = last ? (rule_.repeat ? column_.values[0] : here) : column_.values[k + 1];
  return {.from_s = t[k], .to_s = last ? end_s_ : t[k + 1], .from_value = here, .to_value = next};
}

double Series::at(std::int64_t utc_s) const {
  const std::int64_t inside_s = folded(utc_s);
  const Cell cell = cell_at(inside_s);
  const double value = cell.from_value + (cell.to_value - cell.from_value) * static_cast<double>(inside_s - cell.from_s) /
                                             static_cast<double>(cell.to_s - cell.from_s);
  return rate_ ? value * std::pow(rate_->at(utc_s), power_) : value;
}

double Series::mean(std::int64_t from_s, std::int64_t to_s) const {
  EXPECT(to_s > from_s);
  double sum = 0;
  for (std::int64_t at_s = from_s; at_s < to_s;) {
    const std::int64_t inside_s = folded(at_s);
    const Cell cell = cell_at(inside_s);
    const std::int64_t length_s = std::min(to_s - at_s, cell.to_s - inside_s);
    const double rate = rate_ ? std::pow(rate_->mean(at_s, at_s + length_s), power_) : 1.0;
    if (length_s == to_s - from_s && cell.to_value == cell.from_value)
      return rate * cell.from_value;  // to the bit: a held value is itself
    const double middle = static_cast<double>(inside_s - cell.from_s) + 0.5 * static_cast<double>(length_s);
    sum += rate * static_cast<double>(length_s) *
           (cell.from_value + (cell.to_value - cell.from_value) * middle / static_cast<double>(cell.to_s - cell.from_s));
    at_s += length_s;
  }
  return sum / static_cast<double>(to_s - from_s);
}

void Series::exchange(const std::shared_ptr<const Series>& rate, int power) {
  for (std::size_t k = 0; k < rate->column_.values.size(); ++k)
    if (!(rate->column_.values[k] > 0))
      throw UserError(rate->column_.path + ": error: " + rate->key_ + ": is " + fmt::format("{:g}", rate->column_.values[k]) +
                      " at " + utc_text(rate->column_.utc_s[k]) + " (a rate of exchange is above 0); correct the file");
  rate_ = rate, power_ = power;
}

void Series::exchange(double rate, int power) {
  for (double& value : column_.values) value *= std::pow(rate, power);
}

void Series::require(std::int64_t from_s, std::int64_t to_s) const {
  if (rate_) rate_->require(from_s, to_s);
  if (rule_.repeat || (from_s >= begin_s() && to_s <= end_s_)) return;
  const bool of_user = key_.starts_with("series.");  // not the columns of a weather file
  throw UserError(column_.path + ": error: " + key_ + ": the file reaches from " + utc_text(begin_s()) + " to " +
                  utc_text(end_s_) + ", the run asks for " + utc_text(from_s) + " to " + utc_text(to_s) +
                  " (a run begins with its warm-up); move clock.start, shorten the run, or " +
                  (of_user ? "set `repeat: true`" : "give a longer file"));
}

Series load_series(const std::string& name, const SeriesSpec& spec) {
  TimedColumn column = read_column({.path = spec.file.path,
                                    .column = spec.column,
                                    .unit = spec.unit,
                                    .time_zone = spec.time_zone,
                                    .start = spec.start,
                                    .irregular = spec.irregular});
  return Series("series." + name, std::move(column), {.between = spec.between, .repeat = spec.repeat});
}

}  // namespace hypocaust::input
