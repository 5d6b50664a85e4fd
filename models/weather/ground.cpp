#include "models/weather/ground.hpp"

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"

namespace hypocaust::weather {
namespace {
constexpr double year_s = 365.0 * 86400.0;
}

GroundWave ground_wave(std::span<const double> outdoor_c) {
  EXPECT(!outdoor_c.empty());
  const double n = static_cast<double>(outdoor_c.size());
  double sum = 0, cosine = 0, sine = 0;
  for (std::size_t k = 0; k < outdoor_c.size(); ++k) {
    const double angle = 2.0 * pi * static_cast<double>(k) / n;
    sum += outdoor_c[k], cosine += outdoor_c[k] * vcos(angle), sine += outdoor_c[k] * vsin(angle);
  }
  cosine *= 2.0 / n, sine *= 2.0 / n;
  // a cos x + b sin x is coldest half a turn after atan2(b, a).
  double coldest = vatan2(sine, cosine) + pi;
  return {.mean_c = sum / n, .amplitude_k = vsqrt(cosine * cosine + sine * sine), .coldest_s = coldest / (2.0 * pi) * year_s};
}

double ground_temperature_c(const GroundWave& wave, const GroundPlace& place) {
  // Damping depth of the yearly wave; the crest lags by depth / damping depth radians.
  const double lag = place.depth_m / vsqrt(soil_diffusivity_m2_s * year_s / pi);
  return wave.mean_c - wave.amplitude_k * vexp(-lag) * vcos(2.0 * pi * (place.into_year_s - wave.coldest_s) / year_s - lag);
}

}  // namespace hypocaust::weather
