#include "sim/input/csv.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "sim/input/text_file.hpp"
#include "sim/input/time_zone.hpp"

namespace hypocaust::input {
namespace {

constexpr std::string_view csv_source =
    "a CSV file with a heading line is expected; check the name, which is relative to the file that names it";

struct IsoTime {
  std::int64_t clock_s;                  // seconds of 1970-01-01 as the clock shows them
  std::optional<std::int64_t> offset_s;  // when the text carries one
};

bool digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
  if (at + count > text.size()) return false;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, value);
  return error == std::errc{} && end == text.data() + at + count && text[at] != '-';
}

// 2025-07-14, 2025-07-14 06:00, 2025-07-14T06:00:00.000, each with Z, +02:00 or nothing.
std::optional<IsoTime> read_iso(std::string_view text) {
  using namespace std::chrono;
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
  if (!digits(text, 0, 4, y) || text.size() < 10 || text[4] != '-' || !digits(text, 5, 2, mo) || text[7] != '-' ||
      !digits(text, 8, 2, d))
    return {};
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return {};
  std::size_t at = 10;
  std::optional<std::int64_t> offset;
  if (at < text.size()) {
    if ((text[at] != ' ' && text[at] != 'T') || !digits(text, at + 1, 2, h) || at + 3 >= text.size() || text[at + 3] != ':' ||
        !digits(text, at + 4, 2, mi))
      return {};
    at += 6;
    if (at < text.size() && text[at] == ':') {
      if (!digits(text, at + 1, 2, s)) return {};
      at += 3;
      if (at < text.size() && text[at] == '.')
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
          if (text[at] != '0') return {};  // instants are whole seconds
    }
    if (h > 23 || mi > 59 || s > 59) return {};
    if (at < text.size() && text[at] == 'Z' && at + 1 == text.size()) offset = 0, ++at;
    else if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
      int oh = 0, om = 0;
      const std::size_t minutes = at + 3 < text.size() && text[at + 3] == ':' ? at + 4 : at + 3;
      if (!digits(text, at + 1, 2, oh) || (minutes < text.size() && !digits(text, minutes, 2, om)) || oh > 14 || om > 59)
        return {};
      offset = (text[at] == '-' ? -1 : 1) * (oh * 3600 + om * 60);
      at = minutes < text.size() ? minutes + 2 : at + 3;
    }
    if (at != text.size()) return {};
  }
  return IsoTime{sys_days{date}.time_since_epoch().count() * std::int64_t{86400} + h * 3600 + mi * 60 + s, offset};
}

// "time [h]", "hours", "seconds", "time_s": the unit of a numeric time column by its heading; 0: none.
double numeric_time_unit_s(std::string_view heading) {
  for (const std::string_view word : {"h", "hours", "hour", "time [h]", "time_h"})
    if (heading == word) return 3600.0;
  for (const std::string_view word : {"s", "seconds", "second", "time [s]", "time_s"})
    if (heading == word) return 1.0;
  return 0.0;
}

std::size_t find_column(const TextFile& file, const std::vector<Field>& header, const std::string& wanted) {
  std::vector<std::string_view> names;
  for (std::size_t k = 0; k < header.size(); ++k) {
    if (k > 0 && header[k].text == wanted) return k;
    if (k > 0) names.push_back(header[k].text);
  }
  const std::string_view near = nearest(wanted, names);
  std::string list;
  for (std::size_t k = 0; k < names.size() && k < 20; ++k) list += (k ? ", `" : "`") + std::string(names[k]) + "`";
  file.fail({.line = 1}, "there is no column " + shown(wanted) + " after the time column (the headings are " +
                             (list.empty() ? "none" : list) + "); " +
                             (near.empty() ? std::string("name one of them") : "did you mean " + shown(near) + "?"));
}

class TimeReader {
 public:
  TimeReader(const TextFile& file, const ColumnRequest& request, std::string_view heading)
      : file_(file), request_(request), zone_(request.time_zone), unit_s_(numeric_time_unit_s(heading)) {
    if (unit_s_ > 0 && request.start.utc_s == integer_not_given)
      file.fail({.line = 1, .column = 1}, "the time column " + shown(heading) +
                                              " counts from an instant nobody gave; add `start: 2025-01-01` to the series");
  }
  const TimeZone& zone() const { return zone_; }
  // Nothing for a time that the clock skipped. last_s: the row before.
  std::optional<std::int64_t> read(const Field& field, std::size_t line, std::int64_t last_s) const {
    if (unit_s_ > 0) {
      double value = 0;
      if (!read_number(field.text, value) || std::fabs(value) > 1e9)
        file_.fail({line, field.column}, shown(field.text) + " is not a time in seconds or hours");
      return request_.start.utc_s + static_cast<std::int64_t>(std::llround(value * unit_s_));
    }
    const std::optional<IsoTime> iso = read_iso(field.text);
    if (!iso)
      file_.fail({line, field.column},
                 shown(field.text) +
                     " is not a date and time; write 2025-07-14T06:00:00, with Z or +02:00 where it is not in time_zone, "
                     "or head the column `seconds` or `hours`");
    if (iso->offset_s) return iso->clock_s - *iso->offset_s;
    const TimeZone::Instants found = zone_.instants(iso->clock_s);
    if (found.count == 0) return {};
    // An hour shown twice: the second row that shows it is the later one.
    return found.count == 2 && last_s >= found.utc_s[0] ? found.utc_s[1] : found.utc_s[0];
  }

 private:
  const TextFile& file_;
  const ColumnRequest& request_;
  TimeZone zone_;
  double unit_s_;
};

// A row is where it belongs: after the one before, at the spacing of the first two. When the clock is put back and the file has
// one row for the doubled hour, that row stands for both.
void check_spacing(const TextFile& file, const ColumnRequest& request, const TimeZone& zone, TimedColumn& column,
                   std::int64_t now_s, const Field& time, std::size_t line) {
  const std::int64_t last_s = column.utc_s.back(), step_s = now_s - last_s;
  if (step_s <= 0)
    file.fail({line, time.column}, shown(time.text) +
                                       (step_s == 0 ? " repeats the time of the row before"
                                                    : " is earlier than the row before (rows are not sorted)") +
                                       "; rows must go forward in time");
  if (request.irregular || column.utc_s.size() < 2) return;
  const std::int64_t usual_s = column.utc_s[1] - column.utc_s[0];
  if (step_s == usual_s) return;
  const std::int64_t put_back_s = zone.offset_s(last_s) - zone.offset_s(now_s);
  if (put_back_s > 0 && step_s == usual_s + put_back_s) {
    ++column.clock_gaps_held;
    return;
  }
  file.fail({line, time.column}, shown(time.text) + " is " + std::to_string(step_s) +
                                     " s after the row before (the first rows are " + std::to_string(usual_s) +
                                     " s apart: rows are missing or extra); complete the file, or set `irregular: true`");
}

}  // namespace

std::optional<std::int64_t> read_utc(std::string_view text) {
  const std::optional<IsoTime> iso = read_iso(text);
  if (!iso) return {};
  return iso->clock_s - iso->offset_s.value_or(0);
}

TimedColumn read_column(const ColumnRequest& request) {
  const UnitText unit = parse_unit(request.unit);
  if (!unit.problem.empty())
    throw UserError(request.path + ": error: column " + shown(request.column) + ": " + unit.problem +
                    "; write a unit such as kW, degC or 1");
  const TextFile file = read_text_file(request.path, csv_source);
  std::vector<Field> fields;
  split_fields(file.lines[0], fields);
  const std::size_t width = fields.size(), wanted = find_column(file, fields, request.column);
  const TimeReader times(file, request, fields[0].text);
  TimedColumn column{.path = request.path};
  for (std::size_t k = 1; k < file.lines.size(); ++k) {
    if (file.lines[k].empty() && k + 1 == file.lines.size()) break;
    const std::size_t line = k + 1;
    split_fields(file.lines[k], fields);
    if (fields.size() != width)
      file.fail({.line = line}, std::to_string(fields.size()) + " fields where the heading has " + std::to_string(width) +
                                    (k + 1 == file.lines.size() ? " (the file may be cut off)" : "") +
                                    "; every row needs the same number of fields");
    const std::int64_t last_s = column.utc_s.empty() ? std::numeric_limits<std::int64_t>::min() : column.utc_s.back();
    const std::optional<std::int64_t> now_s = times.read(fields[0], line, last_s);
    double number = 0;
    if (!read_number(fields[wanted].text, number))
      file.fail({line, fields[wanted].column},
                shown(fields[wanted].text) + " in column " + shown(request.column) +
                    (fields[wanted].text.empty() ? " is empty (a value is missing)" : " is not a finite number") +
                    "; write a decimal number");
    if (!now_s) {
      ++column.clock_rows_dropped;
      continue;
    }
    if (!column.utc_s.empty()) check_spacing(file, request, times.zone(), column, *now_s, fields[0], line);
    column.utc_s.push_back(*now_s);
    column.values.push_back(number * unit.unit.scale);
  }
  if (column.utc_s.size() < 2)
    file.fail({.line = file.lines.size()}, "the file has " + std::to_string(column.utc_s.size()) +
                                               " rows (two are needed to know how long one holds); add rows");
  return column;
}

}  // namespace hypocaust::input
