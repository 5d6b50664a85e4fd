// The valve of a heat user, and the controller of one with one content.
#pragma once
#include "models/plant/component.hpp"

namespace hypocaust::plant {

// Throttled to the flow that is wanted; fully open (k, toe) where the pressure difference does not give that.
template <class R> void throttle(Branch<R>& b, R k, R toe_kg_s, R wanted_kg_s) {
  const auto limited = b.dp_pa >= k * wanted_kg_s * (wanted_kg_s + toe_kg_s);
  quadratic(b, k, toe_kg_s);
  b.conductance = select(limited, R(0), b.conductance), b.offset_kg_s = select(limited, wanted_kg_s, b.offset_kg_s);
}

// Proportional-integral with a clamped integral, as a position of 0 to 1. The band widens with the step, so that the position does not
// overshoot within one; the integral takes the droop away.
inline constexpr double valve_integral_s = 1200.0;
template <class R> R valve_band_k(double least_k, double dt_s, R power_w, R content_j_k) {
  return vmax(R(least_k), R(2 * dt_s) * power_w / content_j_k);
}
// gap: set-point less content.
template <class R> R valve_position(R gap_k, R band_k, R integral_frac) { return clamp01(gap_k / band_k + integral_frac); }
template <class R> R valve_integral(R gap_k, R band_k, R integral_frac, double dt_s) {
  return clamp01(integral_frac + gap_k / band_k * R(dt_s / valve_integral_s));
}
// Share of the flow that passes the coil of a valve this far open; the rest is the bypass, which shows the sensor when heat comes back.
inline constexpr double bypass_frac = 0.01;
template <class R> R coil_share(R open_kg_s, R max_kg_s) { return open_kg_s / vmax(open_kg_s, R(bypass_frac) * max_kg_s); }

}  // namespace hypocaust::plant
