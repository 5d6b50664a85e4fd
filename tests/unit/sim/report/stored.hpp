// A run file as small as a report allows: daily intervals, one heat user, one meter.
#pragma once
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "models/meter/figures.hpp"
#include "sim/output/format.hpp"
#include "sim/output/run_file.hpp"

namespace hypocaust::test {

struct Folder {  // of a test, gone with it
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("hypocaust_report_" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
};

// `days` of 2025, each with heat_mwh of delivered heat at 50 degC, 4 MWh of IT and 1.2 of the site beyond it.
struct StoredDays {
  int days = 365;
  double heat_mwh = 500.0 / 365;
  double site_mwh = 5.2;                  // electricity a day
  double register_share = 1.0;            // of the truth
  double limit_share = 0.03;              // by which the register may be off
  double it_swing = 0, demand_swing = 0;  // one day more, one day less, as shares of the mean
};
inline std::string stored_run(const Folder& folder, const std::string& yaml, const StoredDays& what = {}) {
  constexpr double mwh = 3.6e9;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const std::string path = (folder.path / "run.h5").string();
  output::RunFile file({.path = path}, {{.group = "weather", .name = "outdoor_temperature", .unit = "degC", .long_name = "air"}},
                       {.start_utc_s = 1735689600, .step_s = 86400, .interval_s = 86400, .steps = what.days},
                       {{"filetype", output::run_filetype},
                        {"format_version", std::vector<std::int64_t>{output::format_version[0], output::format_version[1]}},
                        {"title", "stored"},
                        {"time_zone", "UTC"},
                        {"currency", "GBP"}});
  std::vector<std::int64_t> start_s, month_s;
  std::vector<double> month_days;
  output::Table quarters{.group = "quarter_hours", .dimension = "quarter_hour"};
  const auto daily = [&](double value) { return std::vector<double>(static_cast<std::size_t>(what.days), value); };
  const auto swung = [&](double value, double swing) {
    std::vector<double> list = daily(value);
    for (std::size_t d = 0; d < list.size(); ++d) list[d] *= d % 2 == 0 ? 1 + swing : 1 - swing;
    return list;
  };
  std::vector<double> truth, reading, limit;
  for (int d = 0, month = 0, day = 0; d < what.days; ++d) {
    file.append(std::vector<double>{10.0});
    if (day == 0) month_s.push_back(d * 86400), month_days.push_back(0);
    month_days.back() += 1;
    start_s.push_back(d * 86400);
    truth.push_back((d + 1) * what.heat_mwh * mwh), reading.push_back(truth.back() * what.register_share);
    limit.push_back(truth.back() * what.limit_share);
    if (++day == lengths[month]) day = 0, ++month;
  }
  quarters.columns = {{"time", "seconds since 2025-01-01 00:00:00", "start", start_s},
                      {"length", "s", "length", daily(86400)},
                      {"outdoor_temperature", "degC", "air", daily(10)},
                      {"it", "J", "it", swung(4 * mwh, what.it_swing)},
                      {"electricity", "J", "site", daily(what.site_mwh * mwh)},
                      {"customer_side_electricity", "J", "beyond", daily(0)},
                      {"user.pool.demand", "J", "wanted", swung(what.heat_mwh * mwh, what.demand_swing)},
                      {"user.pool.backup", "J", "backup", daily(0)},
                      {"meter.sold.register", "J", "register", reading},
                      {"meter.sold.truth", "J", "truth", truth},
                      {"meter.sold.error_limit", "J", "limit", limit},
                      {"meter.sold.supply_temperature", "degC", "supply", daily(50)},
                      {"user.pool.consumed", "J", "taken", daily(what.heat_mwh * mwh)},
                      {"facility", "J", "facility", daily(5.2 * mwh)},
                      {"compute_held_back", "s", "withheld", daily(864)},
                      {"over_limit", "s", "too hot", daily(1728)},
                      {"short_of_heat", "s", "short", daily(8640)},
                      {"delivered", "J", "at the meter", daily(what.heat_mwh * mwh)},
                      {"heat_pump_outside_electricity", "J", "beyond", daily(0)},
                      {"water", "kg", "water", daily(2000)},
                      {"heat_pump_heat", "J", "heat", daily(4 * mwh)},
                      {"heat_pump_electricity", "J", "electricity", daily(mwh)},
                      {"series.spot", "", "a price", daily(70 / mwh)}};
  output::Table energy{.group = "energy"}, by_month{.group = "energy_by_month", .dimension = "month"};
  by_month.columns.push_back({"month", "seconds since 2025-01-01 00:00:00", "month", month_s});
  for (const meter::EnergyFigure& figure : meter::energy_figures()) {
    double a_day = 0;
    if (figure.name == "it") a_day = 4 * mwh;
    if (figure.name == "auxiliary") a_day = 1.2 * mwh;
    if (figure.name == "delivered" || figure.name == "consumed" || figure.name == "demand") a_day = what.heat_mwh * mwh;
    if (figure.name == "recovered") a_day = NAN;
    std::vector<double> months;
    for (const double in_month : month_days) months.push_back(a_day * in_month);
    energy.columns.push_back({std::string(figure.name), "J", "energy", std::vector<double>{a_day * what.days}});
    by_month.columns.push_back({std::string(figure.name), "J", "energy", months});
  }
  const auto one = [](const char* name, double value) {
    return output::TableColumn{name, "1", name, std::vector<double>{value}};
  };
  file.add(energy);
  file.add(by_month);
  file.add(quarters);
  file.add({.group = "kpi", .columns = {one("minutes_over_limit", 0), one("minutes_unmet", 0), one("coolant_worst", NAN)}});
  file.add({.group = "jobs", .columns = {one("utilisation_frac", 0.5)}});
  file.add({.group = "events", .dimension = "event", .columns = {{"time", "s", "when", std::vector<std::int64_t>{}}}});
  file.add({.group = "scenario", .columns = {{"yaml", "", "scenario", std::vector<std::string>{yaml}}}});
  file.commit();
  return path;
}

}  // namespace hypocaust::test
