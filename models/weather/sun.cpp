#include "models/weather/sun.hpp"

namespace hypocaust::weather {

Sun sun_at(const SunQuestion& question) {
  const double day = (question.utc_s - 946728000.0) / 86400.0;  // since 2000-01-01 12:00
  const double node = 2.267127827 - 9.300339267e-4 * day;
  const double mean_longitude = 4.895036035 + 1.720279602e-2 * day, anomaly = 6.239468336 + 1.720200135e-2 * day;
  const double longitude = mean_longitude + 3.338320972e-2 * vsin(anomaly) + 3.497596876e-4 * vsin(2.0 * anomaly) -
                           1.544353226e-4 - 8.689729360e-6 * vsin(node);
  const double obliquity = 4.090904909e-1 - 6.213605399e-9 * day + 4.418094944e-5 * vcos(node);
  const double right_ascension = vatan2(vcos(obliquity) * vsin(longitude), vcos(longitude));
  const double sine = vsin(obliquity) * vsin(longitude);
  const double hour = (day + 0.5 - vfloor(day + 0.5)) * 24.0;
  const double sidereal = (6.697096103 + 6.570984737e-2 * day + hour) * pi / 12.0 + question.longitude_rad;
  const double turn = sidereal - right_ascension;
  const double distance_factor = 1.0 + 0.0334 * vcos(anomaly);  // (mean distance / distance) squared, eccentricity 0.0167
  return {.declination_rad = vatan2(sine, vsqrt(1.0 - sine * sine)),
          .hour_angle_rad = turn - 2.0 * pi * vfloor(turn / (2.0 * pi) + 0.5),
          .extraterrestrial_w_m2 = solar_constant_w_m2 * distance_factor};
}

Normal<double> direction_of(const Sun& sun, double latitude_rad) {
  const double level = vcos(sun.declination_rad), pole = vsin(sun.declination_rad);
  const double south = level * vcos(sun.hour_angle_rad);
  return {.east = -level * vsin(sun.hour_angle_rad),
          .north = pole * vcos(latitude_rad) - south * vsin(latitude_rad),
          .up = pole * vsin(latitude_rad) + south * vcos(latitude_rad)};
}

}  // namespace hypocaust::weather
