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
  for (const Month& m : run.months) {
    const std::string label = label_of(m);
    auto found = list.begin() + static_cast<std::ptrdiff_t>(first);
    while (found != list.end() && found->label != label) ++found;
    if (found == list.end()) list.push_back({.kind = kind, .label = label}), found = list.end() - 1;
    found->length_s += m.length_s, found->whole_s += month_s(m);
    meter::add(found->energies, m.energies);
    found->energies.recovered_metered = m.energies.recovered_metered;  // of all months, or of none
    found->beside.add(m.beside);
  }
  for (std::size_t k = first; k < list.size(); ++k) {
    std::size_t months = 0;
    for (const Month& m : run.months)
      if (label_of(m) == list[k].label) ++months;
    if (months < months_in) list[k].whole_s += 30 * 86400.0 * static_cast<double>(months_in - months);
  }
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
  return list;
}

double all_electricity_j(const meter::Energies& e) { return e.electricity_j() + e.battery_j; }

}  // namespace hypocaust::report
