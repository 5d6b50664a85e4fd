#include "sim/input/weather.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "models/core/errors.hpp"
#include "models/weather/spec.hpp"
#include "models/weather/synthetic.hpp"
#include "models/weather/synthetic_sun.hpp"
#include "models/weather/wave.hpp"
#include "sim/input/series.hpp"
#include "sim/input/weather_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t year_h = 8760;
constexpr std::int64_t hour_s = 3600, day_s = 86400, year_s = 365 * day_s;

weather::WeatherPlace place_of(const WeatherRequest& request) {  // the year of the middle of the run lends its sun
  return {.latitude_rad = request.latitude_rad,
          .longitude_rad = request.longitude_rad,
          .ground_reflectance_frac = request.ground_reflectance_frac,
          .sun_utc_s = request.start_utc_s + (request.end_utc_s - request.start_utc_s) / 2};
}

weather::WeatherYear file_year(WeatherFile file, const std::string& path, weather::WeatherYear year,
                               const WeatherRequest& request) {
  year.hours = std::move(file.hours), year.utc_offset_s = file.utc_offset_s, year.place = place_of(request);
  if (std::isnan(request.latitude_rad)) year.place.latitude_rad = file.latitude_rad;
  if (std::isnan(request.longitude_rad)) year.place.longitude_rad = file.longitude_rad;
  if (file.filled > 0)
    year.notes.push_back(path + ": " + std::to_string(file.filled) + " missing values filled by straight lines");
  if (file.light_filled > 0)
    year.notes.push_back(path + ": " + std::to_string(file.light_filled) +
                         " missing values of radiation taken from the days about");
  if (file.leap_rows_dropped > 0) year.notes.push_back(path + ": 29 February left out (it is read as the 28th)");
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

struct Limits {
  double min, max;
  const std::string* heading;
  const char *unit, *key;
};

class CsvYear {
 public:
  CsvYear(const weather::CsvSpec& spec, const WeatherRequest& request)
      : spec_(spec), request_(request), outdoor_(*column(spec.outdoor, spec.outdoor_unit)) {
    humidity_ = column(spec.humidity, spec.humidity_unit), global_ = column(spec.global, spec.radiation_unit);
    direct_ = column(spec.direct_normal, spec.radiation_unit), diffuse_ = column(spec.diffuse, spec.radiation_unit);
    wind_ = column(spec.wind, spec.wind_unit);
    if ((global_ || diffuse_) && (std::isnan(request.latitude_rad) || std::isnan(request.longitude_rad)))
      throw UserError(spec.file.path +
                      ": error: radiation needs a place (where the sun stands, nobody said); give site.latitude and "
                      "site.longitude, or remove the columns of radiation");
  }

  // The hours of one year: the run itself where the file reaches over it, else the file's first year.
  weather::WeatherYear year() const {
    const std::int64_t begin_s = outdoor_.begin_s(), end_s = outdoor_.end_s();
    const bool over_run = begin_s <= request_.start_utc_s && end_s >= request_.end_utc_s;
    if (!over_run && end_s - begin_s < year_s) outdoor_.require(request_.start_utc_s, request_.end_utc_s);
    // One hour more at either end: an hour's curve looks at its neighbours.
    const std::int64_t from_s = over_run ? std::max(begin_s, request_.start_utc_s - hour_s) : begin_s;
    const std::int64_t to_s = std::min(end_s, from_s + 366 * 86400);
    weather::WeatherYear year{.hours = std::vector<weather::WeatherHour>(year_h),
                              .ground_depth_m = spec_.ground_depth_m,
                              .warmer_k = spec_.warmer_k,
                              .place = place_of(request_)};
    std::vector<bool> known(year_h, false);
    for (std::int64_t hour = from_s / hour_s * hour_s; hour < to_s; hour += hour_s) {
      const std::int64_t day = hour / 86400;
      const auto k = static_cast<std::size_t>(weather::common_day_of_year(day) * 24 + (hour - day * 86400) / hour_s);
      if (known[k]) continue;  // the year has come round, or it is 29 February
      known[k] = true;
      year.hours[k] = read({std::max(hour, from_s), std::min(hour + hour_s, to_s)});
    }
    return year;
  }

 private:
  struct Span {
    std::int64_t from_s, to_s;
  };

  std::optional<Series> column(const std::string& heading, const std::string& unit) const {
    if (heading.empty()) return {};
    TimedColumn column = read_column({.path = spec_.file.path, .column = heading, .unit = unit, .time_zone = spec_.time_zone});
    const bool instants = spec_.rows_are == weather::RowsAre::instants;
    if (spec_.rows_are == weather::RowsAre::hour_before) {
      const std::int64_t step_s = column.utc_s[1] - column.utc_s[0];
      for (std::int64_t& at_s : column.utc_s) at_s -= step_s;
    }
    return Series("weather", std::move(column), {.between = instants ? Between::interpolate : Between::hold});
  }

  // A code for what is missing, or another unit, shows as a value that no weather has.
  double checked(const Series& series, const Span& span, const Limits& limits) const {
    const double value = series.mean(span.from_s, span.to_s);
    if (value >= limits.min && value <= limits.max) return value;
    throw UserError(spec_.file.path + ": error: column `" + *limits.heading + "`: " + std::to_string(value) + " " + limits.unit +
                    " is out of range (" + std::to_string(std::lround(limits.min)) + " to " +
                    std::to_string(std::lround(limits.max)) +
                    ": a missing-value code, or another unit?); correct the file or weather." + limits.key);
  }

  weather::WeatherHour read(const Span& span) const {
    weather::WeatherHour hour{.outdoor_c = checked(outdoor_, span, {-70, 70, &spec_.outdoor, "degC", "outdoor_unit"}),
                              .relative_humidity_frac = spec_.humidity_frac};
    const auto light = [&](const Series& series, const std::string& heading) {
      return std::max(
          0.0, checked(series, span, {-20, 1600, &heading, "W/m2", "radiation_unit"}));  // pyranometers read below 0 at night
    };
    if (humidity_) hour.relative_humidity_frac = std::clamp(humidity_->mean(span.from_s, span.to_s), 0.0, 1.0);
    if (wind_) hour.wind_m_s = checked(*wind_, span, {0, 100, &spec_.wind, "m/s", "wind_unit"});
    if (diffuse_)
      hour.direct_normal_w_m2 = light(*direct_, spec_.direct_normal),
      hour.diffuse_horizontal_w_m2 = light(*diffuse_, spec_.diffuse);
    if (global_) split(light(*global_, spec_.global), span, hour);
    return hour;
  }

  void split(double global_w_m2, const Span& span, weather::WeatherHour& hour) const {
    const weather::SunHour sun = weather::sun_hour({.latitude_rad = request_.latitude_rad,
                                                    .longitude_rad = request_.longitude_rad,
                                                    .first_hour_utc_s = span.from_s / hour_s * hour_s},
                                                   0);
    weather::split_global(global_w_m2, sun, hour);
  }

  const weather::CsvSpec& spec_;
  const WeatherRequest& request_;
  Series outdoor_;
  std::optional<Series> humidity_, global_, direct_, diffuse_, wind_;
};

weather::WeatherTable with_overlays(weather::WeatherYear year, const Named<weather::OverlaySpec>& overlays,
                                    const std::optional<weather::Extremes>& known) {
  for (const auto& [name, overlay] : overlays.entries) {
    const std::string at = "weather.overlays." + name;
    const bool heat = overlay.kind == weather::WaveKind::heat_wave;
    weather::Extremes extremes = known.value_or(weather::Extremes{});
    if (!std::isnan(overlay.mean_extreme_c)) {
      (heat ? extremes.hottest_c : extremes.coldest_c) = overlay.mean_extreme_c;
      (heat ? extremes.hottest_deviation_k : extremes.coldest_deviation_k) = overlay.deviation_k;
    } else if (!known) {
      throw UserError(
          at + ": error: what a year's " + (heat ? "hottest" : "coldest") +
          " hour is here, nobody said (this weather does not carry it); give mean_extreme and deviation, as the climatic "
          "design conditions of ASHRAE print them");
    }
    const weather::Wave wave{.kind = overlay.kind,
                             .first_hour = weather::hour_of_year(overlay.at.utc_s, year.utc_offset_s),
                             .hours = static_cast<std::size_t>(overlay.lasts_s / static_cast<double>(hour_s)),
                             .ramp_hours = static_cast<std::size_t>(overlay.ramp_s / static_cast<double>(hour_s)),
                             .target_c = weather::return_level_c(extremes, overlay.kind, overlay.return_period_s)};
    const double shift_k = weather::lay_over(year.hours, wave);
    if (std::isnan(shift_k)) throw UserError(at + ": error: the weather holds no hour there; move `at` into it");
    char text[160];
    std::snprintf(text, sizeof text, ": %.1f degC, once in %.0f years, the air %.1f K %s than without", wave.target_c,
                  overlay.return_period_s / year_s, std::abs(shift_k), heat ? "warmer" : "colder");
    year.notes.push_back(at + text);
  }
  return weather::WeatherTable(std::move(year));
}

}  // namespace

weather::WeatherTable load_weather(const Typed& weather, const WeatherRequest& request) {
  if (const auto* spec = weather.as<weather::SyntheticSpec>())
    return with_overlays(weather::synthetic_year(*spec, request.seed, place_of(request)), spec->overlays,
                         weather::usual_extremes(spec->climate));
  if (const auto* spec = weather.as<weather::EpwSpec>()) {
    WeatherFile file = read_epw(spec->file.path);
    const std::optional<weather::Extremes> extremes = file.extremes;
    return with_overlays(file_year(std::move(file), spec->file.path,
                                   {.ground_depth_m = spec->ground_depth_m, .warmer_k = spec->warmer_k}, request),
                         spec->overlays, extremes);
  }
  if (const auto* spec = weather.as<weather::MosSpec>())
    return with_overlays(file_year(read_mos(spec->file.path), spec->file.path,
                                   {.ground_depth_m = spec->ground_depth_m, .warmer_k = spec->warmer_k}, request),
                         spec->overlays, {});
  if (const auto* spec = weather.as<weather::CsvSpec>()) return with_overlays(CsvYear(*spec, request).year(), spec->overlays, {});
  if (const auto* spec = weather.as<weather::ConstantSpec>())
    return with_overlays(constant_year(*spec, request.ground_reflectance_frac), spec->overlays, {});
  if (!weather.schema()) return weather::WeatherTable({.hours = std::vector<weather::WeatherHour>(year_h)});
  throw InternalError("weather of a type without a reader");
}

}  // namespace hypocaust::input
