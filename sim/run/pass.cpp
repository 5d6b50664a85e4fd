#include "sim/run/pass.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "sim/base/resources.hpp"
#include "sim/run/dispatch_text.hpp"
#include "sim/run/shift_costs.hpp"

namespace hypocaust::run {

namespace {

compute::ComputeInputs without_costs(const Scenario& s) {
  const auto step_s = static_cast<std::int64_t>(s.clock.step_s);
  const auto warm_up = static_cast<std::int64_t>(s.clock.warm_up_s) / step_s,
             steps = static_cast<std::int64_t>(s.clock.duration_s) / step_s;
  return {.spec = s.compute,
          .start_utc_s = s.clock.start.utc_s,
          .step_s = step_s,
          .warm_up_steps = warm_up,
          .steps = warm_up + steps,
          .seed = static_cast<std::uint64_t>(s.clock.seed),
          .time_zone = s.site.time_zone};
}

// The means of a value over the steps of the run, where they change.
template <class Change> std::vector<Change> changes(const Site& site, const Varying& varying, double Change::*value) {
  std::vector<Change> list;
  for (std::int64_t k = -site.warm_up_steps; k < site.steps; ++k) {
    const std::int64_t from_s = site.start_utc_s + k * site.step_s;
    const double mean = site.mean_of(varying, from_s, from_s + site.step_s);
    if (list.empty() || list.back().*value != mean) list.push_back({(k + site.warm_up_steps) * site.step_s, mean});
  }
  return list;
}

}  // namespace

compute::ComputeInputs compute_inputs(const Site& site) {
  compute::ComputeInputs inputs = without_costs(site.scenario);
  const compute::SchedulerSpec& scheduler = site.scenario.compute.scheduler;
  inputs.shift_cost = shift_costs(site), inputs.order_costs = order_costs(site);
  if (scheduler.power_cap_w.given()) inputs.cap = changes(site, scheduler.power_cap_w, &compute::PowerChange::power_w);
  if (scheduler.demand_response)
    inputs.response = changes(site, scheduler.demand_response->level_frac, &compute::LevelChange::level_frac);
  return inputs;
}

compute::ComputeInputs compute_inputs(const config::Loaded& loaded) {
  const compute::SchedulerSpec& scheduler = loaded.scenario.compute.scheduler;
  if (!scheduler.shift && !scheduler.power_cap_w.given() && !scheduler.demand_response) return without_costs(loaded.scenario);
  std::vector<std::string> racks;
  for (const auto& entry : loaded.scenario.compute.hosts.entries) racks.push_back(entry.name);
  return compute_inputs(Site(loaded, racks));
}

Pass pass_over_year(Site& site, compute::ComputeSide& side, YearRecord& record, const PassOptions& options) {
  const double before_s = base::cpu_seconds();
  YearLoop loop(site, side, &record, options.feedback_allowed);
  Pass pass;
  pass.year = loop.run(options.row, options.each_hour);
  pass.totals = side.totals();
  const double spent_s = base::cpu_seconds() - before_s;
  const StageClock& stages = loop.stages();
  pass.cpu = {.total_s = spent_s,
              .compute_s = spent_s * stages.share(Stage::compute),
              .plant_s = spent_s * stages.share(Stage::plant),
              .demand_s = spent_s * stages.share(Stage::demand),
              .output_s = spent_s * stages.share(Stage::output)};
  return pass;
}

void tell(RunResult& r, const Site& site, const Pass& pass) {
  const YearResult& year = pass.year;
  r.start_utc_s = site.start_utc_s, r.steps = site.steps, r.step_s = site.step_s;
  r.energies = year.energies, r.kpis = meter::kpis(year.energies), r.jobs = pass.totals, r.users = year.users;
  r.dispatch = dispatch_text(site.scenario, year.users);
  r.worst_step_frac = year.worst_step_frac, r.year_frac = year.year_frac;
  if (year.coolant_worst >= 0) {
    const CoolantLimit& limit = site.coolant_limits[static_cast<std::size_t>(year.coolant_worst)];
    r.coolant_worst_c = year.coolant_worst_c, r.coolant_limit_c = limit.limit_c, r.coolant_worst_name = limit.name;
  }
  for (std::size_t k = 0; k < site.thermal_limits.size(); ++k) {
    const ThermalLimit& limit = site.thermal_limits[k];
    WorstTemperature& told = limit.of_junction ? r.junction : r.air;
    const WorstTemperature found{limit.name, year.thermal_worst_c[k], limit.limit_c};
    if (told.name.empty() || found.worst_c - found.limit_c > told.worst_c - told.limit_c) told = found;
  }
  r.minutes_over_limit = year.minutes_over_limit, r.minutes_unmet = year.minutes_unmet;
  r.mean_hydraulic_iterations = year.mean_hydraulic_iterations, r.fallback_steps = year.fallback_steps;
  r.events = std::count_if(year.events.begin(), year.events.end(), [](const Event& event) { return event.time_s >= 0; });
  for (const ConsumerYear& c : year.consumers) r.consumers.push_back({c.name, c.requested_j, c.taken_j, c.short_j});
  for (const std::string& note : site.weather.notes()) r.notes.push_back(note);
  r.notes.insert(r.notes.end(), year.fluid_notes.begin(), year.fluid_notes.end());
  if (year.coolant_worst >= 0 && year.coolant_worst_c > 100.0)
    r.notes.push_back(fmt::format(
        "coolant at {} reached {:.0f} degC: it would have boiled, and the figures after that are no guide; give the loop more "
        "flow or a way to dump heat",
        r.coolant_worst_name, r.coolant_worst_c));
  const double limit_w = site.scenario.power.supply_limit_w;
  if (year.largest_supply_w > limit_w)
    r.notes.push_back(fmt::format("power drawn reached {:.1f} kW, above power.supply_limit of {:.1f} kW",
                                  year.largest_supply_w / 1e3, limit_w / 1e3));
  // The books must close as the plant does: the identity printed with the energies.
  const double floor_j = static_cast<double>(site.steps * site.step_s);  // 1 W, as in every step: a network may stand
  const double residual = std::fabs(year.energies.residual_j()) / std::max(year.energies.throughput_j(), floor_j);
  if (residual > 1e-6 || year.year_frac > 1e-6)
    throw PhysicsError(fmt::format("the energies of the run do not close: {:.1e} of throughput (limit 1e-6)",
                                   std::max(residual, year.year_frac)));
}

}  // namespace hypocaust::run
