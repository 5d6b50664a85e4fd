#include "models/compute/shift.hpp"

#include <algorithm>

#include "models/core/math.hpp"

namespace hypocaust::compute {
namespace {
constexpr double hour_s = 3600.0;
constexpr std::size_t longest_hours = 168;  // of a job that are weighed and booked; what is beyond counts as its first week
std::size_t hour_of(double t_s) { return static_cast<std::size_t>(t_s / hour_s); }
double weighed_s(const Job& job) {
  return vmin(static_cast<double>(job.requested_s), static_cast<double>(longest_hours) * hour_s);
}
}  // namespace

double latest_start_s(const Job& job) {
  const double by_delay_s = static_cast<double>(job.submit_s + job.delay_s);
  return job.deadline_s < 0 ? by_delay_s : vmin(by_delay_s, static_cast<double>(job.deadline_s - job.requested_s));
}

Shift::Shift(const ForecastSpec& forecast, std::vector<Criterion> order, std::span<const std::int64_t> group_cores,
             std::size_t hours)
    : horizon_s_(forecast.horizon_s),
      group_cores_(group_cores.begin(), group_cores.end()),
      booked_(group_cores.size(), std::vector<std::int64_t>(hours + hour_of(horizon_s_) + longest_hours + 2, 0)) {
  for (Criterion& criterion : order) {
    order_.push_back({.criterion = std::move(criterion)});
    order_.back().sums.resize(hour_of(horizon_s_) + longest_hours + 3);
  }
  foresee(0);
}

void Shift::foresee(std::size_t now) {
  now_ = now;
  for (Foreseen& by : order_) {
    if (!by.criterion.forecast) continue;
    by.sums[0] = 0;
    double largest = 0;
    for (std::size_t k = 1; k < by.sums.size(); ++k) {
      const double value = by.criterion.forecast->value(now, now + k - 1);
      by.sums[k] = by.sums[k - 1] + value;
      largest = vmax(largest, vabs(value));
    }
    by.quantum_value = largest > 0 ? 1e-9 * largest : 1.0;
  }
}

// Mean of the foreseen values over the run, each hour by the share of it that is used; in whole quanta, so that round-off never
// makes one of two equal starts the cheaper.
double Shift::mean_cost(const Foreseen& by, double from_s, double length_s) const {
  const auto sum_to = [&](double t_s) {
    const double in_hours = t_s / hour_s - static_cast<double>(now_);
    const auto k = static_cast<std::size_t>(in_hours);
    return by.sums[k] + (in_hours - static_cast<double>(k)) * (by.sums[k + 1] - by.sums[k]);
  };
  return vfloor((sum_to(from_s + length_s) - sum_to(from_s)) * hour_s / length_s / by.quantum_value + 0.5);
}

bool Shift::fits(const Job& job, double start_s) const {
  const auto group = static_cast<std::size_t>(job.group);
  const std::size_t last = hour_of(start_s + weighed_s(job) - 1.0);
  for (std::size_t hour = hour_of(start_s); hour <= last && hour < booked_[group].size(); ++hour)
    if (booked_[group][hour] + job.cores > group_cores_[group]) return false;
  return true;
}

void Shift::book(const Job& job, double start_s) {
  std::vector<std::int64_t>& booked = booked_[static_cast<std::size_t>(job.group)];
  const std::size_t last = hour_of(start_s + weighed_s(job) - 1.0);
  for (std::size_t hour = hour_of(start_s); hour <= last && hour < booked.size(); ++hour) booked[hour] += job.cores;
}

// Leaves the candidates that are alike to this criterion; the last one of the order leaves the cheapest.
void Shift::choose(const Foreseen& by, bool last, double length_s, const Arrival& at) {
  double best_value = 1e300;
  for (Candidate& candidate : candidates_) {
    const bool at_once = at.throttled && candidate.start_s <= at.now_s;
    candidate.cost_value = by.criterion.forecast ? mean_cost(by, candidate.start_s, length_s) : at_once ? 1.0 : 0.0;
    best_value = vmin(best_value, candidate.cost_value);
  }
  if (!last) best_value += vfloor(by.criterion.alike_value / by.quantum_value + 0.5);
  std::erase_if(candidates_, [&](const Candidate& candidate) { return candidate.cost_value > best_value; });
}

double Shift::start_s(const Job& job, const Arrival& at) {
  if (hour_of(at.now_s) != now_) foresee(hour_of(at.now_s));
  const double latest_s = vmin(latest_start_s(job), at.now_s + horizon_s_), length_s = weighed_s(job);
  double chosen_s = at.now_s;
  if (at.may_hold && job.delay_s > 0 && latest_s > at.now_s) {
    candidates_.clear();
    const auto add = [&](double start_s) {
      if (fits(job, start_s)) candidates_.push_back({start_s, 0.0});
    };
    add(at.now_s);
    for (double at_s = (static_cast<double>(now_) + 1.0) * hour_s; at_s <= latest_s; at_s += hour_s) add(at_s);
    for (std::size_t k = 0; k < order_.size(); ++k) choose(order_[k], k + 1 == order_.size(), length_s, at);
    if (!candidates_.empty()) chosen_s = candidates_.front().start_s;  // the earliest; all hours full: at once
  }
  book(job, chosen_s);
  return chosen_s;
}

}  // namespace hypocaust::compute
