#include "models/economics/views.hpp"

#include <algorithm>

namespace hypocaust::economics {

std::vector<View> views(const EconomicsSpec& spec, const DriverFlows& flows) {
  std::vector<View> list;
  for (const auto& entry : spec.scenarios.entries) {
    const ScenarioFactors& f = entry.value;
    list.push_back(
        {entry.name, {f.heat_frac, f.electricity_frac, f.fuel_frac, f.operating_frac, f.compute_frac, f.capital_frac}});
  }
  if (list.empty() && spec.ranges) {
    View worse{"conservative", expected}, better{"upside", expected};
    for (const Swing& swing : swings(flows, *spec.ranges, spec.discount())) {
      const bool more_is_better = swing.high_npv_money >= swing.low_npv_money;
      const auto driver = static_cast<std::size_t>(swing.driver);
      worse.factors[driver] = more_is_better ? swing.range.low : swing.range.high;
      better.factors[driver] = more_is_better ? swing.range.high : swing.range.low;
    }
    list = {worse, better};
  }
  if (list.empty()) return list;
  list.push_back({"expected", expected});
  std::sort(list.begin(), list.end(), [](const View& a, const View& b) { return a.name < b.name; });
  return list;
}

}  // namespace hypocaust::economics
