// Heat waves and cold waves of a stated return period, laid over a year of hourly weather. docs/methods/weather.md.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "models/core/schema.hpp"
#include "models/weather/spec.hpp"
#include "models/weather/weather_table.hpp"

namespace hypocaust::weather {

// Hottest and coldest hour of a year: mean over many years, and deviation from year to year.
struct Extremes {
  double hottest_c = not_given, hottest_deviation_k = not_given, coldest_c = not_given, coldest_deviation_k = not_given;
};
// Of the place of a built-in climate: ASHRAE Handbook Fundamentals, chapter 14 (London Weather Centre 2021, Stockholm Arlanda,
// Helsinki-Vantaa and Chicago O'Hare 2009, as EPW files carry them); none where no such file was at hand.
std::optional<Extremes> usual_extremes(Climate climate);

// How many standard deviations of the yearly extreme that of n > 1 years lies beyond its mean: F = -sqrt(6)/pi (gamma + ln ln(n /
// (n - 1))), Gumbel's distribution by its moments (same chapter).
double frequency_factor(double return_years);
// The hour that is reached once in `return_period` years on average: M +- F s.
double return_level_c(const Extremes& extremes, WaveKind kind, double return_period_s);

// The hour of the year of weather, 0 to 8759, that holds an instant, in the standard time of the file.
std::size_t hour_of_year(std::int64_t utc_s, std::int64_t utc_offset_s);

struct Wave {
  WaveKind kind;
  std::size_t first_hour, hours, ramp_hours;  // of the year; the ramps are within the hours
  double target_c;                            // of the hottest, or coldest, hour between the ramps
};
// Shifts the air of the wave's hours, whole between the ramps, in straight lines within them; the mass of vapour stays, up to
// saturation, and the sky's infrared follows from both. Returns the shift, K: 0 where the year has that hour already; NaN where it holds no temperature there.
double lay_over(std::span<WeatherHour> year, const Wave& wave);

}  // namespace hypocaust::weather
