// What the power chain and the hosts must agree on.
#include <cmath>

#include <fmt/format.h>

#include "models/compute/power_chain.hpp"
#include "models/control/fault.hpp"
#include "sim/config/site_rules.hpp"

namespace hypocaust::config {
namespace {

// All hosts without work; NaN while a server is incomplete.
double idle_w(const compute::ComputeSpec& spec) {
  double sum_w = 0;
  for (const auto& [name, group] : spec.hosts.entries) sum_w += static_cast<double>(group.count) * group.server.idle_power_w;
  return sum_w;
}

bool fails(const Scenario& scenario) {
  for (const auto& entry : scenario.faults.entries)
    if (control::of_supply(entry.value.kind)) return true;
  return false;
}

}  // namespace

std::string supply_problem(const Scenario& scenario) {
  const double least_w = idle_w(scenario.compute);
  if (!(scenario.power.supply_limit_w < least_w)) return {};
  return fmt::format(
      "is below what all hosts draw without work ({:.1f} kW: after a failure they could never all be switched on); "
      "raise it, or take hosts away",
      least_w / 1e3);
}

void check_power(const Scenario& scenario, const Unread& unread, std::vector<Found>& found) {
  if (unread("power") || unread("compute.hosts") || unread("faults")) return;
  const compute::PowerSpec& power = scenario.power;
  const double least_w = idle_w(scenario.compute);
  if (!fails(scenario)) return;
  if (const std::string problem = supply_problem(scenario); !problem.empty())
    found.push_back({false, "power.supply_limit", problem});
  if (!power.ups || !power.ups->battery || unread("power.ups") || unread("power.ups.battery")) return;
  const compute::BatterySpec& battery = *power.ups->battery;
  const double wanted_j =
      (least_w + compute::ups_loss_w(power, std::isfinite(least_w) ? least_w : 0.0)) * power.failure.shut_down_s;
  if (battery.reserve_frac * battery.capacity_j < wanted_j)
    found.push_back(
        {true, "power.ups.battery.reserve",
         fmt::format(
             "holds {:.2f} kWh, and idle hosts take {:.2f} kWh while they shut down (they may lose power before); raise it, the "
             "capacity, or shorten power.failure.shut_down",
             battery.reserve_frac * battery.capacity_j / 3.6e6, wanted_j / 3.6e6)});
}

}  // namespace hypocaust::config
