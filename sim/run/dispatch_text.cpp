#include "sim/run/dispatch_text.hpp"

#include <fmt/format.h>

namespace hypocaust::run {
namespace {

constexpr double j_per_kwh = 3.6e6;

std::string unwritten_order(const compute::SchedulerSpec& scheduler) {
  std::string text = "service_level";
  if (scheduler.power_cap_w.given()) text += ", power_cap";
  if (scheduler.demand_response) text += ", demand_response";
  if (!scheduler.shift) return text;
  const compute::ShiftSpec& shift = *scheduler.shift;
  std::string weighed;
  for (const auto& [given, name] : {std::pair{shift.price_money_j.given(), "price"},
                                    {shift.carbon_kgco2e_j.given(), "carbon"},
                                    {shift.heat_value_money_j > 0, "heat demand"}})
    if (given) weighed += (weighed.empty() ? "" : " + ") + std::string(name);
  return text + ", then " + weighed + " in money";
}

}  // namespace

std::string dispatch_text(const Scenario& scenario, std::span<const UserFigures> users) {
  const compute::SchedulerSpec& scheduler = scenario.compute.scheduler;
  if (!scheduler.shift && !scheduler.power_cap_w.given() && !scheduler.demand_response) return {};
  std::string text;
  for (const compute::Aim aim : scheduler.order)
    text += (text.empty() ? "" : ", ") + std::string(compute::names(aim)[static_cast<std::size_t>(aim)]);
  if (text.empty()) text = unwritten_order(scheduler);
  if (!scheduler.shift || !(scheduler.shift->heat_value_money_j > 0)) return text;
  double missing_j = 0;
  for (const UserFigures& user : users) missing_j += user.backup_j + user.unmet_j;
  const double cost_money_j = scheduler.shift->heat_value_money_j;
  return text + fmt::format("; heat shortfall (backup and unmet) {:.3f} MWh, at the stated {:g} {}/kWh {:.0f} {}",
                            missing_j / (1000.0 * j_per_kwh), cost_money_j * j_per_kwh, scenario.currency,
                            cost_money_j * missing_j, scenario.currency);
}

}  // namespace hypocaust::run
