#include "sim/report/periods.hpp"

#include <fmt/format.h>

#include <chrono>

#include "models/meter/figures.hpp"

namespace hypocaust::report {
namespace {

double month_s(const Month& m) {
  using namespace std::chrono;
  const year_month_day_last last = year{m.year} / month{static_cast<unsigned>(m.month)} / std::chrono::last;
  return 86400.0 * static_cast<unsigned>(last.day());
}

// Sums the months of equal labels; a period that the run never touches in part is as long as its months together.
void gather(std::vector<Period>& list, const StoredRun& run, const std::string& kind, const auto& label_of,
            std::size_t months_in) {
  const std::size_t first = list.size();
  for (std::size_t k = 0; k < run.months.size(); ++k) {
    const Month& m = run.months[k];
    const std::string label = label_of(m);
    auto found = list.begin() + static_cast<std::ptrdiff_t>(first);
    while (found != list.end() && found->label != label) ++found;
    if (found == list.end()) list.push_back({.kind = kind, .label = label}), found = list.end() - 1;
    found->length_s += m.length_s, found->whole_s += month_s(m);
    meter::add(found->energies, m.energies);
    found->energies.recovered_metered = m.energies.recovered_metered;  // of all months, or of none
    found->beside.add(m.beside);
    found->months.push_back(k);
  }
  for (std::size_t k = first; k < list.size(); ++k)
    if (const std::size_t months = list[k].months.size(); months < months_in)
      list[k].whole_s += 30 * 86400.0 * static_cast<double>(months_in - months);
}

}  // namespace

std::string season_of(int month) {
  constexpr const char* names[] = {"winter", "spring", "summer", "autumn"};
  return names[month % 12 / 3];
}

std::vector<Period> periods(const StoredRun& run) {
  std::vector<Period> list;
  gather(
      list, run, "month", [](const Month& m) { return fmt::format("{:04d}-{:02d}", m.year, m.month); }, 1);
  gather(
      list, run, "season", [](const Month& m) { return season_of(m.month); }, 3);
  gather(
      list, run, "quarter", [](const Month& m) { return fmt::format("{:04d} Q{}", m.year, (m.month + 2) / 3); }, 3);
  list.push_back({.kind = "run",
                  .label = "run",
                  .length_s = run.length_s,
                  .whole_s = 365 * 86400.0,
                  .energies = run.energies,
                  .beside = run.beside});
  for (std::size_t k = 0; k < run.months.size(); ++k) list.back().months.push_back(k);
  return list;
}

std::vector<PeriodFigure> beside_figures(const meter::Energies& e, const Beside& beside, double length_s) {
  const double electricity_j = all_electricity_j(e), supply_j = e.heat_pump_j + e.pump_outside_j;
  const auto of_time = [&](double part_s) { return length_s > 0 ? part_s / length_s : not_given; };
  return {{"useful_heat_per_electricity", "1", electricity_j > 0 ? e.delivered_j / electricity_j : not_given},
          {"scop", "1", beside.scop_frac()},
          {"wue", "l/kWh", 3.6e6 * beside.wue_kg_j(e)},
          {"heat_per_supply_electricity", "1", supply_j > 0 ? e.delivered_j / supply_j : not_given},
          {"curtailed_frac", "1", of_time(beside.held_back_s)},
          {"temperature_compliance_frac", "1", 1.0 - of_time(beside.over_limit_s)},
          {"heat_compliance_frac", "1", 1.0 - of_time(beside.short_of_heat_s)}};
}

Emitted emitted_in(const Period& period, const std::vector<Emitted>& by_month) {
  Emitted sum;
  for (const std::size_t m : period.months) sum.add(by_month[m]);
  return sum;
}

std::vector<PeriodFigure> carbon_figures(const meter::Energies& e, const Emitted& emitted) {
  const auto of_it = [&](double kgco2e) { return e.it_j > 0 ? 3.6e6 * kgco2e / e.it_j : not_given; };
  return {{"cue", "kgCO2e/kWh", of_it(emitted.site_kgco2e)},
          {"cue_heat_pump_inside", "kgCO2e/kWh", of_it(emitted.site_kgco2e + emitted.supply_kgco2e)}};
}

double all_electricity_j(const meter::Energies& e) { return e.electricity_j() + e.battery_j; }

}  // namespace hypocaust::report
