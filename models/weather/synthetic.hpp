// A climate without a file: monthly normals, a daily cycle and autocorrelated noise, the same for the same seed.
#pragma once
#include <array>
#include <cstdint>

#include "models/weather/spec.hpp"
#include "models/weather/weather_table.hpp"

namespace hypocaust::weather {

// Standard deviation of daily means about the mean of their month: year + winter cos(2 pi (day - 15.5) / 365).
struct Spread {
  double year_k, winter_k;
};

struct MonthlyNormals {
  std::array<double, 12> mean_c;          // of the month
  std::array<double, 12> daily_range_k;   // mean daily maximum minus mean daily minimum
  std::array<double, 12> humidity_frac;   // mean relative humidity
  std::array<double, 12> clearness_frac;  // global radiation of the month over that outside the atmosphere, on the horizontal
  std::array<double, 12> wind_m_s;
  Spread spread;
  double latitude_deg, longitude_deg;
  std::int64_t utc_offset_s;
};
const MonthlyNormals& normals(Climate climate);

// 8,760 hours whose monthly means are the normals, exactly; docs/methods/weather.md has the equations.
// place: where the sun is looked at from; where it is not known, from the climate's own town.
WeatherYear synthetic_year(const SyntheticSpec& spec, std::uint64_t seed, const WeatherPlace& place = {});

// The calendar month (0 to 11) of an hour (0 to 8,759) of a common year.
int month_of_hour(int hour);

}  // namespace hypocaust::weather
