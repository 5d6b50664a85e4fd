// What an upward-looking surface radiates to.
#pragma once

namespace hypocaust::weather {

struct SkyAir {
  double t_c;                     // of the air
  double relative_humidity_frac;  // above 0
  double cloud_frac;              // of the sky that is covered
};
// Temperature of a black sky that gives the same long-wave radiation, degC. Clear-sky emissivity of Clark and Allen (1978) with the
// dew point, cloud factor of Walton (1983), as EnergyPlus Engineering Reference, "Climate Calculations".
double sky_temperature_c(const SkyAir& air);
// The same from measured horizontal infrared radiation, W/m2 (> 0).
double sky_temperature_from_c(double infrared_w_m2);

}  // namespace hypocaust::weather
