#include "models/meter/heat_meter.hpp"

#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::meter {

PermissibleError permissible_error(const MeterSpec& spec, const MeteredFlow& point) {
  // EN 1434-1, class 2 as published in makers' descriptions; constants of classes 1 and 3 as in docs/methods/meters.md.
  constexpr double base[] = {1.0, 2.0, 3.0}, slope[] = {0.01, 0.02, 0.05}, most[] = {3.5, 5.0, 5.0};
  const auto k = static_cast<std::size_t>(spec.accuracy_class - 1);
  const double flow_ratio = spec.nominal_flow_m3_s / vmax(point.flow_m3_s, 1e-3 * spec.nominal_flow_m3_s);
  const double span_ratio = spec.least_difference_k / vmax(point.difference_k, spec.least_difference_k);
  return {.flow_frac = 0.01 * vmin(base[k] + slope[k] * flow_ratio, most[k]),
          .calculator_frac = 0.01 * (0.5 + span_ratio),
          .pair_frac = 0.01 * (0.5 + 3.0 * span_ratio)};
}

HeatMeter::HeatMeter(const MeterSpec& spec, std::string_view name, std::uint64_t seed) : spec_(spec), name_(name), seed_(seed) {}

void HeatMeter::add(double heat_j, const MeteredFlow& point, std::int64_t time_s) {
  true_j_ += heat_j;
  if (spec_.accuracy_class == 0) {
    counted_j_ += heat_j;
    return;
  }
  if (point.flow_m3_s < spec_.starting_flow_m3_s) {
    error_limit_j_ += vabs(heat_j);
    return;
  }
  const double age = static_cast<double>(time_s) / spec_.calibration_period_s, period = vfloor(age);
  if (static_cast<std::int64_t>(period) != period_) {  // calibrated: another fixed error
    period_ = static_cast<std::int64_t>(period);
    const RandomStream stream(seed_, "meter." + name_);
    const auto step = static_cast<std::uint64_t>(period_ + 1);
    const auto inside = [&](std::uint32_t draw) { return 2.0 * stream.uniform(step, draw) - 1.0; };
    flow_frac_ = inside(0), calculator_frac_ = inside(1), pair_frac_ = inside(2);
  }
  // Drift takes each error from once to twice the limit at most: the limit in service is twice that of the test bench.
  const double grown = 1.0 + spec_.drift_frac * (age - period);
  const PermissibleError limit = permissible_error(spec_, point);
  const double error_frac =
      grown * (flow_frac_ * limit.flow_frac + calculator_frac_ * limit.calculator_frac + pair_frac_ * limit.pair_frac);
  counted_j_ += heat_j * (1.0 + error_frac);
  error_limit_j_ += vabs(heat_j) * grown * limit.sum_frac();
}

double HeatMeter::register_j() const {
  return spec_.accuracy_class > 0 && spec_.resolution_j > 0 ? spec_.resolution_j * vfloor(counted_j_ / spec_.resolution_j)
                                                            : counted_j_;
}

}  // namespace hypocaust::meter
