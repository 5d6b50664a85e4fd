// Sunlight on any surface, in the linear form a law can afford every step: a vector and two numbers, no trigonometry.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust {

// Means over the (sub-)step.
template <class R> struct Light {
  // Direct normal radiation and the part of the diffuse that comes from around the sun, as a vector that points to the sun.
  R beam_east_w_m2{0}, beam_north_w_m2{0}, beam_up_w_m2{0};
  R diffuse_w_m2{0};           // from the sky alike from everywhere, on the horizontal
  R ground_reflected_w_m2{0};  // from the ground alike from everywhere: reflectance x global horizontal
};

template <class R> struct Normal { R east{0}, north{0}, up{1}; };  // unit vector, out of the surface

struct Facing {
  double tilt_rad = 0;     // 0 looks up, pi / 2 is a wall, pi looks down
  double azimuth_rad = 0;  // the way it looks, clockwise from north: pi is south
};
inline Normal<double> normal_of(const Facing& facing) {
  const double level = vsin(facing.tilt_rad);
  return {.east = level * vsin(facing.azimuth_rad), .north = level * vcos(facing.azimuth_rad), .up = vcos(facing.tilt_rad)};
}

// Irradiance of one side of a plane that nothing shades, W/m2: beam, isotropic sky and isotropic ground (Liu and Jordan 1963).
// The beam that comes from behind counts nothing; over a step that sees the sun come round, the step's mean direction decides.
template <class R> R irradiance_w_m2(const Light<R>& light, const Normal<R>& normal) {
  const R beam = light.beam_east_w_m2 * normal.east + light.beam_north_w_m2 * normal.north + light.beam_up_w_m2 * normal.up;
  const R sky = R(0.5) * (R(1) + normal.up);
  return vmax(beam, R(0)) + light.diffuse_w_m2 * sky + light.ground_reflected_w_m2 * (R(1) - sky);
}
// On the horizontal, looking up.
template <class R> R global_horizontal_w_m2(const Light<R>& light) { return light.beam_up_w_m2 + light.diffuse_w_m2; }

}  // namespace hypocaust
