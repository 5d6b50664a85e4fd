#include "sim/run/result_tables.hpp"

#include <fmt/format.h>

#include <limits>

#include "models/meter/figures.hpp"
#include "sim/base/utc_text.hpp"
#include "sim/output/format.hpp"
#include "sim/output/version.hpp"

namespace hypocaust::run {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double energy(const meter::Energies& e, const meter::EnergyFigure& figure) {
  return figure.name == "recovered" && !e.recovered_metered ? none : e.*figure.member;
}

output::TableColumn scalar(std::string_view name, std::string_view unit, std::string_view long_name, double value) {
  return {std::string(name), std::string(unit), std::string(long_name), std::vector<double>{value}};
}

output::Table energy_table(const meter::Energies& e) {
  output::Table table{.group = "energy"};
  for (const meter::EnergyFigure& figure : meter::energy_figures())
    table.columns.push_back(scalar(figure.name, "J", figure.doc, energy(e, figure)));
  return table;
}

output::Table kpi_table(const RunResult& r) {
  output::Table table{.group = "kpi"};
  for (const meter::KpiFigure& figure : meter::kpi_figures())
    table.columns.push_back(scalar(figure.name, "1", figure.doc, figure.value(r.kpis)));
  const bool cooled = !r.coolant_worst_name.empty();
  table.columns.push_back(
      scalar("coolant_worst", "degC", "highest coolant temperature leaving plates or bath", cooled ? r.coolant_worst_c : none));
  table.columns.push_back(scalar("air_worst", "degC", "warmest air drawn by servers, nearest to its limit",
                                 r.air.name.empty() ? none : r.air.worst_c));
  table.columns.push_back(scalar("junction_worst", "degC", "hottest junction, nearest to its limit",
                                 r.junction.name.empty() ? none : r.junction.worst_c));
  table.columns.push_back(
      scalar("minutes_over_limit", "min", "time with coolant, air or a junction above its limit", r.minutes_over_limit));
  table.columns.push_back(scalar("minutes_unmet", "min", "time with any heat user short of heat", r.minutes_unmet));
  table.columns.push_back(
      scalar("worst_step_imbalance_frac", "1", "largest imbalance of a step over its throughput", r.worst_step_frac));
  table.columns.push_back(scalar("year_imbalance_frac", "1", "imbalance of the run over its throughput", r.year_frac));
  return table;
}

output::Table job_table(const compute::ComputeTotals& t) {
  output::Table table{.group = "jobs"};
  const auto count = [&](std::string_view name, std::string_view doc, std::int64_t value) {
    table.columns.push_back({std::string(name), "1", std::string(doc), std::vector<std::int64_t>{value}});
  };
  count("read", "jobs in the log", t.jobs_read);
  count("valid", "jobs with run time and processors", t.jobs_valid);
  count("zero_time", "jobs without run time", t.jobs_zero_time);
  count("zero_processors", "jobs without processors", t.jobs_zero_processors);
  count("too_large", "jobs larger than the machine", t.jobs_too_large);
  count("started", "jobs started in the recorded time", t.jobs_started);
  count("finished", "jobs finished in the recorded time", t.jobs_finished);
  count("late", "jobs past their deadline: ended after it, or not ended when it came", t.jobs_late);
  count("shifted", "jobs held for a better hour", t.jobs_shifted);
  count("overdue", "jobs that may wait and started after their longest delay", t.jobs_overdue);
  count("stopped", "jobs stopped before their end, each time counted", t.jobs_stopped);
  count("preempted", "of those stopped: for a job of higher priority", t.jobs_preempted);
  count("lost", "of those stopped: what they had done is lost, they begin again", t.jobs_lost);
  count("moved", "jobs moved off site", t.jobs_moved);
  table.columns.push_back(
      scalar("over_cap", "s", "time in which work that is left alone could draw more than the power cap", t.over_cap_s));
  table.columns.push_back(scalar("wait_mean", "s", "mean wait of the jobs started", t.wait_mean_s));
  table.columns.push_back(scalar("wait_max", "s", "longest wait of the jobs started", t.wait_max_s));
  table.columns.push_back(scalar("utilisation_frac", "1", "busy over available core-seconds", t.utilisation_frac));
  return table;
}

output::Table user_table(const RunResult& result) {
  output::Table table{.group = "heat_user_totals", .dimension = "user"};
  std::vector<std::string> names;
  for (const UserFigures& user : result.users) names.push_back(user.name);
  table.columns.push_back({"name", "", "heat user", std::move(names)});
  for (const UserFigure& figure : user_figures) {
    std::vector<double> values;
    for (const UserFigures& user : result.users) values.push_back(user.*figure.member);
    table.columns.push_back({std::string(figure.name), std::string(figure.unit), std::string(figure.doc), std::move(values)});
  }
  return table;
}

// Decoded to dates by xarray, as /time is.
std::string since_start(const RunResult& result) { return "seconds since " + base::utc_text(result.start_utc_s); }

output::Table month_table(const RunResult& result, const YearResult& year) {
  output::Table table{.group = "energy_by_month", .dimension = "month"};
  table.columns.push_back({"month", since_start(result), "start of the month, UTC", year.month_start_s});
  for (const meter::EnergyFigure& figure : meter::energy_figures()) {
    std::vector<double> values;
    for (const meter::Energies& month : year.by_month) values.push_back(energy(month, figure));
    table.columns.push_back({std::string(figure.name), "J", std::string(figure.doc), std::move(values)});
  }
  return table;
}

output::Table event_table(const RunResult& result, const YearResult& year) {
  output::Table table{.group = "events", .dimension = "event"};
  std::vector<std::int64_t> time_s;
  std::vector<std::string> source, text;
  for (const Event& event : year.events) {
    if (event.time_s < 0) continue;
    time_s.push_back(event.time_s), source.push_back(event.source), text.push_back(event.text);
  }
  table.columns.push_back({"time", since_start(result), "when it happened, UTC", std::move(time_s)});
  table.columns.push_back({"source", "", "controller or component", std::move(source)});
  table.columns.push_back({"text", "", "what happened", std::move(text)});
  return table;
}

output::Table quarter_hour_table(const RunResult& result, QuarterHourTable& quarters) {
  output::Table table{.group = "quarter_hours", .dimension = "quarter_hour"};
  table.columns.push_back({"time", since_start(result), "start of the interval, UTC", std::move(quarters.start_s)});
  for (QuarterColumn& column : quarters.columns)
    table.columns.push_back({column.name, column.unit, column.doc, std::move(column.values)});
  return table;
}

}  // namespace

std::vector<output::Attribute> root_attributes(const Scenario& s) {
  return {{"Conventions", "CF-1.10"},
          {"title", s.title},
          {"source", fmt::format("hypocaust {}", output::version())},
          {"filetype", output::run_filetype},
          {"format_version", std::vector<std::int64_t>{output::format_version[0], output::format_version[1]}},
          {"hypocaust_version", output::version()},
          {"git_commit", output::git_commit()},
          {"seed", s.clock.seed},
          {"time_zone", s.site.time_zone},
          {"currency", s.currency}};
}

std::vector<output::Table> figure_tables(const RunResult& result) {
  return {energy_table(result.energies), kpi_table(result), job_table(result.jobs)};
}

void add_result_tables(output::RunFile& file, const RunResult& result, YearResult& year) {
  for (const output::Table& table : figure_tables(result)) file.add(table);
  if (!result.users.empty()) file.add(user_table(result));
  file.add(month_table(result, year));
  file.add(event_table(result, year));
  file.add(quarter_hour_table(result, year.quarter_hours));
}

}  // namespace hypocaust::run
