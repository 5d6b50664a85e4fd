#include "sim/report/stored_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "models/core/errors.hpp"
#include "models/meter/figures.hpp"
#include "sim/input/time_zone.hpp"

namespace hypocaust::report {
namespace {

constexpr const char* group = "quarter_hours/";

std::string file_name(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

// Key figures of a file without a meter for recovered heat are without value, not zero.
void note_meters(meter::Energies& e) {
  e.recovered_metered = !std::isnan(e.recovered_j);
  if (!e.recovered_metered) e.recovered_j = 0;
}

}  // namespace

StoredRun::StoredRun(const std::string& path) : reader_(path) {
  title = reader_.attribute("title"), currency = reader_.attribute("currency"), time_zone = reader_.attribute("time_zone");
  const std::vector<std::string> yaml = reader_.texts("scenario/yaml");
  scenario_yaml = yaml.empty() ? "" : yaml[0];
  start_utc_s = reader_.start_utc_s();
  const std::vector<std::int64_t> start_s = reader_.integers(std::string(group) + "time");
  const std::vector<double> length = column("length"), outdoor_c = column("outdoor_temperature"),
                            electricity_j = column("electricity"), customer_j = column("customer_side_electricity");
  if (!start_s.empty()) length_s = static_cast<double>(start_s.back()) + length.back();

  const std::vector<std::int64_t> month_s = reader_.integers("energy_by_month/month");
  months.resize(month_s.size());
  for (const meter::EnergyFigure& figure : meter::energy_figures()) {
    const std::string name(figure.name);
    if (!reader_.has("energy/" + name)) continue;  // a file from before there was this figure
    energies.*figure.member = reader_.scalar("energy/" + name);
    const std::vector<double> values = reader_.reals("energy_by_month/" + name);
    for (std::size_t m = 0; m < months.size(); ++m) months[m].energies.*figure.member = values[m];
  }
  note_meters(energies);
  for (std::size_t m = 0; m < months.size(); ++m) {
    note_meters(months[m].energies);
    const std::chrono::sys_seconds at{std::chrono::seconds{start_utc_s + month_s[m]}};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
    months[m].year = static_cast<int>(day.year()), months[m].month = static_cast<int>(static_cast<unsigned>(day.month()));
    months[m].length_s =
        (m + 1 < months.size() ? static_cast<double>(month_s[m + 1]) : length_s) - static_cast<double>(month_s[m]);
    books.months.push_back({.number = 12 * months[m].year + months[m].month - 1});
  }
  const input::TimeZone zone(time_zone);
  books.intervals.resize(start_s.size());
  for (std::size_t k = 0; k < start_s.size(); ++k) {
    const std::int64_t utc_s = start_utc_s + start_s[k];
    const input::LocalTime local = zone.local(utc_s);
    const auto month = std::upper_bound(month_s.begin(), month_s.end(), start_s[k]) - month_s.begin() - 1;
    books.intervals[k] = {.utc_s = utc_s,
                          .length_s = length[k],
                          .month = static_cast<int>(month),
                          .month_day = 100 * local.month + local.day,
                          .hour = static_cast<int>(local.second_of_day / 3600),
                          .outdoor_c = outdoor_c[k],
                          .electricity_j = electricity_j[k],
                          .customer_side_j = customer_j[k]};
  }
  for (const auto& [name, member] : beside_columns) {
    const std::vector<double> values = column(name);  // none: no such component
    for (std::size_t k = 0; k < values.size(); ++k) {
      Beside one;
      one.*member = values[k];
      months[static_cast<std::size_t>(books.intervals[k].month)].beside.add(one);
      beside.add(one);
    }
  }
}

void Beside::add(const Beside& part) {
  for (const BesideColumn& one : beside_columns)
    if (const double value = part.*one.member; value == value) {
      double& sum = this->*one.member;
      sum = (sum == sum ? sum : 0.0) + value;
    }
}

std::vector<double> StoredRun::column(const std::string& name) const {
  const std::string stored = group + file_name(name);
  return reader_.has(stored) ? reader_.reals(stored) : std::vector<double>{};
}

std::vector<double> StoredRun::sum_of_columns(const std::string& begin, const std::string& end) const {
  std::vector<double> sum(books.intervals.size(), 0.0);
  for (const std::string& name : reader_.datasets("quarter_hours")) {
    if (!name.starts_with(file_name(begin)) || !name.ends_with(file_name(end))) continue;
    const std::vector<double> values = reader_.reals(group + name);
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += values[k];
  }
  return sum;
}

std::vector<std::string> StoredRun::stored_series() const {
  std::vector<std::string> names;
  for (const std::string& name : reader_.datasets("quarter_hours"))
    if (name.starts_with("series_")) names.push_back(name.substr(7));
  return names;
}

}  // namespace hypocaust::report
