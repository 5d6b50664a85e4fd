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

// The most that all hosts draw: at full load, or what the cap leaves. NaN while a server is incomplete or the cap is a series.
double most_w(const compute::ComputeSpec& spec) {
  double sum_w = 0;
  for (const auto& [name, group] : spec.hosts.entries) sum_w += static_cast<double>(group.count) * group.server.peak_power_w;
  const Varying& cap = spec.scheduler.power_cap_w;
  return !cap.given() || sum_w <= cap.largest() ? sum_w : cap.largest();
}

// Above its nominal power a part runs hot and its losses are extrapolated; far above no such part is built.
void check_load(const std::string& key, const std::string& what, double load_w, double nominal_w, std::vector<Found>& found) {
  constexpr double far_frac = 1.5;
  if (!(load_w > nominal_w)) return;
  const bool far = load_w > far_frac * nominal_w;
  found.push_back(
      {!far, key,
       fmt::format("is below what {} when every host works ({:.1f} kW{}); raise it, take hosts away, or write "
                   "compute.scheduler.power_cap",
                   what, load_w / 1e3, far ? ": more than half above it, it would trip" : "; its loss is extrapolated")});
}

void check_ratings(const Scenario& scenario, std::vector<Found>& found) {
  const compute::PowerSpec& power = scenario.power;
  const double it_w = most_w(scenario.compute);
  if (!std::isfinite(it_w)) return;
  const double behind_w = it_w + compute::ups_loss_w(power, it_w);
  if (power.ups) check_load("power.ups.nominal_power", "it feeds", it_w, power.ups->nominal_power_w, found);
  if (power.transformer) {
    double loads_w = 0;
    for (const auto& load : power.loads.entries) loads_w += load.value.largest() > 0 ? load.value.largest() : 0.0;
    check_load("power.transformer.nominal_power", "hosts, UPS and named loads draw", behind_w + loads_w,
               power.transformer->nominal_power_w, found);
  }
  if (power.ups && power.ups->battery && behind_w > power.ups->battery->power_w)
    found.push_back({true, "power.ups.battery.power",
                     fmt::format("is below what hosts and UPS draw when every host works ({:.1f} kW: in an outage it would trip "
                                 "then); raise it, or write compute.scheduler.power_cap",
                                 behind_w / 1e3)});
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
  if (unread("power") || unread("compute.hosts") || unread("compute.scheduler") || unread("faults")) return;
  const compute::PowerSpec& power = scenario.power;
  const double least_w = idle_w(scenario.compute);
  check_ratings(scenario, found);
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
