#include "sim/input/weather.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/core/errors.hpp"
#include "models/weather/spec.hpp"
#include "models/weather/synthetic.hpp"
#include "sim/input/epw.hpp"
#include "sim/input/series.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t year_h = 8760;
constexpr std::int64_t hour_s = 3600, year_s = 365 * 86400;

weather::WeatherPlace place_of(const WeatherRequest& request) {  // the year of the middle of the run lends its sun
  return {.latitude_rad = request.latitude_rad,
          .longitude_rad = request.longitude_rad,
          .ground_reflectance_frac = request.ground_reflectance_frac,
          .sun_utc_s = request.start_utc_s + (request.end_utc_s - request.start_utc_s) / 2};
}

weather::WeatherYear epw_year(const weather::EpwSpec& spec, const WeatherRequest& request) {
  EpwFile file = read_epw(spec.file.path);
  weather::WeatherYear year{.hours = std::move(file.hours),
                            .utc_offset_s = file.utc_offset_s,
                            .ground_depth_m = spec.ground_depth_m,
                            .warmer_k = spec.warmer_k,
                            .place = place_of(request)};
  if (std::isnan(request.latitude_rad)) year.place.latitude_rad = file.latitude_rad;
  if (std::isnan(request.longitude_rad)) year.place.longitude_rad = file.longitude_rad;
  if (file.filled > 0)
    year.notes.push_back(spec.file.path + ": " + std::to_string(file.filled) + " missing values filled by straight lines");
  if (file.leap_rows_dropped > 0) year.notes.push_back(spec.file.path + ": 29 February left out (it is read as the 28th)");
  return year;
}

weather::WeatherYear constant_year(const weather::ConstantSpec& spec, double ground_reflectance_frac) {
  const weather::WeatherHour hour{
      .outdoor_c = spec.outdoor_c, .relative_humidity_frac = spec.humidity_frac, .wind_m_s = spec.wind_m_s};
  return {.hours = std::vector<weather::WeatherHour>(year_h, hour),
          .ground_c = spec.ground_c,
          .sky_light_w_m2 = spec.sky_light_w_m2,
          .place = {.ground_reflectance_frac = ground_reflectance_frac}};
}

Series column(const weather::CsvSpec& spec, const std::string& heading, const std::string& unit) {
  return Series("weather", read_column({.path = spec.file.path, .column = heading, .unit = unit, .time_zone = spec.time_zone}),
                {.between = Between::interpolate});
}

// The file is read at the hours of one year: the run itself where the file reaches over it, else the file's first year.
weather::WeatherYear csv_year(const weather::CsvSpec& spec, const WeatherRequest& request) {
  const Series outdoor = column(spec, spec.outdoor, spec.outdoor_unit);
  std::optional<Series> humidity;
  if (!spec.humidity.empty()) humidity.emplace(column(spec, spec.humidity, spec.humidity_unit));
  const bool over_run = outdoor.begin_s() <= request.start_utc_s && outdoor.end_s() >= request.end_utc_s;
  if (!over_run && outdoor.end_s() - outdoor.begin_s() < year_s) outdoor.require(request.start_utc_s, request.end_utc_s);
  // One hour more at either end: steps at the edge of the run lie between two points.
  const std::int64_t from_s =
      (over_run ? std::max(outdoor.begin_s(), request.start_utc_s - hour_s) : outdoor.begin_s()) + hour_s - 1;
  const std::int64_t to_s = std::min(outdoor.end_s() - 1, from_s + 366 * 86400);
  weather::WeatherYear year{
      .hours = std::vector<weather::WeatherHour>(year_h), .ground_depth_m = spec.ground_depth_m, .warmer_k = spec.warmer_k};
  std::vector<bool> known(year_h, false);
  for (std::int64_t at_s = from_s / hour_s * hour_s; at_s <= to_s; at_s += hour_s) {
    const std::int64_t before_s = at_s - hour_s;  // point k is at the end of hour k
    const std::int64_t day = before_s / 86400;
    const auto k = static_cast<std::size_t>(weather::common_day_of_year(day) * 24 + (before_s - day * 86400) / hour_s);
    if (known[k]) continue;  // the year has come round, or it is 29 February
    known[k] = true;
    weather::WeatherHour& hour = year.hours[k];
    hour.outdoor_c = outdoor.at(at_s);
    hour.relative_humidity_frac = humidity ? std::clamp(humidity->at(at_s), 0.0, 1.0) : spec.humidity_frac;
    if (hour.outdoor_c < -70.0 || hour.outdoor_c > 70.0)
      throw UserError(
          spec.file.path + ": error: column `" + spec.outdoor + "`: " + std::to_string(hour.outdoor_c) +
          " degC is out of range (-70 to 70: a missing-value code, or another unit?); correct the file or weather.outdoor_unit");
  }
  return year;
}

}  // namespace

weather::WeatherTable load_weather(const Typed& weather, const WeatherRequest& request) {
  if (const auto* spec = weather.as<weather::SyntheticSpec>())
    return weather::WeatherTable(weather::synthetic_year(*spec, request.seed, place_of(request)));
  if (const auto* spec = weather.as<weather::EpwSpec>()) return weather::WeatherTable(epw_year(*spec, request));
  if (const auto* spec = weather.as<weather::CsvSpec>()) return weather::WeatherTable(csv_year(*spec, request));
  if (const auto* spec = weather.as<weather::ConstantSpec>())
    return weather::WeatherTable(constant_year(*spec, request.ground_reflectance_frac));
  if (!weather.schema()) return weather::WeatherTable({.hours = std::vector<weather::WeatherHour>(year_h)});
  throw InternalError("weather of a type without a reader");
}

}  // namespace hypocaust::input
