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

// Enthalpy of vapour, J/kg above liquid at 0 degC: equation 30.
template <class R> R vapour_enthalpy_j_kg(R t_c) { return R(2501e3) + R(1860.0) * t_c; }

}  // namespace hypocaust
