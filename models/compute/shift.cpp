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

Shift::Shift(const ShiftSpec& spec, std::unique_ptr<Forecast> forecast, std::span<const std::int64_t> group_cores,
             std::size_t hours)
    : horizon_s_(spec.forecast.horizon_s),
      forecast_(std::move(forecast)),
      group_cores_(group_cores.begin(), group_cores.end()),
      booked_(group_cores.size(), std::vector<std::int64_t>(hours + hour_of(horizon_s_) + longest_hours + 2, 0)) {
  sums_.resize(hour_of(horizon_s_) + longest_hours + 3);
  foresee(0);
}

void Shift::foresee(std::size_t now) {
  now_ = now;
  sums_[0] = 0;
  double largest = 0;
  for (std::size_t k = 1; k < sums_.size(); ++k) {
    const double value = forecast_->value(now, now + k - 1);
    sums_[k] = sums_[k - 1] + value;
    largest = vmax(largest, vabs(value));
  }
  quantum_value_ = largest > 0 ? 1e-9 * largest : 1.0;
}

// Mean of the foreseen values over the run, each hour by the share of it that is used; in whole quanta, so that round-off never
// makes one of two equal starts the cheaper.
double Shift::mean_cost(double from_s, double length_s) const {
  const auto sum_to = [&](double t_s) {
    const double in_hours = t_s / hour_s - static_cast<double>(now_);
    const auto k = static_cast<std::size_t>(in_hours);
    return sums_[k] + (in_hours - static_cast<double>(k)) * (sums_[k + 1] - sums_[k]);
  };
  return vfloor((sum_to(from_s + length_s) - sum_to(from_s)) * hour_s / length_s / quantum_value_ + 0.5);
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

double Shift::start_s(const Job& job, double now_s, bool may_hold) {
  if (hour_of(now_s) != now_) foresee(hour_of(now_s));
  const double latest_s = vmin(latest_start_s(job), now_s + horizon_s_), length_s = weighed_s(job);
  double chosen_s = now_s;
  if (may_hold && job.delay_s > 0 && latest_s > now_s) {
    candidates_.clear();
    candidates_.push_back({mean_cost(now_s, length_s), now_s});
    for (double at_s = (static_cast<double>(now_) + 1.0) * hour_s; at_s <= latest_s; at_s += hour_s)
      candidates_.push_back({mean_cost(at_s, length_s), at_s});
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.cost_value < b.cost_value; });
    // The cheapest start at which the hours are not full already; of equal ones the earliest. All full: at once.
    for (const Candidate& candidate : candidates_)
      if (fits(job, candidate.start_s)) {
        chosen_s = candidate.start_s;
        break;
      }
  }
  book(job, chosen_s);
  return chosen_s;
}

}  // namespace hypocaust::compute
