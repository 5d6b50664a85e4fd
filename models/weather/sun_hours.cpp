#include "models/weather/sun_hours.hpp"

#include <cmath>

#include "models/core/contracts.hpp"
#include "models/weather/weather_table.hpp"

namespace hypocaust::weather {
namespace {

constexpr std::size_t first_of_march_h = 59 * 24;
constexpr double hour_s = 3600.0, rad_s = hour_rad / hour_s;
constexpr double twilight_sine = 0.10452846326765346;  // of 6 degrees
constexpr double lowest_sine =
    0.08715574274765817;  // of 5 degrees: below, the circumsolar part is taken as if the sun stood there

double known(double value_w_m2) { return value_w_m2 > 0.0 ? value_w_m2 : 0.0; }  // NaN is none

}  // namespace

LitArc LitArc::of(double base, double swing) {
  const double cosine = swing > 0.0 ? clamp(-base / swing, -1.0, 1.0) : (base > 0.0 ? -1.0 : 1.0);
  return {.base = base, .swing = swing, .reach_rad = vatan2(vsqrt(1.0 - cosine * cosine), cosine)};
}

double LitArc::turns_rad(double hour_angle_rad) const {
  const double day = vfloor(hour_angle_rad / (2.0 * pi) + 0.5), within = hour_angle_rad - 2.0 * pi * day;
  return 2.0 * reach_rad * day + clamp(within, -reach_rad, reach_rad);
}

double LitArc::integral_rad(double hour_angle_rad) const {
  const double day = vfloor(hour_angle_rad / (2.0 * pi) + 0.5);
  const double within = clamp(hour_angle_rad - 2.0 * pi * day, -reach_rad, reach_rad);
  return base * (2.0 * reach_rad * day + within) + swing * (2.0 * vsin(reach_rad) * day + vsin(within));
}

SunHour sun_hour(const SunSite& site, std::size_t hour) {
  const std::size_t into_year = hour + (site.leap && hour >= first_of_march_h ? 24 : 0);
  const double middle_s = (static_cast<double>(into_year) + 0.5) * hour_s;
  const Sun now = sun_at({.utc_s = static_cast<double>(site.first_hour_utc_s) + middle_s, .longitude_rad = site.longitude_rad});
  const double sine = vsin(now.declination_rad), cosine = vcos(now.declination_rad);
  const LitArc sun = LitArc::of(sine * vsin(site.latitude_rad), cosine * vcos(site.latitude_rad));
  const double start_rad = now.hour_angle_rad - 0.5 * hour_rad, end_rad = start_rad + hour_rad;
  return {.start_rad = start_rad,
          .sine = sine,
          .cosine = cosine,
          .extraterrestrial_w_m2 = now.extraterrestrial_w_m2,
          .sun = sun,
          .up_frac = (sun.turns_rad(end_rad) - sun.turns_rad(start_rad)) / hour_rad,
          .sine_of_height = (sun.integral_rad(end_rad) - sun.integral_rad(start_rad)) / hour_rad};
}

SunHours::SunHours(const std::vector<WeatherHour>& hours, const SunSite& site)
    : hours_(hours.size()),
      sine_latitude_(vsin(site.latitude_rad)),
      cosine_latitude_(vcos(site.latitude_rad)),
      ground_reflectance_frac_(site.ground_reflectance_frac) {
  for (std::size_t k = 0; k < hours.size(); ++k) {
    const SunHour course = sun_hour(site, k);
    Hour& hour = hours_[k];
    hour = {.start_rad = course.start_rad,
            .sine = course.sine,
            .cosine = course.cosine,
            .sun = course.sun,
            .sky = LitArc::of(course.sun.base + twilight_sine, course.sun.swing),
            .direct_w_m2 = 0,
            .circumsolar_frac = 0,
            .diffuse_w_m2 = known(hours[k].diffuse_horizontal_w_m2),
            .twilight = false};
    const double direct_w_m2 = known(hours[k].direct_normal_w_m2);
    if (course.up_frac > 0.0) hour.direct_w_m2 = vmin(direct_w_m2 / course.up_frac, course.extraterrestrial_w_m2);
    dropped_j_m2_ += (direct_w_m2 - hour.direct_w_m2 * course.up_frac) * hour_s;
    // Hay and Davies (1980): the share of the diffuse that comes from around the sun is the transmittance of the beam.
    hour.circumsolar_frac = hour.direct_w_m2 / course.extraterrestrial_w_m2;
    const double end_rad = hour.start_rad + hour_rad;
    const double shape = (hour.sky.integral_rad(end_rad) - hour.sky.integral_rad(hour.start_rad)) / hour_rad;
    hour.twilight = shape > 1e-4;
    if (hour.twilight) hour.diffuse_w_m2 /= shape;
  }
}

Light<double> SunHours::mean(std::size_t k, const Part& part) const {
  EXPECT(k < hours_.size() && part.to_s > part.from_s);
  const Hour& hour = hours_[k];
  Light<double> light;
  if (hour.diffuse_w_m2 <= 0.0 && hour.direct_w_m2 <= 0.0) return light;
  const double from_rad = hour.start_rad + part.from_s * rad_s, to_rad = hour.start_rad + part.to_s * rad_s;
  const double length_rad = to_rad - from_rad;
  light.diffuse_w_m2 = hour.diffuse_w_m2;
  if (hour.twilight) light.diffuse_w_m2 *= (hour.sky.integral_rad(to_rad) - hour.sky.integral_rad(from_rad)) / length_rad;
  const double up_rad = hour.sun.turns_rad(to_rad) - hour.sun.turns_rad(from_rad);
  if (up_rad > 0.0 && hour.direct_w_m2 > 0.0) {
    // The middle of what is lit: the step's own, but where the sun rises or sets within it.
    double middle_rad = 0.5 * (from_rad + to_rad);
    if (up_rad < length_rad) {
      const double day_rad = 2.0 * pi * vfloor(middle_rad / (2.0 * pi) + 0.5);
      middle_rad = 0.5 * (clamp(from_rad, day_rad - hour.sun.reach_rad, day_rad + hour.sun.reach_rad) +
                          clamp(to_rad, day_rad - hour.sun.reach_rad, day_rad + hour.sun.reach_rad));
    }
    // Means of cosine and sine over the lit part are those of its middle times sin(half) / half; half is below 0.14.
    const double half = 0.5 * up_rad, flatter = 1.0 - half * half / 6.0 * (1.0 - half * half / 20.0);
    const double cosine = flatter * vcos(middle_rad), south = hour.cosine * cosine;
    const double up = hour.sun.base + hour.sun.swing * cosine;
    const double circumsolar_w_m2 = light.diffuse_w_m2 * hour.circumsolar_frac / vmax(up, lowest_sine);  // normal to the beam
    const double beam_w_m2 = hour.direct_w_m2 * up_rad / length_rad + circumsolar_w_m2;
    light.beam_east_w_m2 = -beam_w_m2 * hour.cosine * flatter * vsin(middle_rad);
    light.beam_north_w_m2 = beam_w_m2 * (hour.sine * cosine_latitude_ - south * sine_latitude_);
    light.beam_up_w_m2 = beam_w_m2 * up;
    light.diffuse_w_m2 -= circumsolar_w_m2 * up;
  }
  light.ground_reflected_w_m2 = ground_reflectance_frac_ * global_horizontal_w_m2(light);
  return light;
}

}  // namespace hypocaust::weather
