#include <algorithm>
#include <cmath>

#include "sim/input/weather_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t year_h = 8760;
constexpr std::string_view mos_source =
    "such tables are made from EPW files (Buildings library, Modelica); an EPW file itself is read as well, with `type: epw`";

// Fields between blanks, tabs or commas.
void split_blanks(std::string_view line, std::vector<Field>& fields) {
  fields.clear();
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t from = std::min(line.find_first_not_of(" \t,", at), line.size());
    const std::size_t end = std::min(line.find_first_of(" \t,", from), line.size());
    if (end > from) fields.push_back({.text = line.substr(from, end - from), .column = from + 1});
    at = end;
  }
}

// `double tab1(8760,30)`: rows and columns.
struct Size {
  std::size_t rows, columns;
};
Size read_size(const TextFile& file, std::size_t line) {
  const std::string_view text = file.lines[line - 1];
  const std::size_t open = text.find('('), comma = text.find(',', open), close = text.find(')', comma);
  double rows = 0, columns = 0;
  if (!text.starts_with("double ") || close == text.npos || !read_number(text.substr(open + 1, comma - open - 1), rows) ||
      !read_number(text.substr(comma + 1, close - comma - 1), columns) || rows < 1 || rows > 1e6 || columns < 1 || columns > 1e3)
    file.fail({line, 1}, shown(text) + " where the table begins with `double tab1(8760,30)`; " + std::string(mos_source));
  if (columns < columns_read_mos)
    file.fail({line, 1}, shown(text) + " has " + std::to_string(std::lround(columns)) + " columns (" +
                             std::to_string(columns_read_mos) + " are read: time to opaque sky cover); " +
                             std::string(mos_source));
  return {static_cast<std::size_t>(rows), static_cast<std::size_t>(columns)};
}

}  // namespace

WeatherFile read_mos(const std::string& path) {
  const TextFile file = read_text_file(path, mos_source);
  WeatherFile weather;
  weather.hours.resize(year_h);
  std::vector<Field> fields;
  Size size{0, 0};
  bool located = false;
  std::size_t rows = 0;
  double last_s = -3600.0;
  for (std::size_t k = 0; k < file.lines.size(); ++k) {
    const std::string_view text = file.lines[k];
    const std::size_t line = k + 1;
    if (text.starts_with("#LOCATION")) {
      split_fields(text, fields);
      read_location(file, line, fields, weather);
      located = true;
    }
    if (text.starts_with("#") || text.find_first_not_of(" \t") == text.npos) continue;
    if (size.rows == 0) {
      size = read_size(file, line);
      continue;
    }
    split_blanks(text, fields);
    if (fields.size() != size.columns)
      file.fail({.line = line}, std::to_string(fields.size()) + " fields where the table has " + std::to_string(size.columns) +
                                    " columns" + (k + 1 == file.lines.size() ? " (the file is cut off)" : "") +
                                    "; fetch the file again");
    double time_s = 0;
    if (!read_number(fields[0].text, time_s) || time_s != last_s + 3600.0)
      file.fail({line, fields[0].column},
                shown(fields[0].text) + " as time (" + std::to_string(std::lround(last_s + 3600.0)) +
                    " s comes next: rows every hour from 0 s, the beginning of the year); fetch the file again");
    last_s = time_s, ++rows;
    if (rows > year_h + 1) file.fail({.line = line}, "rows after 31536000 s (a year has 8,760 hours); cut the table to one year");
    // A row tells of the hour before it; that of 0 s, of the last hour of the year where the table has no row for it.
    const std::size_t hour = rows == 1 ? year_h - 1 : rows - 2;
    weather.hours[hour] = read_hour(file, line, fields, Layout::mos);
  }
  if (size.rows == 0) file.fail({1, 1}, "there is no table in it, `double tab1(8760,30)`; " + std::string(mos_source));
  if (!located)
    file.fail({.line = 1}, "there is no #LOCATION line (place and time zone of the weather); " + std::string(mos_source));
  if (rows != size.rows || rows < year_h)
    file.fail({.line = file.lines.size()},
              std::to_string(rows) + " rows of weather (the table says " + std::to_string(size.rows) +
                  ", a year has 8,760: the file is cut off, or holds less than a year); fetch the file again");
  fill_missing(file, weather);
  return weather;
}

}  // namespace hypocaust::input
