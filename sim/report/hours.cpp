#include "sim/report/hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "models/meter/figures.hpp"
#include "sim/base/utc_text.hpp"
#include "sim/report/periods.hpp"

namespace hypocaust::report {
namespace {

// Of the intervals of one hour.
struct Hour {
  meter::Energies energies;
  Beside beside;
  Emitted emitted;
  double length_s = 0;
};

class Columns {  // of the file; empty where it has none
 public:
  explicit Columns(const StoredRun& run)
      : it_j_(run.column("it")),
        facility_j_(run.column("facility")),
        recovered_j_(run.column("recovered")),
        delivered_j_(run.column("delivered")),
        heat_pump_j_(run.column("heat_pump_electricity")),
        heat_pump_outside_j_(run.column("heat_pump_outside_electricity")),
        demand_j_(run.sum_of_columns("user.", ".demand")),
        consumed_j_(run.sum_of_columns("user.", ".consumed")),
        backup_j_(run.sum_of_columns("user.", ".backup")),
        unmet_j_(run.sum_of_columns("user.", ".unmet")) {
    if (facility_j_.size() != run.books.intervals.size())
      throw UserError(run.path() + ": error: counts no electricity of the facility by the hour; run the scenario again");
    for (const BesideColumn& one : beside_columns) beside_.push_back(run.column(one.name));
  }

  // Sums of which every key figure follows: what else the facility draws stands under auxiliary.
  void add(std::size_t k, const economics::Interval& interval, Hour& hour) const {
    const auto at = [k](const std::vector<double>& list) { return list.empty() ? 0.0 : list[k]; };
    meter::Energies& e = hour.energies;
    const double outside_j = at(heat_pump_outside_j_);
    e.it_j += it_j_[k], e.auxiliary_j += facility_j_[k] - it_j_[k];
    e.heat_pump_j += outside_j, e.heat_pump_outside_j += outside_j;
    const double pump_j = interval.customer_side_j - at(heat_pump_j_);
    e.pump_j += pump_j, e.pump_outside_j += pump_j;
    e.recovered_metered = !recovered_j_.empty(), e.recovered_j += at(recovered_j_);
    e.delivered_j += delivered_j_.empty() ? at(consumed_j_) : delivered_j_[k];
    e.consumed_j += at(consumed_j_), e.demand_j += at(demand_j_), e.backup_j += at(backup_j_);
    e.unmet_j += at(unmet_j_);
    Beside part;
    for (std::size_t b = 0; b < beside_.size(); ++b)
      if (!beside_[b].empty()) part.*beside_columns[b].member = beside_[b][k];
    hour.beside.add(part);
    hour.length_s += interval.length_s;
  }

 private:
  std::vector<double> it_j_, facility_j_, recovered_j_, delivered_j_, heat_pump_j_, heat_pump_outside_j_, demand_j_, consumed_j_,
      backup_j_, unmet_j_;
  std::vector<std::vector<double>> beside_;
};

void write_hour(HourTable& table, std::int64_t utc_s, const Hour& hour) {
  const bool first = table.columns.empty();
  std::size_t at = 0;
  const auto add = [&](std::string_view name, const char* unit, double value) {
    if (first) table.columns.push_back({std::string(name), unit, {}});
    table.columns[at++].values.push_back(value);
  };
  const meter::Energies& e = hour.energies;
  table.utc_s.push_back(utc_s);
  add("it", "J", e.it_j), add("facility", "J", meter::facility_j(e)),
      add("recovered", "J", e.recovered_metered ? e.recovered_j : not_given);
  add("delivered", "J", e.delivered_j), add("demand", "J", e.demand_j), add("consumed", "J", e.consumed_j);
  add("backup", "J", e.backup_j), add("water", "kg", hour.beside.water_kg);
  const meter::Kpis kpis = meter::kpis(e);
  for (const meter::KpiFigure& figure : meter::kpi_figures()) add(figure.name, "1", figure.value(kpis));
  for (const PeriodFigure& figure : beside_figures(e, hour.beside, hour.length_s)) add(figure.name, figure.unit, figure.value);
  for (const PeriodFigure& figure : carbon_figures(e, hour.emitted)) add(figure.name, figure.unit, figure.value);
}

}  // namespace

HourTable hours(const StoredRun& run, const Priced& priced) {
  constexpr std::int64_t hour_s = 3600;
  const Columns columns(run);
  const auto& intervals = run.books.intervals;
  HourTable table;
  for (std::size_t k = 0; k < intervals.size();) {
    const std::int64_t begin_s = intervals[k].utc_s - intervals[k].utc_s % hour_s;
    Hour hour;
    if (!priced.carbon) hour.emitted = {not_given, not_given};
    for (; k < intervals.size() && intervals[k].utc_s < begin_s + hour_s; ++k) {
      columns.add(k, intervals[k], hour);
      if (priced.carbon) hour.emitted.add(priced.carbon->by_interval[k]);
    }
    write_hour(table, begin_s, hour);
  }
  return table;
}

std::string to_csv(const HourTable& table) {
  std::string out = "time";
  for (const HourColumn& column : table.columns) out += fmt::format(",{} [{}]", column.name, column.unit);
  out += "\n";
  for (std::size_t k = 0; k < table.utc_s.size(); ++k) {
    out += base::utc_text(table.utc_s[k]);
    for (const HourColumn& column : table.columns)
      out += std::isfinite(column.values[k]) ? fmt::format(",{:.10g}", column.values[k]) : ",";
    out += "\n";
  }
  return out;
}

std::string to_json(const HourTable& table) {
  nlohmann::ordered_json j;
  for (const std::int64_t utc_s : table.utc_s) j["time"].push_back(base::utc_text(utc_s));
  for (const HourColumn& column : table.columns) {
    nlohmann::ordered_json values = nlohmann::ordered_json::array();
    for (const double value : column.values)
      values.push_back(std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr));
    j["columns"].push_back({{"name", column.name}, {"unit", column.unit}, {"values", std::move(values)}});
  }
  return j.dump() + "\n";
}

}  // namespace hypocaust::report
