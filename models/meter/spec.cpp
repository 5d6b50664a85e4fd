#include "models/meter/spec.hpp"

namespace hypocaust::meter {

std::span<const std::string_view> names(Counts) {
  static constexpr std::string_view list[] = {"nothing", "recovered", "delivered"};
  return list;
}
std::span<const std::string_view> names(CalibratedFor) {
  static constexpr std::string_view list[] = {"water", "glycol"};
  return list;
}

void MeterSpec::derive(Problems&) {
  if (starting_flow_m3_s != starting_flow_m3_s && nominal_flow_m3_s == nominal_flow_m3_s)
    starting_flow_m3_s = 0.002 * nominal_flow_m3_s;
}

void MeterSpec::check(Problems& problems) const {
  if (accuracy_class > 0 && nominal_flow_m3_s != nominal_flow_m3_s)
    problems.error("class", "needs the flow for which the meter is made (its errors follow from it); add `nominal_flow:`");
}

const Schema& MeterSpec::schema() {
  using M = MeterSpec;
  static const Schema s = describe<M>(
      "meter", "A heat meter on one stream of a component.",
      {row<&M::at>("at", "", {.need = required, .scope = "stream"}, "component.stream; the heat this stream gains is counted"),
       row<&M::counts>("counts", "", {}, "the word of the energy table under which it counts"),
       row<&M::accuracy_class>("class", "", {.min = 0, .max = 3},
                               "accuracy class after EN 1434 of the billing register; 0: no error"),
       row<&M::nominal_flow_m3_s>("nominal_flow", "m3/h", {.above = 0.0}, "qp of the flow sensor"),
       row<&M::least_difference_k>("least_difference", "K", {.min = 1.0, .max = 20.0},
                                   "least temperature difference it is made for"),
       row<&M::starting_flow_m3_s>("starting_flow", "m3/h", {.need = derived, .min = 0.0},
                                   "below it nothing is counted; derived: 0.2 % of nominal_flow"),
       row<&M::calibration_period_s>("calibration_period", "s", {.min = 86400.0}, "each period has errors of its own"),
       row<&M::drift_frac>("drift", "1", {.min = 0.0, .max = 1.0},
                           "growth of the errors over a period; 1: to twice, the limit in service"),
       row<&M::resolution_j>("resolution", "kWh", {.min = 0.0}, "step of the register"),
       row<&M::calibrated_for>("calibrated_for", "", {}, "the fluid it was calibrated with")});
  return s;
}

}  // namespace hypocaust::meter
