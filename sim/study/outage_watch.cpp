#include "sim/study/outage_watch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hypocaust::study {
namespace {

// A component holds heat worth following when it has this share of what the plant has.
constexpr double store_share = 0.02;

}  // namespace

OutageWatch::OutageWatch(const run::Site& site) : site_(site) {
  std::vector<double> capacity_j_k;
  double sum_j_k = 0;
  for (int c = 0; c < site.plant.components(); ++c) {
    capacity_j_k.push_back(site.plant.heat_capacity_j_k(c)), sum_j_k += capacity_j_k.back();
    if (site.plant.rejects(c)) dumps_.push_back(c);
  }
  for (int c = 0; c < site.plant.components(); ++c)
    if (const double own = capacity_j_k[static_cast<std::size_t>(c)]; own > store_share * sum_j_k) {
      stores_.push_back({c, own});
      names_.push_back(site.plant.component_name(c));
    }
  for (const run::CoolantLimit& limit : site.coolant_limits) names_.push_back(limit.name);
  count_anew();
}

void OutageWatch::count_anew() {
  worst_ = {};
  worst_coolant_frac_ = std::numeric_limits<double>::infinity();
  minutes_throttled_ = 0;
  stores_c_.clear();
}

void OutageWatch::after(const run::YearLoop& loop, std::int64_t k) {
  const std::int64_t utc_s = site_.start_utc_s + k * site_.step_s;
  if (loop.throttle_frac() < 1.0) minutes_throttled_ += static_cast<double>(site_.step_s) / 60.0;
  coolant(utc_s);
  if (!dumps_.empty()) dump(k, utc_s);
  for (const Store& store : stores_)
    stores_c_.push_back(static_cast<float>(site_.plant.stored_j(store.component) / store.heat_capacity_j_k));
  for (const run::CoolantLimit& limit : site_.coolant_limits)
    stores_c_.push_back(static_cast<float>(site_.plant.branch_out_c(limit.component, 0)));
}

void OutageWatch::coolant(std::int64_t utc_s) {
  for (const run::CoolantLimit& limit : site_.coolant_limits) {
    const double t_c = site_.plant.branch_out_c(limit.component, 0);
    const double left_frac = (limit.limit_c - t_c) / (limit.limit_c - limit.set_point_c);
    if (!(left_frac < worst_coolant_frac_)) continue;
    worst_coolant_frac_ = left_frac;
    worst_.coolant_c = t_c, worst_.limit_c = limit.limit_c, worst_.set_point_c = limit.set_point_c;
    worst_.coolant = limit.name, worst_.coolant_utc_s = utc_s;
  }
}

// What the dump plant rejects against what it could, were all temperatures between coolant and cooler to rise until the
// coolant is at its limit.
void OutageWatch::dump(std::int64_t k, std::int64_t utc_s) {
  double headroom_k = std::numeric_limits<double>::infinity();
  for (const run::CoolantLimit& limit : site_.coolant_limits)
    headroom_k = std::min(headroom_k, limit.limit_c - site_.plant.branch_out_c(limit.component, 0));
  if (!std::isfinite(headroom_k)) headroom_k = 0;
  const std::int64_t from_s = site_.start_utc_s + k % site_.steps * site_.step_s;
  const weather::WeatherStep weather = site_.weather.mean(from_s, from_s + site_.step_s);
  const plant::Step<double> now = run::plant_step(weather, static_cast<double>(site_.step_s));
  double most_w = 0, rejected_w = 0, exchanged_w_k = 0, largest_w = -1;
  int largest = -1;
  for (const int c : dumps_) {
    const plant::Rejection<double> rejection = site_.plant.most_rejected(c, now);
    const double own_w = std::max(0.0, rejection.exchanged_w_k * (site_.plant.branch_in_c(c, 0) + headroom_k - rejection.air_c));
    most_w += own_w, rejected_w -= site_.plant.branch_heat_w(c, 0), exchanged_w_k += rejection.exchanged_w_k;
    if (own_w > largest_w) largest_w = own_w, largest = c;
  }
  const double frac = rejected_w <= 0 ? 0.0 : most_w > 0 ? rejected_w / most_w : std::numeric_limits<double>::infinity();
  if (frac <= worst_.dump_frac) return;  // not so while there is none yet
  worst_.dump_frac = frac, worst_.dump = site_.plant.component_name(largest), worst_.dump_utc_s = utc_s;
  worst_.outdoor_limit_c = exchanged_w_k > 0 ? weather.outdoor_c + (most_w - rejected_w) / exchanged_w_k : not_given;
}

}  // namespace hypocaust::study
