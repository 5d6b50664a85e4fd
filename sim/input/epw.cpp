#include "sim/input/epw.hpp"

#include <cmath>

#include "models/core/math.hpp"
#include "sim/input/text_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::string_view epw_source =
    "EPW weather files come from climate.onebuilding.org (free, world-wide) or energyplus.net/weather; download one and name it "
    "in weather.file";
constexpr std::size_t header_lines = 8, common_hours = 8760, leap_hours = 8784;
constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// A column that is read: EnergyPlus, Auxiliary Programs, "EPW data dictionary": position, missing from, and limits.
struct Column {
  std::size_t index;
  const char* name;
  double missing_from, min, max, scale;
  double weather::WeatherHour::*member;
  bool needed;  // filled where missing; the others stay unknown
};
constexpr Column columns[] = {
    {6, "dry bulb temperature", 99.9, -70, 70, 1, &weather::WeatherHour::outdoor_c, true},
    {8, "relative humidity", 999, 0, 110, 0.01, &weather::WeatherHour::relative_humidity_frac, true},
    {9, "atmospheric pressure", 999999, 31000, 120000, 1, &weather::WeatherHour::pressure_pa, true},
    {11, "horizontal infrared radiation", 9999, 0, 9998, 1, &weather::WeatherHour::sky_infrared_w_m2, false},
    {14, "direct normal radiation", 9999, 0, 9998, 1, &weather::WeatherHour::direct_normal_w_m2, false},
    {15, "diffuse horizontal radiation", 9999, 0, 9998, 1, &weather::WeatherHour::diffuse_horizontal_w_m2, false},
    {21, "wind speed", 999, 0, 100, 1, &weather::WeatherHour::wind_m_s, false},
    {23, "opaque sky cover", 99, 0, 10, 0.1, &weather::WeatherHour::cloud_frac, false},
};

double header_number(const TextFile& file, const std::vector<Field>& fields, std::size_t index, const char* what, double min,
                     double max) {
  double value = 0;
  if (!read_number(fields[index].text, value) || value < min || value > max)
    file.fail({1, fields[index].column},
              shown(fields[index].text) + " is not a valid " + what + " of the LOCATION line; " + std::string(epw_source));
  return value;
}

void read_header(const TextFile& file, EpwFile& epw) {
  std::vector<Field> fields;
  split_fields(file.lines[0], fields);
  if (fields[0].text != "LOCATION")
    file.fail({1, 1}, shown(fields[0].text) + " where an EPW file begins with LOCATION; " + std::string(epw_source));
  if (fields.size() < 10)
    file.fail({.line = 1},
              "the LOCATION line has " + std::to_string(fields.size()) + " fields (10 are expected); fetch the file again");
  epw.city = fields[1].text, epw.country = fields[3].text;
  epw.latitude_rad = header_number(file, fields, 6, "latitude", -90, 90) * pi / 180;
  epw.longitude_rad = header_number(file, fields, 7, "longitude", -180, 180) * pi / 180;
  epw.utc_offset_s = std::llround(header_number(file, fields, 8, "time zone", -12, 14) * 3600.0);
  epw.altitude_m = header_number(file, fields, 9, "elevation", -1000, 9999.9);
}

struct Calendar {  // the month, day and hour a row must carry
  int month = 1, day = 1, hour = 1;
  bool leap = false;
  void next() {
    if (++hour <= 24) return;
    hour = 1;
    if (++day <= month_days[month - 1] + (leap && month == 2 ? 1 : 0)) return;
    day = 1, ++month;
  }
};

void check_calendar(const TextFile& file, const std::vector<Field>& fields, std::size_t line, const Calendar& wanted) {
  const int parts[] = {wanted.month, wanted.day, wanted.hour};
  const char* what[] = {"month", "day", "hour"};
  for (std::size_t k = 0; k < 3; ++k) {
    double value = 0;
    if (read_number(fields[k + 1].text, value) && value == parts[k]) continue;
    file.fail({line, fields[k + 1].column},
              shown(fields[k + 1].text) + " as " + what[k] + " (month " + std::to_string(wanted.month) + ", day " +
                  std::to_string(wanted.day) + ", hour " + std::to_string(wanted.hour) +
                  " comes next: rows are missing or out of order); an EPW file holds hours 1 to 24 of every day of a year");
  }
}

weather::WeatherHour read_row(const TextFile& file, const std::vector<Field>& fields, std::size_t line) {
  weather::WeatherHour hour;
  for (const Column& column : columns) {
    const Field& field = fields[column.index];
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

// Straight lines over missing hours; the year closes on itself.
void fill(const TextFile& file, EpwFile& epw, const Column& column) {
  auto& hours = epw.hours;
  const std::size_t n = hours.size();
  std::size_t missing = 0, known = n;
  for (std::size_t k = 0; k < n; ++k) {
    if (std::isnan(hours[k].*column.member)) ++missing;
    else if (known == n) known = k;
  }
  if (missing * 10 > n)
    file.fail({}, std::string("the ") + column.name + " of " + std::to_string(missing) + " of " + std::to_string(n) +
                      " hours is missing (at most a tenth is filled); " + std::string(epw_source));
  epw.filled += static_cast<std::int64_t>(missing);
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

}  // namespace

EpwFile read_epw(const std::string& path) {
  TextFile file = read_text_file(path, epw_source);
  while (!file.lines.empty() && file.lines.back().empty()) file.lines.pop_back();
  if (file.lines.empty()) file.fail({}, "the file is empty; " + std::string(epw_source));
  EpwFile epw;
  read_header(file, epw);
  const std::size_t rows = file.lines.size() > header_lines ? file.lines.size() - header_lines : 0;
  Calendar calendar{.leap = rows == leap_hours};
  std::vector<Field> fields;
  std::size_t width = 0;
  for (std::size_t k = 0; k < rows; ++k, calendar.next()) {
    const std::size_t line = header_lines + k + 1;
    split_fields(file.lines[line - 1], fields);
    if (k == 0) width = fields.size();
    if (fields.size() < 32 || fields.size() != width)  // 32 in old files, 35 since 2008; the columns read are the first 24
      file.fail({.line = line}, std::to_string(fields.size()) + " fields" +
                                    (k + 1 == rows ? " in the last row (the file is cut off)" : "") + " where an EPW row has " +
                                    (width >= 32 ? std::to_string(width) : std::string("35")) + "; fetch the file again");
    if (calendar.month > 12)
      file.fail({.line = line}, "rows after hour 24 of 31 December (a year has 8,760 hours, or 8,784); cut the file to one year");
    check_calendar(file, fields, line, calendar);
    const weather::WeatherHour hour = read_row(file, fields, line);
    if (calendar.month == 2 && calendar.day == 29) ++epw.leap_rows_dropped;
    else epw.hours.push_back(hour);
  }
  if (epw.hours.size() != common_hours)
    file.fail({.line = file.lines.size()},
              std::to_string(rows) +
                  " rows of weather (8,760, or 8,784 in a leap year, are expected: the file is cut off); fetch the file again");
  for (const Column& column : columns)
    if (column.needed) fill(file, epw, column);
  return epw;
}

}  // namespace hypocaust::input
