#include "models/meter/heat_meter.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace hypocaust::meter;

namespace {

MeterSpec class_two() {
  MeterSpec spec;
  spec.accuracy_class = 2, spec.nominal_flow_m3_s = 2e-3, spec.least_difference_k = 3, spec.starting_flow_m3_s = 4e-6;
  spec.resolution_j = 0, spec.drift_frac = 0;
  return spec;
}

}  // namespace

TEST_CASE("limits of class 2 at 10 K and at 5 K") {
  const MeterSpec spec = class_two();
  const PermissibleError ten = permissible_error(spec, {.flow_m3_s = 2e-3, .difference_k = 10});
  CHECK(ten.flow_frac == Approx(0.0202));
  CHECK(ten.calculator_frac == Approx(0.008));
  CHECK(ten.pair_frac == Approx(0.014));
  CHECK(ten.sum_frac() == Approx(0.0422));
  CHECK(permissible_error(spec, {.flow_m3_s = 2e-3, .difference_k = 5}).sum_frac() == Approx(0.0542));
  CHECK(permissible_error(spec, {.flow_m3_s = 1e-6, .difference_k = 10}).flow_frac == Approx(0.05));  // at most 5 %
}

TEST_CASE("one fixed error a period, inside the limit, another for another meter and after calibration") {
  MeterSpec spec = class_two();
  spec.calibration_period_s = 1e6;
  HeatMeter a(spec, "a", 1), b(spec, "b", 1), again(spec, "a", 1);
  const MeteredFlow point{.flow_m3_s = 2e-3, .difference_k = 10};
  for (int k = 0; k < 1000; ++k)
    for (HeatMeter* meter : {&a, &b, &again}) meter->add(1e6, point, 900 * k);
  const double first = a.register_j() / a.true_j() - 1;
  CHECK(std::fabs(first) < 0.0422);
  CHECK(a.error_limit_j() == Approx(0.0422 * a.true_j()));
  CHECK(std::fabs(first) > 1e-6);
  CHECK(again.register_j() == a.register_j());
  CHECK(std::fabs(b.register_j() - a.register_j()) > 1.0);
  const double before_j = a.register_j();
  a.add(1e6, point, 1000001);
  CHECK(std::fabs((a.register_j() - before_j) / 1e6 - 1 - first) > 1e-6);
}

TEST_CASE("drift doubles the error by the end of a period") {
  MeterSpec spec = class_two();
  spec.drift_frac = 1, spec.calibration_period_s = 1e6;
  HeatMeter young(spec, "m", 7), old(spec, "m", 7);
  const MeteredFlow point{.flow_m3_s = 2e-3, .difference_k = 10};
  young.add(1e9, point, 0), old.add(1e9, point, 999999);
  CHECK(old.error_limit_j() == Approx(2 * young.error_limit_j()).epsilon(1e-5));
  CHECK((old.register_j() - 1e9) / (young.register_j() - 1e9) == Approx(2).epsilon(1e-5));
}

TEST_CASE("resolution, starting flow, no class") {
  MeterSpec spec = class_two();
  spec.resolution_j = 3.6e6;
  HeatMeter meter(spec, "m", 1);
  meter.add(3.5e6, {.flow_m3_s = 2e-3, .difference_k = 10}, 0);
  CHECK(meter.register_j() == 0);
  meter.add(3.5e6, {.flow_m3_s = 1e-6, .difference_k = 10}, 60);  // below the starting flow
  CHECK(meter.register_j() == 0);
  CHECK(meter.true_j() == 7e6);
  CHECK(meter.error_limit_j() == Approx(3.5e6 * (1 + 0.0422)));
  HeatMeter truth;
  truth.add(123.5, {.flow_m3_s = 0, .difference_k = 0}, 0);
  CHECK(truth.register_j() == truth.true_j());
  CHECK(truth.error_limit_j() == 0.0);
}
