// What valves share: the coefficient of Kv, the inherent characteristics of IEC 60534-2-4, and what a valve out of order does.
#pragma once
#include "models/core/fluids.hpp"
#include "models/core/math.hpp"

namespace hypocaust::plant {

enum class Characteristic : int { linear, equal_percentage };
inline std::span<const std::string_view> names(Characteristic) {
  static constexpr std::string_view list[] = {"linear", "equal_percentage"};
  return list;
}

// dp = k m |m|, Pa/(kg/s)^2, of a valve with this Kv (m3/s of water at 1 bar).
inline double valve_k(const Fluid& fluid, double kv_m3_s) {
  const double nominal_kg_s = kv_m3_s * fluid.rho_kg_m3;
  return 1e5 * (fluid.rho_kg_m3 / 1000.0) / (nominal_kg_s * nominal_kg_s);
}

// Where a valve goes when it is out of order (available = 0): stays where it was, or to an end by its spring.
enum class WhenFailed : int { stays, closed, open };
inline std::span<const std::string_view> names(WhenFailed) {
  static constexpr std::string_view list[] = {"stays", "closed", "open"};
  return list;
}
// position: what control asks for; last_position: of the step before (below 0: there was none); when_failed as a number.
template <class R> R position_now(R position, R available, R last_position, R when_failed) {
  const R kept_position = select(last_position < R(0), position, last_position);
  const R failed_position = select(when_failed > R(1.5), R(1), select(when_failed > R(0.5), R(0), kept_position));
  return select(available < R(0.5), failed_position, position);
}

// Share of Kv that dirt has left; below a hundredth it is called shut, which is for `available` to say.
template <class R> R kv_left(R capacity_frac) { return clamp(capacity_frac, R(0.01), R(1)); }
inline constexpr double backflow_factor = 1e6;  // on the resistance, of what holds backflow: a thousandth of the flow leaks

// Share of Kv at a position 0 to 1, never below 1 / rangeability.
template <class R> R opening(R position, R equal_percentage, R rangeability) {
  const R x = clamp01(position), linear = vmax(x, R(1) / rangeability);
  const R equal = vexp((x - R(1)) * vlog(rangeability));
  return select(equal_percentage > R(0.5), equal, linear);
}

}  // namespace hypocaust::plant
