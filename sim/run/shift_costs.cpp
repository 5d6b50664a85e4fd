#include "sim/run/shift_costs.hpp"

#include <algorithm>

#include "models/core/errors.hpp"

namespace hypocaust::run {
namespace {

double largest_it_w(const compute::ComputeSpec& spec) {
  double sum_w = 0;
  for (const auto& entry : spec.hosts.entries) sum_w += static_cast<double>(entry.value.count) * entry.value.server.peak_power_w;
  return sum_w;
}

// Mean of what all heat users want over the hour, asked at its quarters.
double wanted_w(const Site& site, std::int64_t from_s) {
  constexpr std::int64_t quarter_s = 900;
  double sum_w = 0;
  for (std::int64_t at_s = from_s; at_s < from_s + 3600; at_s += quarter_s) {
    const demand::DemandConditions now = site.conditions(site.weather.mean(at_s, at_s + quarter_s), at_s);
    for (const HeatUser& user : site.users)
      if (user.law) sum_w += site.wanted(user, now, at_s).power_w / 4.0;
  }
  return sum_w;
}

// What an hour costs by one aim: money for a joule, or what cap and signal leave.
double cost_of(const Site& site, compute::Aim aim, std::int64_t from_s, std::int64_t to_s) {
  const compute::SchedulerSpec& scheduler = site.scenario.compute.scheduler;
  const compute::ShiftSpec& shift = *scheduler.shift;
  const double it_w = largest_it_w(site.scenario.compute);
  switch (aim) {
    case compute::Aim::power_cap:
      return -std::min(it_w, site.mean_of(scheduler.power_cap_w, from_s, to_s));
    case compute::Aim::demand_response:
      return -site.mean_of(scheduler.demand_response->level_frac, from_s, to_s);
    case compute::Aim::price_shift:
      return site.mean_of(shift.price_money_j, from_s, to_s);
    case compute::Aim::carbon_shift:
      return shift.carbon_price_money_kgco2e * site.mean_of(shift.carbon_kgco2e_j, from_s, to_s);
    case compute::Aim::heat_demand_shift:
      return it_w > 0 ? -shift.heat_value_money_j * std::min(1.0, wanted_w(site, from_s) / it_w) : 0.0;
    case compute::Aim::service_level:
    case compute::Aim::thermal_limit:
      break;
  }
  return 0.0;
}

void check_needs(const Site& site, const compute::ShiftSpec& shift) {
  if (shift.heat_value_money_j > 0 &&
      std::none_of(site.users.begin(), site.users.end(), [](const HeatUser& user) { return user.law.has_value(); }))
    throw UserError(
        "compute.scheduler.shift.heat_value: error: no heat user's need is known beforehand (a user that is a component tells "
        "it only after each step); add a heat user with a demand, or remove the key");
}

template <class Cost> std::vector<double> of_each_hour(const Site& site, const Cost& cost) {
  const std::int64_t begin_s = site.start_utc_s - site.warm_up_steps * site.step_s,
                     end_s = site.start_utc_s + site.steps * site.step_s;
  std::vector<double> costs;
  for (std::int64_t from_s = begin_s; from_s < end_s; from_s += 3600)
    costs.push_back(cost(from_s, std::min(end_s, from_s + 3600)));
  return costs;
}

}  // namespace

std::vector<double> shift_costs(const Site& site) {
  const compute::SchedulerSpec& scheduler = site.scenario.compute.scheduler;
  if (!scheduler.shift || !scheduler.order.empty()) return {};
  const compute::ShiftSpec& shift = *scheduler.shift;
  check_needs(site, shift);
  return of_each_hour(site, [&](std::int64_t from_s, std::int64_t to_s) {
    double cost = 0;
    if (shift.price_money_j.given()) cost += cost_of(site, compute::Aim::price_shift, from_s, to_s);
    if (shift.carbon_kgco2e_j.given()) cost += cost_of(site, compute::Aim::carbon_shift, from_s, to_s);
    if (shift.heat_value_money_j > 0) cost += cost_of(site, compute::Aim::heat_demand_shift, from_s, to_s);
    return cost;
  });
}

std::vector<std::vector<double>> order_costs(const Site& site) {
  const compute::SchedulerSpec& scheduler = site.scenario.compute.scheduler;
  std::vector<std::vector<double>> all;
  if (!scheduler.shift || scheduler.order.empty()) return all;
  check_needs(site, *scheduler.shift);
  for (std::size_t k = 1; k < scheduler.order.size(); ++k) {
    const compute::Aim aim = scheduler.order[k];
    if (aim == compute::Aim::thermal_limit) all.emplace_back();  // the plant tells it as it comes
    else
      all.push_back(of_each_hour(site, [&](std::int64_t from_s, std::int64_t to_s) { return cost_of(site, aim, from_s, to_s); }));
  }
  return all;
}

}  // namespace hypocaust::run
