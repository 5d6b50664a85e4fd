// Moist air at a given pressure: what heat users and weather share. Laws on Real; temperatures in degC, pressures in Pa, humidity
// ratios in kg of vapour per kg of dry air.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust {

inline constexpr double normal_pressure_pa = 101325.0;
inline constexpr double dry_air_j_kg_k = 1006.0,
                        dry_air_kg_m3 = 1.2;         // ASHRAE Fundamentals (2017), chapter 1; air at about 20 degC
inline constexpr double vapour_gas_j_kg_k = 461.52;  // gas constant of water vapour: IAPWS-95

// Over ice (below 0 degC) or water; -100 to 200 degC. Hyland and Wexler (1983), as ASHRAE Handbook Fundamentals (2017), chapter 1,
// equations 5 and 6.
template <class R> R saturation_pressure_pa(R t_c) {
  const R t = t_c + R(kelvin_offset_k), log_t = vlog(t);
  const R ice_exponent = R(-5.6745359e3) / t + R(6.3925247) - R(9.677843e-3) * t + R(6.2215701e-7) * t * t +
                         R(2.0747825e-9) * t * t * t - R(9.484024e-13) * t * t * t * t + R(4.1635019) * log_t;
  const R water_exponent = R(-5.8002206e3) / t + R(1.3914993) - R(4.8640239e-2) * t + R(4.1764768e-5) * t * t -
                           R(1.4452093e-8) * t * t * t + R(6.5459673) * log_t;
  return vexp(select(t_c < R(0), ice_exponent, water_exponent));
}

// Equation 20 of the same chapter, and its inverse.
template <class R> R humidity_ratio(R vapour_pa, R pressure_pa) { return R(0.621945) * vapour_pa / (pressure_pa - vapour_pa); }
template <class R> R vapour_pressure_pa(R ratio, R pressure_pa) { return pressure_pa * ratio / (R(0.621945) + ratio); }

// From dry and wet bulb: psychrometer equation with 6.62e-4 1/K (WMO Guide to Instruments 2018, annex 4.B), at normal pressure.
// Held at 1 Pa or more; a wet bulb nobody knows gives what nobody knows.
template <class R> R vapour_pressure_wet_bulb_pa(R t_c, R wet_bulb_c) {
  return vmax(R(1), saturation_pressure_pa(wet_bulb_c) - R(6.62e-4 * normal_pressure_pa) * (t_c - wet_bulb_c));
}
// Dew point (frost point below 0 degC), -70 to 93 degC: equations 37 and 38 of the same chapter, within 0.3 K.
template <class R> R dew_point_c(R vapour_pa) {
  const R x = vapour_pa * R(1e-3), a = vlog(x);
  const R above = R(6.54) + R(14.526) * a + R(0.7389) * a * a + R(0.09486) * a * a * a + R(0.4569) * vpow(x, R(0.1984));
  return select(vapour_pa < R(611.2), R(6.09) + R(12.608) * a + R(0.4959) * a * a, above);
}

// Enthalpy of vapour, J/kg above liquid at 0 degC: equation 30.
template <class R> R vapour_enthalpy_j_kg(R t_c) { return R(2501e3) + R(1860.0) * t_c; }

}  // namespace hypocaust
