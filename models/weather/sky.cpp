#include "models/weather/sky.hpp"

#include "models/core/math.hpp"
#include "models/weather/humidity.hpp"

namespace hypocaust::weather {
namespace {
constexpr double stefan_boltzmann_w_m2_k4 = 5.670374e-8;  // CODATA 2018
}

double sky_temperature_c(const SkyAir& air) {
  const double dew_k = kelvin_from_c(dew_point_c(air.relative_humidity_frac * saturation_pressure_pa(air.t_c)));
  const double tenths = 10.0 * air.cloud_frac;
  const double cloud_factor = 1.0 + 0.0224 * tenths - 0.0035 * tenths * tenths + 0.00028 * tenths * tenths * tenths;
  const double emissivity = vmin((0.787 + 0.764 * vlog(dew_k / 273.0)) * cloud_factor, 1.0);
  return kelvin_from_c(air.t_c) * vsqrt(vsqrt(emissivity)) - kelvin_offset_k;
}

double sky_temperature_from_c(double infrared_w_m2) {
  return vsqrt(vsqrt(infrared_w_m2 / stefan_boltzmann_w_m2_k4)) - kelvin_offset_k;
}

}  // namespace hypocaust::weather
