// Moist outdoor air: saturation pressure, wet bulb, humidity ratio, dew point.
#pragma once

namespace hypocaust::weather {

// Saturation vapour pressure over ice (below 0 degC) or water, Pa; -100 to 200 degC.
// Hyland and Wexler (1983), as ASHRAE Handbook Fundamentals (2017), chapter 1, equations 5 and 6.
double saturation_pressure_pa(double t_c);

struct MoistAir {
  double t_c;                     // -60 to 60
  double relative_humidity_frac;  // 0 to 1
  double pressure_pa = 101325.0;
};
// Thermodynamic wet-bulb temperature, degC, within 1e-6 K of the solution of ASHRAE Fundamentals (2017), chapter 1,
// equations 33 (water) and 35 (ice), by bisection. Never above t_c.
double wet_bulb_c(const MoistAir& air);
// kg of water per kg of dry air (equation 20).
double humidity_ratio_kg_kg(const MoistAir& air);
// Dew point of air whose vapour has this partial pressure (1 Pa to 47 kPa), degC: equations 37 and 38, within 0.1 K.
double dew_point_c(double vapour_pa);

}  // namespace hypocaust::weather
