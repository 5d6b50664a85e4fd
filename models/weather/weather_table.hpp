// A year of weather at hourly points, asked for means over any interval of UTC.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/core/schema.hpp"
#include "models/weather/sun_hours.hpp"

namespace hypocaust::weather {

struct WeatherHour {  // means over an hour; NaN: not known
  double outdoor_c = not_given, relative_humidity_frac = not_given, pressure_pa = 101325.0, wind_m_s = not_given;
  double sky_infrared_w_m2 = not_given, cloud_frac = not_given;  // horizontal infrared radiation from the sky; opaque cover
  double direct_normal_w_m2 = not_given, diffuse_horizontal_w_m2 = not_given;
};

struct WeatherStep {  // means over a step
  double outdoor_c, wet_bulb_c, ground_c;
  double humidity_ratio_kg_kg = 0, wind_m_s = 0, sky_c = 0;  // of the outdoor air; black sky of the same long-wave radiation
  Light<double> light;
};

struct WeatherPlace {  // where the sun is looked at from; NaN: not known, and no sun
  double latitude_rad = not_given, longitude_rad = not_given;
  double ground_reflectance_frac = 0.2;  // Liu and Jordan (1963): ground without snow
  std::int64_t sun_utc_s = 0;            // an instant of the year whose sun is taken
};

struct WeatherYear {
  std::vector<WeatherHour> hours;  // 8,760 of a common year of local standard time
  std::int64_t utc_offset_s = 0;   // local standard time minus UTC
  double ground_depth_m = 1.0;     // >= 0
  double ground_c = not_given;     // given: the same all year; else Kusuda and Achenbach from the air
  double warmer_k = 0.0;           // added to the air; relative humidity stays
  double sky_light_w_m2 = 0.0;     // all the time from the whole sky, beside what the hours say
  WeatherPlace place;
  std::vector<std::string> notes;  // what was filled or dropped, for the log
};

inline constexpr double usual_wind_m_s = 4.0;    // where nobody measured: ISO 6946 (2017), annex C
inline constexpr double usual_cloud_frac = 0.5;  // for the sky's long-wave radiation, where nobody measured

// Each hour keeps its means. Within it, air, ground and sky run in two straight lines: from the mean of its own and the hour before
// at its start, over the value at half past that gives the hour's mean, to the mean with the hour after; the year closes on itself.
// Half past overshoots the hour's mean by at most a quarter of the two steps to its neighbours. Every year is this year: an instant is looked up by its calendar position, 29 February being read as the 28th.
class WeatherTable {
 public:
  explicit WeatherTable(WeatherYear year);
  // Exact mean over [from_s, to_s), POSIX seconds, to_s > from_s. Constant time for steps up to an hour. An hour that is
  // not known (a file of less than a year) gives NaN.
  WeatherStep mean(std::int64_t from_s, std::int64_t to_s) const;
  const WeatherYear& year() const { return year_; }  // warmer_k is in its hours
  const std::vector<WeatherHour>& hours() const { return year_.hours; }
  const std::vector<std::string>& notes() const { return year_.notes; }
  double coldest_c() const { return coldest_c_; }
  bool has_sun() const { return !sun_.empty(); }

 private:
  struct Point {
    double outdoor_c, wet_bulb_c, ground_c, humidity_ratio_kg_kg, wind_m_s, sky_c;
  };
  Point point(const WeatherHour& hour, double below_c) const;
  WeatherYear year_;
  void set_knots(const std::vector<Point>& means);
  std::vector<Point> knots_;  // two an hour: at its start and at half past
  SunHours sun_;
  double coldest_c_ = 0;
};

// Start of the hours of the calendar year (of the clock utc + offset) that holds an instant; whether it has a 29 February.
struct CalendarYear {
  std::int64_t start_utc_s;
  bool leap;
};
CalendarYear calendar_year(std::int64_t utc_s, std::int64_t utc_offset_s);

// Day of a common year (0 to 364) of a day counted from 1970-01-01; 29 February is the 28th.
int common_day_of_year(std::int64_t days_since_1970);

}  // namespace hypocaust::weather
