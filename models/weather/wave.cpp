#include "models/weather/wave.hpp"

#include "models/core/math.hpp"
#include "models/core/moist_air.hpp"

namespace hypocaust::weather {
namespace {

constexpr double year_s = 365.0 * 86400.0;
constexpr double gumbel_mean_factor = 0.5772156649015329, gumbel_spread_factor = 0.7796968012336761;

double share(std::size_t hour, const Wave& wave) {  // of the shift, at half past
  const double past = static_cast<double>(hour) + 0.5, left = static_cast<double>(wave.hours) - past;
  const double ramp = static_cast<double>(wave.ramp_hours);
  return ramp > 0 ? vmin(1.0, vmin(past, left) / ramp) : 1.0;
}

}  // namespace

std::optional<Extremes> usual_extremes(Climate climate) {
  switch (climate) {
    case Climate::london:
      return Extremes{.hottest_c = 32.8, .hottest_deviation_k = 1.7, .coldest_c = -3.1, .coldest_deviation_k = 1.1};
    case Climate::stockholm:
      return Extremes{.hottest_c = 29.3, .hottest_deviation_k = 2.1, .coldest_c = -19.5, .coldest_deviation_k = 4.5};
    case Climate::chicago:
      return Extremes{.hottest_c = 35.9, .hottest_deviation_k = 1.9, .coldest_c = -23.7, .coldest_deviation_k = 4.5};
    case Climate::helsinki:
      return Extremes{.hottest_c = 28.9, .hottest_deviation_k = 1.6, .coldest_c = -25.1, .coldest_deviation_k = 4.4};
    default:
      return {};
  }
}

double frequency_factor(double return_years) {
  return -gumbel_spread_factor * (gumbel_mean_factor + vlog(vlog(return_years / (return_years - 1.0))));
}

double return_level_c(const Extremes& e, WaveKind kind, double return_period_s) {
  const double factor = frequency_factor(return_period_s / year_s);
  return kind == WaveKind::heat_wave ? e.hottest_c + factor * e.hottest_deviation_k
                                     : e.coldest_c - factor * e.coldest_deviation_k;
}

std::size_t hour_of_year(std::int64_t utc_s, std::int64_t utc_offset_s) {
  constexpr std::int64_t hour_s = 3600, day_s = 86400;
  const std::int64_t local_s = utc_s + utc_offset_s, day = (local_s - (local_s % day_s + day_s) % day_s) / day_s;
  return static_cast<std::size_t>(common_day_of_year(day) * 24 + (local_s - day * day_s) / hour_s);
}

double lay_over(std::span<WeatherHour> year, const Wave& wave) {
  const auto at = [&](std::size_t hour) -> WeatherHour& { return year[(wave.first_hour + hour) % year.size()]; };
  const double sign = wave.kind == WaveKind::heat_wave ? 1.0 : -1.0;
  double reached_c = not_given;
  for (std::size_t h = wave.ramp_hours; h + wave.ramp_hours < wave.hours; ++h) {
    const double air_c = at(h).outdoor_c;
    if (!(sign * air_c <= sign * reached_c)) reached_c = air_c == air_c ? air_c : reached_c;
  }
  if (reached_c != reached_c) return not_given;
  const double shift_k = sign * vmax(0.0, sign * (wave.target_c - reached_c));
  for (std::size_t h = 0; h < wave.hours; ++h) {
    WeatherHour& hour = at(h);
    if (hour.outdoor_c != hour.outdoor_c) continue;
    const double before_pa = saturation_pressure_pa(hour.outdoor_c);
    hour.outdoor_c += shift_k * share(h, wave);
    const double vapour_frac = hour.relative_humidity_frac * before_pa / saturation_pressure_pa(hour.outdoor_c);
    hour.relative_humidity_frac = vapour_frac > 1.0 ? 1.0 : vapour_frac;  // where it is not known, it stays so
    hour.sky_infrared_w_m2 = not_given;
  }
  return shift_k;
}

}  // namespace hypocaust::weather
