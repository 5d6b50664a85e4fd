#include <cmath>

#include "models/core/math.hpp"
#include "sim/input/weather_file.hpp"

namespace hypocaust::input {

const std::string_view weather_source =
    "EPW weather files come from climate.onebuilding.org (free, world-wide) or energyplus.net/weather; download one and name it "
    "in weather.file";

namespace {

// A column that is read. EnergyPlus, Auxiliary Programs, "EPW data dictionary": missing from, and limits; the tables of Modelica's
// readers are made from such files and keep their codes.
struct Column {
  std::size_t at[2];  // from 0, in each layout
  const char* name;
  double missing_from, min, max, scale;
  double weather::WeatherHour::*member;
  enum { needed, light, spare } kind;  // filled by straight lines, filled from the days about, left unknown
};
using Hour = weather::WeatherHour;
constexpr Column columns[] = {
    {{6, 1}, "dry bulb temperature", 99.9, -70, 70, 1, &Hour::outdoor_c, Column::needed},
    {{8, 3}, "relative humidity", 999, 0, 110, 0.01, &Hour::relative_humidity_frac, Column::needed},
    {{9, 4}, "atmospheric pressure", 999999, 31000, 120000, 1, &Hour::pressure_pa, Column::needed},
    {{11, 7}, "horizontal infrared radiation", 9999, 0, 9998, 1, &Hour::sky_infrared_w_m2, Column::spare},
    {{14, 9}, "direct normal radiation", 9999, 0, 9998, 1, &Hour::direct_normal_w_m2, Column::light},
    {{15, 10}, "diffuse horizontal radiation", 9999, 0, 9998, 1, &Hour::diffuse_horizontal_w_m2, Column::light},
    {{21, 16}, "wind speed", 999, 0, 100, 1, &Hour::wind_m_s, Column::spare},
    {{23, 18}, "opaque sky cover", 99, 0, 10, 0.1, &Hour::cloud_frac, Column::spare},
};

double header_number(const TextFile& file, std::size_t line, const std::vector<Field>& fields, std::size_t index,
                     const char* what, double min, double max) {
  double value = 0;
  if (!read_number(fields[index].text, value) || value < min || value > max)
    file.fail({line, fields[index].column},
              shown(fields[index].text) + " is not a valid " + what + " of the LOCATION line; " + std::string(weather_source));
  return value;
}

// Straight lines over missing hours; the year closes on itself.
void fill(const TextFile& file, WeatherFile& weather, const Column& column) {
  auto& hours = weather.hours;
  const std::size_t n = hours.size();
  std::size_t missing = 0, known = n;
  for (std::size_t k = 0; k < n; ++k) {
    if (std::isnan(hours[k].*column.member)) ++missing;
    else if (known == n) known = k;
  }
  if (missing * 10 > n)
    file.fail({}, std::string("the ") + column.name + " of " + std::to_string(missing) + " of " + std::to_string(n) +
                      " hours is missing (at most a tenth is filled); " + std::string(weather_source));
  weather.filled += static_cast<std::int64_t>(missing);
  for (std::size_t step = 1; step <= n && missing > 0; ++step) {
    const std::size_t k = (known + step) % n;
    if (!std::isnan(hours[k].*column.member)) continue;
    std::size_t length = 1;
    while (std::isnan(hours[(k + length) % n].*column.member)) ++length;
    const double before = hours[(k + n - 1) % n].*column.member, after = hours[(k + length) % n].*column.member;
    for (std::size_t j = 0; j < length; ++j)
      hours[(k + j) % n].*column.member =
          before + (after - before) * static_cast<double>(j + 1) / static_cast<double>(length + 1);
    missing -= length;
  }
}

// The mean of the same hour on the nearest days before and after that have it.
void fill_light(WeatherFile& weather, const Column& column) {
  const std::vector<Hour> was = weather.hours;
  const std::size_t n = was.size();
  const auto nearest = [&](std::size_t k, std::size_t step) {
    for (std::size_t days = 1; days <= n / 24; ++days)
      if (const double value = was[(k + days * step) % n].*column.member; !std::isnan(value)) return value;
    return not_given;  // a column without a value anywhere stays unknown: no sun
  };
  for (std::size_t k = 0; k < n; ++k) {
    if (!std::isnan(was[k].*column.member)) continue;
    const double value = 0.5 * (nearest(k, 24) + nearest(k, n - 24));
    weather.hours[k].*column.member = value;
    if (!std::isnan(value)) ++weather.light_filled;
  }
}

}  // namespace

void read_location(const TextFile& file, std::size_t line, const std::vector<Field>& fields, WeatherFile& weather) {
  if (fields.size() < 10)
    file.fail({.line = line},
              "the LOCATION line has " + std::to_string(fields.size()) + " fields (10 are expected); fetch the file again");
  weather.city = fields[1].text, weather.country = fields[3].text;
  weather.latitude_rad = header_number(file, line, fields, 6, "latitude", -90, 90) * pi / 180;
  weather.longitude_rad = header_number(file, line, fields, 7, "longitude", -180, 180) * pi / 180;
  weather.utc_offset_s = std::llround(header_number(file, line, fields, 8, "time zone", -12, 14) * 3600.0);
  weather.altitude_m = header_number(file, line, fields, 9, "elevation", -1000, 9999.9);
}

weather::WeatherHour read_hour(const TextFile& file, std::size_t line, const std::vector<Field>& fields, Layout layout) {
  weather::WeatherHour hour;
  for (const Column& column : columns) {
    const Field& field = fields[column.at[static_cast<std::size_t>(layout)]];
    double value = 0;
    if (!read_number(field.text, value))
      file.fail({line, field.column}, shown(field.text) + " as " + column.name + " is not a number; fetch the file again");
    if (value >= column.missing_from) {
      hour.*column.member = not_given;
      continue;
    }
    if (value < column.min || value > column.max)
      file.fail({line, field.column}, shown(field.text) + " as " + column.name + " is out of range (" +
                                          std::to_string(std::lround(column.min)) + " to " +
                                          std::to_string(std::lround(column.max)) + "); correct the row or fetch the file again");
    hour.*column.member = value * column.scale;
  }
  if (hour.relative_humidity_frac > 1.0) hour.relative_humidity_frac = 1.0;  // the format allows 110 %, physics does not
  return hour;
}

void fill_missing(const TextFile& file, WeatherFile& weather) {
  for (const Column& column : columns)
    if (column.kind == Column::needed) fill(file, weather, column);
    else if (column.kind == Column::light) fill_light(weather, column);
}

}  // namespace hypocaust::input
