// What valves share: the coefficient of Kv and the inherent characteristics of IEC 60534-2-4.
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

// Share of Kv at a position 0 to 1, never below 1 / rangeability.
template <class R> R opening(R position, R equal_percentage, R rangeability) {
  const R x = clamp01(position), linear = vmax(x, R(1) / rangeability);
  const R equal = vexp((x - R(1)) * vlog(rangeability));
  return select(equal_percentage > R(0.5), equal, linear);
}

}  // namespace hypocaust::plant
