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

}  // namespace

std::vector<double> shift_costs(const Site& site) {
  const compute::ComputeSpec& spec = site.scenario.compute;
  std::vector<double> costs;
  if (!spec.scheduler.shift) return costs;
  const compute::ShiftSpec& shift = *spec.scheduler.shift;
  const double it_w = largest_it_w(spec);
  if (shift.heat_value_money_j > 0 &&
      std::none_of(site.users.begin(), site.users.end(), [](const HeatUser& user) { return user.law.has_value(); }))
    throw UserError(
        "compute.scheduler.shift.heat_value: error: no heat user's need is known beforehand (a user that is a component tells "
        "it only after each step); add a heat user with a demand, or remove the key");
  const std::int64_t begin_s = site.start_utc_s - site.warm_up_steps * site.step_s,
                     end_s = site.start_utc_s + site.steps * site.step_s;
  for (std::int64_t from_s = begin_s; from_s < end_s; from_s += 3600) {
    const std::int64_t to_s = std::min(end_s, from_s + 3600);
    double cost = 0;
    if (shift.price_money_j.given()) cost += site.mean_of(shift.price_money_j, from_s, to_s);
    if (shift.carbon_kgco2e_j.given())
      cost += shift.carbon_price_money_kgco2e * site.mean_of(shift.carbon_kgco2e_j, from_s, to_s);
    if (shift.heat_value_money_j > 0 && it_w > 0) cost -= shift.heat_value_money_j * std::min(1.0, wanted_w(site, from_s) / it_w);
    costs.push_back(cost);
  }
  return costs;
}

}  // namespace hypocaust::run
