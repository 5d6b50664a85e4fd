// Undisturbed ground temperature from the year of the air (Kusuda and Achenbach, ASHRAE Transactions 71(1), 1965).
#pragma once
#include <span>

namespace hypocaust::weather {

inline constexpr double soil_diffusivity_m2_s = 6.45e-7;  // 0.025 ft2/h, the soil of the EPW header's ground temperatures

struct GroundWave {
  double mean_c, amplitude_k;  // of the surface over the year; amplitude is half the swing
  double coldest_s;            // seconds into the year of the coldest surface
};
// First annual harmonic of equally spaced temperatures over one whole year (not empty).
GroundWave ground_wave(std::span<const double> outdoor_c);

struct GroundPlace {
  double depth_m;      // >= 0
  double into_year_s;  // seconds since the first temperature of the year
};
double ground_temperature_c(const GroundWave& wave, const GroundPlace& place);

}  // namespace hypocaust::weather
