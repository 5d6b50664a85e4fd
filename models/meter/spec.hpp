// meters: where heat is measured, and under which word of docs/methods/kpi.md it counts.
#pragma once
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::meter {

enum class Counts : int { nothing, recovered, delivered };
std::span<const std::string_view> names(Counts);
enum class CalibratedFor : int { water, glycol };
std::span<const std::string_view> names(CalibratedFor);

struct MeterSpec {
  Ref at;  // component.stream: `station.cold` meters the heat that stream gained
  Counts counts = Counts::nothing;
  // The billing meter; docs/methods/meters.md
  std::int64_t accuracy_class = 0;  // EN 1434; 0: reads the truth
  double nominal_flow_m3_s = not_given, least_difference_k = 3.0, starting_flow_m3_s = not_given;
  double calibration_period_s = 5 * 31536000.0, drift_frac = 1.0, resolution_j = 3.6e6;
  CalibratedFor calibrated_for = CalibratedFor::water;
  void derive(Problems&);
  void check(Problems&) const;
  static const Schema& schema();
};

}  // namespace hypocaust::meter
