// Where the sun stands.
#pragma once
#include "models/core/light.hpp"

namespace hypocaust::weather {

inline constexpr double solar_constant_w_m2 = 1361.0;  // Kopp and Lean (2011); WMO since 2018

struct Sun {
  double declination_rad;
  double hour_angle_rad;         // -pi to pi, 0 when the sun is highest, positive afterwards
  double extraterrestrial_w_m2;  // normal to the beam, outside the atmosphere
};

struct SunQuestion {
  double utc_s;              // POSIX seconds
  double longitude_rad = 0;  // positive east
};
// PSA algorithm with the coefficients of Blanco, Milidonis and Bonanos (Solar Energy 212, 2020): true position within 0.01 degrees
// from 1950 to 2100; no refraction (0.5 degrees at the horizon, 0.1 at 8 degrees), no
// parallax (0.002 degrees). Distance of the sun: Spencer (1971) to first order, extraterrestrial radiation within 0.1 %.
Sun sun_at(const SunQuestion& question);

// Unit vector to the sun.
Normal<double> direction_of(const Sun& sun, double latitude_rad);

}  // namespace hypocaust::weather
