#include "models/weather/humidity.hpp"

#include "models/core/math.hpp"

namespace hypocaust::weather {
namespace {

double humidity_ratio(double vapour_pa, double pressure_pa) {  // kg water per kg dry air; equation 20
  return 0.621945 * vapour_pa / (pressure_pa - vapour_pa);
}

// Humidity ratio of air at t_c whose wet bulb is wet_c.
double ratio_from_wet_bulb(double t_c, double wet_c, double pressure_pa) {
  const double saturated = humidity_ratio(saturation_pressure_pa(wet_c), pressure_pa);
  if (wet_c >= 0.0) return ((2501.0 - 2.326 * wet_c) * saturated - 1.006 * (t_c - wet_c)) / (2501.0 + 1.86 * t_c - 4.186 * wet_c);
  return ((2830.0 - 0.24 * wet_c) * saturated - 1.006 * (t_c - wet_c)) / (2830.0 + 1.86 * t_c - 2.1 * wet_c);
}

}  // namespace

double saturation_pressure_pa(double t_c) {
  const double t = kelvin_from_c(t_c);
  if (t_c < 0.0)
    return vexp(-5.6745359e3 / t + 6.3925247 - 9.677843e-3 * t + 6.2215701e-7 * t * t + 2.0747825e-9 * t * t * t -
                9.484024e-13 * t * t * t * t + 4.1635019 * vlog(t));
  return vexp(-5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t - 1.4452093e-8 * t * t * t +
              6.5459673 * vlog(t));
}

double wet_bulb_c(const MoistAir& air) {
  const double wanted = humidity_ratio(air.relative_humidity_frac * saturation_pressure_pa(air.t_c), air.pressure_pa);
  double low_c = air.t_c - 50.0, high_c = air.t_c;  // dry air at 60 degC is 40 K above its wet bulb
  while (high_c - low_c > 1e-7) {
    const double middle_c = 0.5 * (low_c + high_c);
    (ratio_from_wet_bulb(air.t_c, middle_c, air.pressure_pa) > wanted ? high_c : low_c) = middle_c;
  }
  return 0.5 * (low_c + high_c);
}

double humidity_ratio_kg_kg(const MoistAir& air) {
  return humidity_ratio(air.relative_humidity_frac * saturation_pressure_pa(air.t_c), air.pressure_pa);
}

double dew_point_c(double vapour_pa) {
  const double ln_kpa = vlog(vapour_pa / 1000.0);
  if (vapour_pa < 611.2) return 6.09 + 12.608 * ln_kpa + 0.4959 * ln_kpa * ln_kpa;
  return 6.54 + 14.526 * ln_kpa + 0.7389 * ln_kpa * ln_kpa + 0.09486 * ln_kpa * ln_kpa * ln_kpa +
         0.4569 * vpow(vapour_pa / 1000.0, 0.1984);
}

}  // namespace hypocaust::weather
