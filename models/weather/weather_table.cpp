#include "models/weather/weather_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/core/contracts.hpp"
#include "models/weather/ground.hpp"
#include "models/weather/humidity.hpp"
#include "models/weather/sky.hpp"

namespace hypocaust::weather {
namespace {

constexpr std::size_t year_h = 8760;
constexpr std::int64_t day_s = 86400, hour_s = 3600, half_hour_s = 1800;

constexpr std::int64_t era_d = 146097, march_0_d = 719468;  // 400 years; from 0000-03-01 to 1970-01-01

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t march_year_of_era(std::int64_t day_of_era) {
  return (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
}

void add_light(Light<double>& sum, const Light<double>& light, double weight) {
  sum.beam_east_w_m2 += weight * light.beam_east_w_m2, sum.beam_north_w_m2 += weight * light.beam_north_w_m2;
  sum.beam_up_w_m2 += weight * light.beam_up_w_m2, sum.diffuse_w_m2 += weight * light.diffuse_w_m2;
  sum.ground_reflected_w_m2 += weight * light.ground_reflected_w_m2;
}

}  // namespace

// Days of the Gregorian calendar counted from 1 March (so that a leap day ends a year), after Fliegel and Van Flandern (1968).
int common_day_of_year(std::int64_t days_since_1970) {
  const std::int64_t since_march_0 = days_since_1970 + march_0_d;
  const std::int64_t day_of_era = since_march_0 - floor_div(since_march_0, era_d) * era_d;
  const std::int64_t year_of_era = march_year_of_era(day_of_era);
  const std::int64_t from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);  // 0 to 365
  if (from_march == 365) return 58;  // 29 February stands on the 28th
  return static_cast<int>((from_march + 59) % 365);
}

CalendarYear calendar_year(std::int64_t utc_s, std::int64_t utc_offset_s) {
  const std::int64_t since_march_0 = floor_div(utc_s + utc_offset_s, day_s) + march_0_d, era = floor_div(since_march_0, era_d);
  const std::int64_t year_of_era = march_year_of_era(since_march_0 - era * era_d);
  const std::int64_t first_d = 365 * year_of_era + year_of_era / 4 - year_of_era / 100;  // 1 March
  // The days of January and February belong to the March year before: its days from 306 on.
  const std::int64_t year = era * 400 + year_of_era + (since_march_0 - era * era_d - first_d >= 306 ? 1 : 0);
  const std::int64_t before = year - 1, before_era = floor_div(before, 400), rest = before - before_era * 400;
  const std::int64_t january_d = before_era * era_d + 365 * rest + rest / 4 - rest / 100 + 306 - march_0_d;
  return {.start_utc_s = january_d * day_s - utc_offset_s, .leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)};
}

WeatherTable::WeatherTable(WeatherYear year) : year_(std::move(year)) {
  EXPECT(year_.hours.size() == year_h);
  std::vector<double> known_c;
  for (WeatherHour& hour : year_.hours) {
    hour.outdoor_c += year_.warmer_k;
    if (!std::isnan(hour.outdoor_c)) known_c.push_back(hour.outdoor_c);
  }
  coldest_c_ = known_c.empty() ? not_given : *std::min_element(known_c.begin(), known_c.end());
  year_.warmer_k = 0;
  // A file of less than a year has no yearly wave: the ground then takes the mean of what is there.
  GroundWave wave{.mean_c = not_given, .amplitude_k = 0, .coldest_s = 0};
  if (known_c.size() == year_h) wave = ground_wave(known_c);
  else if (!known_c.empty()) wave.mean_c = ground_wave(known_c).mean_c;
  std::vector<Point> means(year_h);
  for (std::size_t k = 0; k < year_h; ++k)
    means[k] = point(year_.hours[k], std::isnan(year_.ground_c)
                                         ? ground_temperature_c(wave, {.depth_m = year_.ground_depth_m,
                                                                       .into_year_s = (static_cast<double>(k) + 0.5) * 3600.0})
                                         : year_.ground_c);
  set_knots(means);
  const bool lit = std::any_of(year_.hours.begin(), year_.hours.end(), [](const WeatherHour& hour) {
    return hour.direct_normal_w_m2 > 0.0 || hour.diffuse_horizontal_w_m2 > 0.0;
  });
  if (!lit || std::isnan(year_.place.latitude_rad) || std::isnan(year_.place.longitude_rad)) return;
  const CalendarYear calendar = calendar_year(year_.place.sun_utc_s, year_.utc_offset_s);
  sun_ = SunHours(year_.hours, {.latitude_rad = year_.place.latitude_rad,
                                .longitude_rad = year_.place.longitude_rad,
                                .ground_reflectance_frac = year_.place.ground_reflectance_frac,
                                .first_hour_utc_s = calendar.start_utc_s,
                                .leap = calendar.leap});
}

WeatherTable::Point WeatherTable::point(const WeatherHour& hour, double below_c) const {
  const MoistAir air{
      .t_c = hour.outdoor_c, .relative_humidity_frac = hour.relative_humidity_frac, .pressure_pa = hour.pressure_pa};
  const bool known = !std::isnan(hour.outdoor_c);
  // The formulas of the dew point begin at 1 Pa: drier air radiates as if it had that.
  const double least_frac = known ? 1.0 / saturation_pressure_pa(air.t_c) : 0.0;
  const double sky_c = hour.sky_infrared_w_m2 > 0.0
                           ? sky_temperature_from_c(hour.sky_infrared_w_m2)
                           : sky_temperature_c({.t_c = air.t_c,
                                                .relative_humidity_frac = std::max(air.relative_humidity_frac, least_frac),
                                                .cloud_frac = std::isnan(hour.cloud_frac) ? usual_cloud_frac : hour.cloud_frac});
  return {.outdoor_c = air.t_c,
          .wet_bulb_c = known ? wet_bulb_c(air) : not_given,
          .ground_c = below_c,
          .humidity_ratio_kg_kg = known ? humidity_ratio_kg_kg(air) : not_given,
          .wind_m_s = std::isnan(hour.wind_m_s) ? usual_wind_m_s : hour.wind_m_s,
          .sky_c = known ? sky_c : not_given};
}

// Quantities that cannot be negative have their edges held below twice the smaller neighbour, so that half past is not negative.
void WeatherTable::set_knots(const std::vector<Point>& means) {
  const auto known = [](double value, double instead) { return std::isnan(value) ? instead : value; };
  knots_.resize(2 * year_h);
  for (double Point::*member :
       {&Point::outdoor_c, &Point::wet_bulb_c, &Point::ground_c, &Point::humidity_ratio_kg_kg, &Point::wind_m_s, &Point::sky_c}) {
    const bool positive = member == &Point::humidity_ratio_kg_kg || member == &Point::wind_m_s;
    for (std::size_t k = 0; k < year_h; ++k) {
      const double here = means[k].*member, before = known(means[(k + year_h - 1) % year_h].*member, here);
      const double edge = 0.5 * (before + known(here, before));
      knots_[2 * k].*member = positive ? std::min(edge, 2.0 * std::min(before, known(here, before))) : edge;
    }
    for (std::size_t k = 0; k < year_h; ++k)
      knots_[2 * k + 1].*member =
          2.0 * means[k].*member - 0.5 * (knots_[2 * k].*member + knots_[(2 * k + 2) % (2 * year_h)].*member);
  }
}

WeatherStep WeatherTable::mean(std::int64_t from_s, std::int64_t to_s) const {
  EXPECT(to_s > from_s);
  WeatherStep sum{.outdoor_c = 0, .wet_bulb_c = 0, .ground_c = 0};
  std::int64_t at_s = from_s + year_.utc_offset_s;
  const std::int64_t end_s = to_s + year_.utc_offset_s;
  const double span_s = static_cast<double>(to_s - from_s);
  while (at_s < end_s) {  // over half an hour the weather is a straight line: its mean is its value at the middle
    const std::int64_t half = floor_div(at_s, half_hour_s), next_s = std::min(end_s, (half + 1) * half_hour_s);
    const std::int64_t hour = floor_div(half, 2), day = floor_div(at_s, day_s);
    const std::size_t k = static_cast<std::size_t>(common_day_of_year(day) * 24 + (hour - day * 24));
    const std::size_t left = 2 * k + static_cast<std::size_t>(half - 2 * hour);
    const double middle = static_cast<double>(at_s + next_s - 2 * half * half_hour_s) / static_cast<double>(2 * half_hour_s);
    const double weight = static_cast<double>(next_s - at_s) / span_s;
    const Point &a = knots_[left], &b = knots_[left + 1 < knots_.size() ? left + 1 : 0];
    const auto add = [&](double& total, double from, double to) { total += weight * (from + middle * (to - from)); };
    add(sum.outdoor_c, a.outdoor_c, b.outdoor_c), add(sum.wet_bulb_c, a.wet_bulb_c, b.wet_bulb_c);
    add(sum.ground_c, a.ground_c, b.ground_c), add(sum.sky_c, a.sky_c, b.sky_c), add(sum.wind_m_s, a.wind_m_s, b.wind_m_s);
    add(sum.humidity_ratio_kg_kg, a.humidity_ratio_kg_kg, b.humidity_ratio_kg_kg);
    if (!sun_.empty())
      add_light(sum.light,
                sun_.mean(k, {.from_s = static_cast<double>(at_s - hour * hour_s),
                              .to_s = static_cast<double>(next_s - hour * hour_s)}),
                weight);
    at_s = next_s;
  }
  sum.light.diffuse_w_m2 += year_.sky_light_w_m2;
  sum.light.ground_reflected_w_m2 += year_.place.ground_reflectance_frac * year_.sky_light_w_m2;
  return sum;
}

}  // namespace hypocaust::weather
