// Supply-temperature reset: a target that follows the outdoor air, linear between a cold and a mild point and level beyond them.
// docs/methods/control.md.
#pragma once
#include "models/core/math.hpp"
#include "models/core/schema.hpp"

namespace hypocaust {

struct OutdoorReset {
  double cold_c = not_given, cold_target_c = not_given, mild_c = not_given, mild_target_c = not_given;
  void check(Problems&) const;
  static const Schema& schema();
};
template <class R> struct OutdoorCurve { R on, mild_c, mild_target_c, span_k, rise_k; };  // on: 1 where there is one
inline OutdoorCurve<double> curve_of(const OutdoorReset& r) {
  return {1.0, r.mild_c, r.mild_target_c, r.mild_c - r.cold_c, r.cold_target_c - r.mild_target_c};
}
inline OutdoorCurve<double> no_curve() { return {0.0, 0.0, 0.0, 1.0, 0.0}; }
template <class R> R target_c(const OutdoorCurve<R>& c, R outdoor_c) {
  return c.mild_target_c + c.rise_k * clamp01((c.mild_c - outdoor_c) / c.span_k);
}

}  // namespace hypocaust
