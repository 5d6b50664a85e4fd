#include "sim/study/outage_watch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/run/coolant.hpp"

namespace hypocaust::study {
namespace {

// A component holds heat worth following when it has this share of what the plant has.
constexpr double store_share = 0.02;
// Below its limit, where nothing says what the nominal point is.
constexpr double usual_margin_k = 10.0;

// The air that a cooling holds; of a junction, or of another cooling, nothing is said.
double nominal_c(const run::Site& site, const run::ThermalLimit& limit) {
  Typed cooling = *site.scenario.cooling.find(limit.name);
  const Located found = locate(*cooling.schema(), cooling.object(), "set_point");
  return found.member && !limit.of_junction ? *static_cast<double*>(found.member) : limit.limit_c - usual_margin_k;
}

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
  for (const run::ThermalLimit& limit : site.thermal_limits) nominal_c_.push_back(nominal_c(site, limit));
  count_anew();
}

void OutageWatch::count_anew() {
  worst_ = {};
  minutes_over_ = {};
  highest_coolant_c_ = -1e9, highest_c_.assign(site_.thermal_limits.size(), -1e9);
  minutes_over_limit_ = counted_by_year_ = 0;
  minutes_throttled_ = minutes_down_ = power_cuts_ = 0;
  stores_c_.clear();
}

void OutageWatch::after(const run::YearLoop& loop, std::int64_t k) {
  const std::int64_t utc_s = site_.start_utc_s + k * site_.step_s;
  if (loop.throttle_frac() < 1.0) minutes_throttled_ += static_cast<double>(site_.step_s) / 60.0;
  supply(loop.supply());
  over_ = {};
  temperatures(loop.so_far(), utc_s);
  for (std::size_t m = 0; m < over_.size(); ++m)
    if (over_[m]) minutes_over_[m] += static_cast<double>(site_.step_s) / 60.0;
  const double counted = loop.so_far().minutes_over_limit - counted_by_year_;
  const bool any = std::find(over_.begin(), over_.end(), true) != over_.end();
  minutes_over_limit_ += counted > 0 ? counted : any ? static_cast<double>(site_.step_s) / 60.0 : 0.0;
  counted_by_year_ = loop.so_far().minutes_over_limit;
  if (!dumps_.empty()) dump(k, utc_s);
  for (const Store& store : stores_)
    stores_c_.push_back(static_cast<float>(site_.plant.stored_j(store.component) / store.heat_capacity_j_k));
  for (const run::CoolantLimit& limit : site_.coolant_limits)
    stores_c_.push_back(static_cast<float>(site_.plant.branch_out_c(limit.component, 0)));
}

// Hosts that go off in order have stopped their work for as long as that takes; all others lose their power.
void OutageWatch::supply(const compute::Supply::Word& word) {
  using Phase = compute::SupplyPhase;
  if (site_.scenario.compute.hosts.entries.empty()) return;
  const double step_s = static_cast<double>(site_.step_s);
  if ((word.phase != Phase::fed && word.phase != Phase::on_battery) || word.classes_shed > 0) minutes_down_ += step_s / 60.0;
  if (word.phase == Phase::off && hosts_on_ && shutting_down_s_ < site_.scenario.power.failure.shut_down_s) ++power_cuts_;
  hosts_on_ = word.phase != Phase::off;
  shutting_down_s_ = word.phase == Phase::shutting_down ? shutting_down_s_ + step_s : 0.0;
}

// As they stand at the end of the step, and the highest within it where the year has not been as warm before: steps are cut while a
// protection acts.
void OutageWatch::temperatures(const run::YearResult& year, std::int64_t utc_s) {
  for (std::size_t k = 0; k < site_.coolant_limits.size(); ++k) {
    const run::CoolantLimit& limit = site_.coolant_limits[k];
    const bool highest = year.coolant_worst == static_cast<int>(k) && year.coolant_worst_c > highest_coolant_c_;
    hold(Medium::coolant, limit.name,
         {.t_c = highest ? year.coolant_worst_c : run::coolant_c(site_.plant, limit, static_cast<double>(site_.step_s)),
          .limit_c = limit.limit_c,
          .nominal_c = limit.set_point_c,
          .utc_s = utc_s});
  }
  highest_coolant_c_ = std::max(highest_coolant_c_, year.coolant_worst_c);
  for (std::size_t k = 0; k < site_.thermal_limits.size(); ++k) {
    const run::ThermalLimit& limit = site_.thermal_limits[k];
    Tightest now{.limit_c = limit.limit_c, .nominal_c = nominal_c_[k], .utc_s = utc_s};
    site_.plant.read_channel(limit.channel, {&now.t_c, 1});
    if (year.thermal_worst_c[k] > highest_c_[k]) now.t_c = highest_c_[k] = year.thermal_worst_c[k];
    hold(limit.of_junction ? Medium::junction : Medium::air, limit.name, now);
  }
}

void OutageWatch::hold(Medium medium, const std::string& name, const Tightest& now) {
  over_[static_cast<std::size_t>(medium)] |= now.t_c > now.limit_c;
  Tightest& before = worst_.of[static_cast<std::size_t>(medium)];
  if (now.left_frac() >= before.left_frac()) return;  // not so while there is none yet
  before = now, before.name = name;
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
