#include "sim/cli/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "models/meter/figures.hpp"

namespace hypocaust::cli {
namespace {

constexpr double j_per_mwh = 3.6e9;

double energy(const run::RunResult& r, const meter::EnergyFigure& figure) {
  const bool unmetered = figure.name == "recovered" && !r.energies.recovered_metered;
  return unmetered ? std::numeric_limits<double>::quiet_NaN() : r.energies.*figure.member;
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

void energy_table(std::string& out, const run::RunResult& r) {
  out += "\nEnergy, MWh\n";
  for (const meter::EnergyFigure& figure : meter::energy_figures()) {
    const double value_j = energy(r, figure);
    if (value_j == 0.0) continue;
    out += std::isfinite(value_j) ? fmt::format("  {:<18}{:>12.3f}  {}\n", figure.name, value_j / j_per_mwh, figure.doc)
                                  : fmt::format("  {:<18}{:>12}  {} (no meter counts it)\n", figure.name, "-", figure.doc);
  }
  const meter::Energies& e = r.energies;
  const double in_j = e.it_j + e.ups_loss_j + e.transformer_loss_j + e.battery_loss_j + e.auxiliary_j + e.pump_j + e.fan_j +
                      e.heat_pump_j + e.room_cooling_j + e.plant_backup_j + e.ambient_gain_j + e.supplied_j;
  const double out_j = e.consumed_j + e.rejected_j + e.lost_j + e.drawn_j + e.stored_j;
  out += fmt::format(
      "  in  = it + ups_loss + transformer_loss + battery_loss + auxiliary + pump + fan + heat_pump + room_cooling + backup in "
      "the plant + ambient_gain + "
      "supplied = {:.3f}\n"
      "  out = consumed + rejected + lost + drawn + stored = {:.3f}; in - out = {:.1e} of the sum\n",
      in_j / j_per_mwh, out_j / j_per_mwh,
      e.residual_j() / std::max(in_j, static_cast<double>(r.steps * r.step_s)));  // floor: 1 W
}

void kpi_table(std::string& out, const run::RunResult& r) {
  const auto applies = [&](const meter::KpiFigure& figure) { return std::isfinite(figure.value(r.kpis)); };
  if (std::none_of(meter::kpi_figures().begin(), meter::kpi_figures().end(), applies)) return;
  out += "\nKey figures\n";
  for (const meter::KpiFigure& figure : meter::kpi_figures()) {
    const double value = figure.value(r.kpis);
    if (figure.name.ends_with("_heat_pump_inside") && r.energies.heat_pump_outside_j == 0.0) continue;  // the same without one
    out += std::isfinite(value) ? fmt::format("  {:<24}{:>7.4f}  {}\n", figure.name, value, figure.doc)
                                : fmt::format("  {:<24}{:>7}  {} (does not apply)\n", figure.name, "-", figure.doc);
  }
}

void user_table(std::string& out, const run::RunResult& r) {
  if (r.users.empty()) return;
  out += fmt::format("\nHeat users, MWh {:>14}{:>11}{:>11}{:>11}   min unmet   min below comfort\n", "demand", "consumed",
                     "backup", "unmet");
  for (const run::UserFigures& u : r.users) {
    out += fmt::format("  {:<17}{:>11.3f}{:>11.3f}{:>11.3f}{:>11.3f}{:>12.0f}", u.name, u.demand_j / j_per_mwh,
                       u.consumed_j / j_per_mwh, u.backup_j / j_per_mwh, u.unmet_j / j_per_mwh, u.minutes_unmet);
    out += std::isfinite(u.minutes_short) ? fmt::format("{:>20.0f}\n", u.minutes_short) : fmt::format("{:>20}\n", "-");
  }
}

void consumer_table(std::string& out, const run::RunResult& r) {
  if (r.consumers.empty()) return;
  out += "\nPrescribed consumers, MWh\n";
  for (const run::ConsumerFigure& c : r.consumers)
    out += fmt::format("  {:<18}{:>12.3f}  requested, {:.3f} taken{}\n", c.name, c.requested_j / j_per_mwh, c.taken_j / j_per_mwh,
                       c.short_j > 1e-6 * std::abs(c.requested_j) ? fmt::format(", {:.3f} short", c.short_j / j_per_mwh) : "");
}

}  // namespace

std::string summary_text(const run::RunResult& r) {
  std::string out = fmt::format("{}: {} steps of {} s\n", r.scenario, r.steps, r.step_s);
  energy_table(out, r);
  consumer_table(out, r);
  kpi_table(out, r);
  user_table(out, r);
  out += "\nOperation\n";
  if (!r.coolant_worst_name.empty())
    out += fmt::format("  worst coolant temperature {:.1f} degC at {} (limit {:.1f} degC)\n", r.coolant_worst_c,
                       r.coolant_worst_name, r.coolant_limit_c);
  for (const auto& [what, t] : {std::pair{"warmest air drawn by servers", &r.air}, std::pair{"hottest junction", &r.junction}})
    if (!t->name.empty())
      out += fmt::format("  {} {:.1f} degC at {} (limit {:.1f} degC)\n", what, t->worst_c, t->name, t->limit_c);
  if (!r.coolant_worst_name.empty() || !r.air.name.empty() || !r.junction.name.empty())
    out += fmt::format("  coolant, air or a junction above its limit {:.0f} min\n", r.minutes_over_limit);
  if (r.energies.demand_j > 0) out += fmt::format("  heat users short of heat, backup included, {:.0f} min\n", r.minutes_unmet);
  if (r.jobs.jobs_read > 0)
    out += fmt::format("  jobs started {}, finished {}, mean wait {:.0f} s, utilisation {:.1f} %\n", r.jobs.jobs_started,
                       r.jobs.jobs_finished, r.jobs.wait_mean_s, 100.0 * r.jobs.utilisation_frac);
  if (!r.dispatch.empty()) out += "  scheduler: " + r.dispatch + "\n";
  if (r.jobs.jobs_shifted > 0)
    out += fmt::format("  jobs shifted {}, of those that may wait {} started after their longest delay\n", r.jobs.jobs_shifted,
                       r.jobs.jobs_overdue);
  if (r.jobs.jobs_stopped > 0)
    out += fmt::format("  jobs stopped {} times (for one of higher priority {}, with their work lost {}), moved off site {}\n",
                       r.jobs.jobs_stopped, r.jobs.jobs_preempted, r.jobs.jobs_lost, r.jobs.jobs_moved);
  if (r.jobs.over_cap_s > 0)
    out += fmt::format("  power cap below what work that is left alone may draw, for {:.1f} h\n", r.jobs.over_cap_s / 3600.0);
  if (r.jobs.jobs_late > 0) out += fmt::format("  jobs past their deadline {}\n", r.jobs.jobs_late);
  out += fmt::format("  balance: worst step {:.1e}, whole run {:.1e} of throughput; {:.2f} hydraulic iterations a step\n",
                     r.worst_step_frac, r.year_frac, r.mean_hydraulic_iterations);
  if (r.events > 0) out += fmt::format("  events {}: group `events` of the run file tells when, where and what\n", r.events);
  if (r.energies.it_j > 0) out += fmt::format("  compute side: cache {}, {} loop; ", r.cache, r.coupling);
  else out += "  ";
  out +=
      fmt::format("CPU s: {:.2f} (compute {:.2f}, plant {:.2f}, demand {:.2f}, output {:.2f}); memory {:.0f} MB\n", r.cpu.total_s,
                  r.cpu.compute_s, r.cpu.plant_s, r.cpu.demand_s, r.cpu.output_s, static_cast<double>(r.peak_bytes) / 1e6);
  for (const std::string& note : r.notes) out += "  note: " + note + "\n";
  return out + "\n" + r.file + "\n";
}

std::string summary_json(const run::RunResult& r) {
  nlohmann::ordered_json j;
  j["scenario"] = r.scenario;
  j["steps"] = r.steps;
  j["step_s"] = r.step_s;
  j["file"] = r.file;
  j["cache"] = r.cache;
  j["coupling"] = r.coupling;
  if (!r.dispatch.empty()) j["scheduler"] = r.dispatch;
  for (const meter::EnergyFigure& figure : meter::energy_figures())
    j["energy_j"][std::string(figure.name)] = number(energy(r, figure));
  for (const meter::KpiFigure& figure : meter::kpi_figures()) j["kpi"][std::string(figure.name)] = number(figure.value(r.kpis));
  j["heat_users"] = nlohmann::ordered_json::object();
  for (const run::UserFigures& user : r.users)
    for (const run::UserFigure& figure : run::user_figures)
      j["heat_users"][user.name][std::string(figure.name) + (figure.unit == "J" ? "_j" : "")] = number(user.*figure.member);
  for (const run::ConsumerFigure& c : r.consumers)
    j["consumers"][c.name] = {{"requested_j", c.requested_j}, {"taken_j", c.taken_j}, {"short_j", c.short_j}};
  j["operation"] = {
      {"coolant_worst_c", r.coolant_worst_name.empty() ? nlohmann::ordered_json(nullptr) : number(r.coolant_worst_c)},
      {"coolant_limit_c", r.coolant_worst_name.empty() ? nlohmann::ordered_json(nullptr) : number(r.coolant_limit_c)},
      {"air_worst_c", r.air.name.empty() ? nlohmann::ordered_json(nullptr) : number(r.air.worst_c)},
      {"air_limit_c", r.air.name.empty() ? nlohmann::ordered_json(nullptr) : number(r.air.limit_c)},
      {"junction_worst_c", r.junction.name.empty() ? nlohmann::ordered_json(nullptr) : number(r.junction.worst_c)},
      {"junction_limit_c", r.junction.name.empty() ? nlohmann::ordered_json(nullptr) : number(r.junction.limit_c)},
      {"minutes_over_limit", r.minutes_over_limit},
      {"minutes_unmet", r.minutes_unmet},
      {"mean_hydraulic_iterations", r.mean_hydraulic_iterations},
      {"fallback_steps", r.fallback_steps},
      {"events", r.events}};
  j["jobs"] = {{"read", r.jobs.jobs_read},
               {"valid", r.jobs.jobs_valid},
               {"zero_time", r.jobs.jobs_zero_time},
               {"zero_processors", r.jobs.jobs_zero_processors},
               {"too_large", r.jobs.jobs_too_large},
               {"started", r.jobs.jobs_started},
               {"finished", r.jobs.jobs_finished},
               {"late", r.jobs.jobs_late},
               {"shifted", r.jobs.jobs_shifted},
               {"overdue", r.jobs.jobs_overdue},
               {"stopped", r.jobs.jobs_stopped},
               {"preempted", r.jobs.jobs_preempted},
               {"lost", r.jobs.jobs_lost},
               {"moved", r.jobs.jobs_moved},
               {"over_cap_s", r.jobs.over_cap_s},
               {"wait_mean_s", r.jobs.wait_mean_s},
               {"wait_max_s", r.jobs.wait_max_s},
               {"utilisation_frac", r.jobs.utilisation_frac},
               {"core_s", r.jobs.core_s}};
  j["balance"] = {{"worst_step_frac", r.worst_step_frac}, {"year_frac", r.year_frac}};
  j["cpu_s"] = {{"compute", r.cpu.compute_s},
                {"plant", r.cpu.plant_s},
                {"demand", r.cpu.demand_s},
                {"output", r.cpu.output_s},
                {"total", r.cpu.total_s}};
  j["peak_bytes"] = r.peak_bytes;
  j["notes"] = r.notes;
  return j.dump(2) + "\n";
}

std::string summary_csv(const run::RunResult& r) {
  std::string out = "name,value,unit\n";
  for (const meter::EnergyFigure& figure : meter::energy_figures()) {
    const double value_j = energy(r, figure);
    out += std::isfinite(value_j) ? fmt::format("{},{:.17g},J\n", figure.name, value_j) : fmt::format("{},,J\n", figure.name);
  }
  for (const meter::KpiFigure& figure : meter::kpi_figures()) {
    const double value = figure.value(r.kpis);
    out += std::isfinite(value) ? fmt::format("{},{:.17g},1\n", figure.name, value) : fmt::format("{},,1\n", figure.name);
  }
  for (const run::UserFigures& user : r.users)
    for (const run::UserFigure& figure : run::user_figures) {
      const double value = user.*figure.member;
      out += fmt::format("heat_users.{}.{},{},{}\n", user.name, figure.name,
                         std::isfinite(value) ? fmt::format("{:.17g}", value) : "", figure.unit);
    }
  return out;
}

}  // namespace hypocaust::cli
