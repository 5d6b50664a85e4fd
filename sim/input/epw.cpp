#include "sim/input/text_file.hpp"
#include "sim/input/weather_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t header_lines = 8, common_hours = 8760, leap_hours = 8784;
constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

void read_header(const TextFile& file, WeatherFile& epw) {
  std::vector<Field> fields;
  split_fields(file.lines[0], fields);
  if (fields[0].text != "LOCATION")
    file.fail({1, 1}, shown(fields[0].text) + " where an EPW file begins with LOCATION; " + std::string(weather_source));
  read_location(file, 1, fields, epw);
}

// The second line: design conditions of ASHRAE, of which the last twelve fields are coldest and hottest hour of a year, mean and
// deviation, and those of 5, 10, 20 and 50 years. Other lines than those of 2009 to 2021 tell nothing.
std::optional<weather::Extremes> read_extremes(const TextFile& file) {
  std::vector<Field> fields;
  if (file.lines.size() < 2) return {};
  split_fields(file.lines[1], fields);
  std::size_t at = 0;
  while (at < fields.size() && fields[at].text != "Extremes") ++at;
  if (at == fields.size() || fields.size() - at < 16 || fields.size() - at > 17) return {};
  const std::size_t first = fields.size() - 12;
  weather::Extremes e;
  const bool known = read_number(fields[first].text, e.coldest_c) && read_number(fields[first + 1].text, e.hottest_c) &&
                     read_number(fields[first + 2].text, e.coldest_deviation_k) &&
                     read_number(fields[first + 3].text, e.hottest_deviation_k);
  return known ? std::optional(e) : std::nullopt;
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

}  // namespace

WeatherFile read_epw(const std::string& path) {
  TextFile file = read_text_file(path, weather_source);
  while (!file.lines.empty() && file.lines.back().empty()) file.lines.pop_back();
  if (file.lines.empty()) file.fail({}, "the file is empty; " + std::string(weather_source));
  WeatherFile epw;
  read_header(file, epw);
  epw.extremes = read_extremes(file);
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
    const weather::WeatherHour hour = read_hour(file, line, fields, Layout::epw);
    if (calendar.month == 2 && calendar.day == 29) ++epw.leap_rows_dropped;
    else epw.hours.push_back(hour);
  }
  if (epw.hours.size() != common_hours)
    file.fail({.line = file.lines.size()},
              std::to_string(rows) +
                  " rows of weather (8,760, or 8,784 in a leap year, are expected: the file is cut off); fetch the file again");
  fill_missing(file, epw);
  return epw;
}

}  // namespace hypocaust::input
