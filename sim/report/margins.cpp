#include "sim/report/margins.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/periods.hpp"

namespace hypocaust::report {

std::vector<Margin> margins(const StoredRun& run, const Priced& priced) {
  std::vector<Margin> list;
  const auto add = [&](const std::string& kind, const std::string& label, std::size_t m) {
    auto found =
        std::find_if(list.begin(), list.end(), [&](const Margin& one) { return one.kind == kind && one.label == label; });
    if (found == list.end()) found = list.insert(list.end(), {kind, label, {}, 0.0});
    const MonthMargin& month = priced.margins[m];
    found->sum.heat_money += month.heat_money, found->sum.supply_money += month.supply_money;
    found->sum.operating_money += month.operating_money, found->delivered_j += run.months[m].energies.delivered_j;
  };
  for (std::size_t m = 0; m < priced.margins.size(); ++m)
    add("month", fmt::format("{:04d}-{:02d}", run.months[m].year, run.months[m].month), m);
  for (std::size_t m = 0; m < priced.margins.size(); ++m) add("season", season_of(run.months[m].month), m);
  for (std::size_t m = 0; m < priced.margins.size(); ++m) add("run", "run", m);
  return list;
}

}  // namespace hypocaust::report
