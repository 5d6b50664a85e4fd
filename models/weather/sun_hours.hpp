// Hourly means of direct and diffuse radiation, spread within their hours along the course of the sun.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/core/light.hpp"
#include "models/weather/sun.hpp"

namespace hypocaust::weather {

struct WeatherHour;

struct SunSite {
  double latitude_rad, longitude_rad;
  double ground_reflectance_frac = 0.2;
  std::int64_t first_hour_utc_s = 0;  // start of hour 0 in the year whose sun is taken
  bool leap = false;                  // that year has a 29 February, which is left out
};

// The arcs of a day on which something is lit: while the hour angle is within +-reach, by base + swing cos(hour angle).
struct LitArc {
  double base, swing, reach_rad;
  static LitArc of(double base, double swing);
  double turns_rad(double hour_angle_rad) const;     // lit angle from solar noon of day 0 to there; any hour angle, increasing
  double integral_rad(double hour_angle_rad) const;  // of base + swing cos over that
};

// The sun over one hour of the year, with its declination at the middle of the hour.
struct SunHour {
  double start_rad, sine, cosine;  // hour angle; sine and cosine of the declination
  double extraterrestrial_w_m2;    // normal to the beam
  LitArc sun;                      // sine of the sun's height, while it is up
  double up_frac, sine_of_height;  // share of the hour that the sun is up; mean over the hour, 0 while it is down
};
SunHour sun_hour(const SunSite& site, std::size_t hour);
inline constexpr double hour_rad = 2.0 * pi / 24.0;

// Keeps the hour's means exactly, whatever the steps: direct normal radiation is the same all the time that the sun is up; diffuse
// goes as the sine of the sun's height plus that of 6 degrees (civil twilight), while that is positive.
class SunHours {
 public:
  SunHours() = default;  // no sun
  // hours: of one common year; radiation that is not known (NaN) is none.
  SunHours(const std::vector<WeatherHour>& hours, const SunSite& site);

  struct Part {
    double from_s, to_s;
  };  // seconds of the hour, to_s > from_s
  // Mean over a part of an hour: the beam is the mean vector of the part that is lit.
  Light<double> mean(std::size_t hour, const Part& part) const;
  bool empty() const { return hours_.empty(); }
  // Direct radiation that the file has while the sun is down, or above what reaches the atmosphere, J/m2: left out.
  double dropped_j_m2() const { return dropped_j_m2_; }

 private:
  struct Hour {
    double start_rad, sine, cosine;  // as in SunHour
    LitArc sun, sky;
    double direct_w_m2;       // normal, while the sun is up
    double circumsolar_frac;  // of the diffuse
    double diffuse_w_m2;      // per unit of the sky's shape; without a shape: alike over the hour
    bool twilight;
  };
  std::vector<Hour> hours_;
  double sine_latitude_ = 0, cosine_latitude_ = 1, ground_reflectance_frac_ = 0, dropped_j_m2_ = 0;
};

}  // namespace hypocaust::weather
