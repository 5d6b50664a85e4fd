#include "models/weather/weather_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/core/contracts.hpp"
#include "models/weather/ground.hpp"
#include "models/weather/humidity.hpp"

namespace hypocaust::weather {
namespace {

constexpr std::size_t year_h = 8760;
constexpr std::int64_t day_s = 86400, hour_s = 3600;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

// Days of the Gregorian calendar counted from 1 March (so that a leap day ends a year), after Fliegel and Van Flandern (1968).
int common_day_of_year(std::int64_t days_since_1970) {
  const std::int64_t since_march_0 = days_since_1970 + 719468;  // 1970-01-01 counted from 0000-03-01
  const std::int64_t era = (since_march_0 >= 0 ? since_march_0 : since_march_0 - 146096) / 146097;
  const std::int64_t day_of_era = since_march_0 - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);  // 0 to 365
  if (from_march == 365) return 58;  // 29 February stands on the 28th
  return static_cast<int>((from_march + 59) % 365);
}

WeatherTable::WeatherTable(WeatherYear year) : year_(std::move(year)) {
  EXPECT(year_.hours.size() == year_h);
  std::vector<double> known_c;
  for (WeatherHour& hour : year_.hours) {
    hour.outdoor_c += year_.warmer_k;
    if (!std::isnan(hour.outdoor_c)) known_c.push_back(hour.outdoor_c);
  }
  coldest_c_ = known_c.empty() ? not_given : *std::min_element(known_c.begin(), known_c.end());
  // A file of less than a year has no yearly wave: the ground then takes the mean of what is there.
  GroundWave wave{.mean_c = not_given, .amplitude_k = 0, .coldest_s = 0};
  if (known_c.size() == year_h) wave = ground_wave(known_c);
  else if (!known_c.empty()) wave.mean_c = ground_wave(known_c).mean_c;
  points_.resize(year_h);
  for (std::size_t k = 0; k < year_h; ++k) {
    const WeatherHour& hour = year_.hours[k];
    const double wet_c = std::isnan(hour.outdoor_c) ? not_given
                                                    : wet_bulb_c({.t_c = hour.outdoor_c,
                                                                  .relative_humidity_frac = hour.relative_humidity_frac,
                                                                  .pressure_pa = hour.pressure_pa});
    const double below_c =
        std::isnan(year_.ground_c)
            ? ground_temperature_c(wave, {.depth_m = year_.ground_depth_m, .into_year_s = static_cast<double>(k) * 3600.0})
            : year_.ground_c;
    points_[k] = {.outdoor_c = hour.outdoor_c, .wet_bulb_c = wet_c, .ground_c = below_c};
  }
}

WeatherStep WeatherTable::mean(std::int64_t from_s, std::int64_t to_s) const {
  EXPECT(to_s > from_s);
  WeatherStep sum{.outdoor_c = 0, .wet_bulb_c = 0, .ground_c = 0};
  std::int64_t at_s = from_s + year_.utc_offset_s;
  const std::int64_t end_s = to_s + year_.utc_offset_s;
  while (at_s < end_s) {  // over an hour the weather is a straight line: its mean is its value at the middle
    const std::int64_t hour = floor_div(at_s, hour_s), next_s = std::min(end_s, (hour + 1) * hour_s);
    const std::int64_t day = floor_div(at_s, day_s);
    const std::size_t right = static_cast<std::size_t>(common_day_of_year(day) * 24 + (hour - day * 24));
    const std::size_t left = right == 0 ? year_h - 1 : right - 1;
    const double middle = (0.5 * static_cast<double>((at_s - hour * hour_s) + (next_s - hour * hour_s))) / 3600.0;
    const double weight = static_cast<double>(next_s - at_s);
    const WeatherStep &a = points_[left], &b = points_[right];
    sum.outdoor_c += weight * (a.outdoor_c + middle * (b.outdoor_c - a.outdoor_c));
    sum.wet_bulb_c += weight * (a.wet_bulb_c + middle * (b.wet_bulb_c - a.wet_bulb_c));
    sum.ground_c += weight * (a.ground_c + middle * (b.ground_c - a.ground_c));
    at_s = next_s;
  }
  const double span = static_cast<double>(to_s - from_s);
  return {.outdoor_c = sum.outdoor_c / span, .wet_bulb_c = sum.wet_bulb_c / span, .ground_c = sum.ground_c / span};
}

}  // namespace hypocaust::weather
