#include "models/weather/humidity.hpp"

#include "models/core/math.hpp"

namespace hypocaust::weather {
namespace {

// Humidity ratio of air at t_c whose wet bulb is wet_c.
double ratio_from_wet_bulb(double t_c, double wet_c, double pressure_pa) {
  const double saturated = humidity_ratio(saturation_pressure_pa(wet_c), pressure_pa);
  if (wet_c >= 0.0) return ((2501.0 - 2.326 * wet_c) * saturated - 1.006 * (t_c - wet_c)) / (2501.0 + 1.86 * t_c - 4.186 * wet_c);
  return ((2830.0 - 0.24 * wet_c) * saturated - 1.006 * (t_c - wet_c)) / (2830.0 + 1.86 * t_c - 2.1 * wet_c);
}

}  // namespace

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
