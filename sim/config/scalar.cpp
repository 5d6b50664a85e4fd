#include "sim/config/scalar.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "models/core/nearest.hpp"
#include "models/core/units.hpp"

namespace hypocaust::config {
namespace {

std::string outside(const Field& field, std::string_view text, double value) {
  const Options& o = field.options;
  const auto slack = [](double limit) { return 1e-12 * std::fabs(limit); };  // a limit met in another unit is met
  const bool bad = value < o.min - slack(o.min) || value <= o.above || value >= o.below || value > o.max + slack(o.max);
  return bad ? std::string(text) + " is out of range (" + range_of(field) + ")" : std::string();
}

// A sum in another currency is read in that and then exchanged.
QuantityText exchanged(std::string_view text, const ScalarRow& row) {
  const std::size_t blank = row.rates.empty() ? text.npos : text.find(' ');
  if (blank != text.npos) {
    const UnitText unit = parse_unit(text.substr(blank + 1));
    for (const ExchangeRate& rate : row.rates) {
      if (!unit.problem.empty() || unit.unit.currency != rate.currency || rate.currency == row.currency) continue;
      QuantityText read = parse_quantity(text, {.unit = row.field.unit, .currency = rate.currency});
      if (std::isnan(rate.money)) {
        if (read.problem.empty())
          read.problem = std::string(text) + " is in " + rate.currency +
                         ", whose rate moves with a series (of when should one sum be?); " + "write it in " +
                         std::string(row.currency) + ", or make it a series too";
        return read;
      }
      const double factor = std::pow(rate.money, unit.unit.dimension.power[4]);  // money per kWh, or kWh per money
      read.value *= factor, read.in_row_unit *= factor;
      return read;
    }
  }
  return parse_quantity(text, {.unit = row.field.unit, .currency = row.currency});
}

std::string read_quantity(std::string_view text, const ScalarRow& row, double& value) {
  const QuantityText read = exchanged(text, row);
  if (!read.problem.empty()) return read.problem;
  if (std::string problem = outside(row.field, text, read.in_row_unit); !problem.empty()) return problem;
  value = read.value;
  return {};
}

std::string read_integer(std::string_view text, const ScalarRow& row, std::int64_t& value) {
  const NumberText number = parse_number(text);
  if (!number.problem.empty()) return number.problem;
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc::result_out_of_range) return std::string(text) + " is beyond the range of whole numbers (about 9.2e18)";
  if (error != std::errc{} || end != text.data() + text.size())
    return std::string(text) + " is not a whole number; write it without point or exponent";
  if (std::string problem = outside(row.field, text, static_cast<double>(whole)); !problem.empty()) return problem;
  value = whole;
  return {};
}

}  // namespace

// 2025-01-01, 2025-07-14T06:00, 2025-07-14T06:00:30, each with or without Z: UTC.
std::string read_instant(std::string_view text, Instant& value) {
  std::string bad = "`" + std::string(text) + "` is not a date; write 2025-01-31, or 2025-01-31T06:00 (UTC)";
  std::string_view rest = text;
  const auto number = [&](std::size_t digits, int& out) {
    if (rest.size() < digits) return false;
    for (std::size_t k = 0; k < digits; ++k)
      if (rest[k] < '0' || rest[k] > '9') return false;
    std::from_chars(rest.data(), rest.data() + digits, out);
    rest.remove_prefix(digits);
    return true;
  };
  const auto mark = [&](char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  };
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!number(4, year) || !mark('-') || !number(2, month) || !mark('-') || !number(2, day)) return bad;
  if (!rest.empty()) {
    if (!mark('T') || !number(2, hour) || !mark(':') || !number(2, minute)) return bad;
    if (rest.starts_with(':') && (!mark(':') || !number(2, second))) return bad;
    if (rest.starts_with('Z')) rest.remove_prefix(1);
    if (!rest.empty()) return bad;
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return "`" + std::string(text) + "` is not in the calendar (there is no such day); check month and day";
  if (hour > 23 || minute > 59 || second > 59)
    return "`" + std::string(text) + "` has no such time of day (00:00:00 to 23:59:59)";
  if (year < 1900 || year > 2200) return "`" + std::string(text) + "` is out of range (1900 to 2200)";
  value.utc_s = std::int64_t{std::chrono::sys_days{date}.time_since_epoch().count()} * 86400 + hour * 3600 + minute * 60 + second;
  return {};
}

namespace {

std::string write_instant(std::int64_t utc_s) {
  const std::chrono::sys_days day{std::chrono::days{utc_s >= 0 ? utc_s / 86400 : -((86399 - utc_s) / 86400)}};
  const std::int64_t second = utc_s - std::int64_t{day.time_since_epoch().count()} * 86400;
  const std::chrono::year_month_day date{day};
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  std::string text = buffer;
  return text.ends_with("T00:00:00") ? text.substr(0, 10) : text;
}

std::string read_choice(std::string_view text, const TypeInfo& type, void* member) {
  const auto choices = type.choices();
  for (std::size_t k = 0; k < choices.size(); ++k)
    if (choices[k] == text) {
      *static_cast<int*>(member) = static_cast<int>(k);
      return {};
    }
  const std::string_view near = nearest(text, {choices.begin(), choices.end()});
  std::string problem = "`" + std::string(text) + "` is not one of ";
  for (std::size_t k = 0; k < choices.size(); ++k) problem += (k ? ", " : "") + std::string(choices[k]);
  return problem + (near.empty() ? "; choose one" : "; did you mean `" + std::string(near) + "`?");
}

// A text as YAML: plain where that reads back, else in double quotes.
std::string yaml_text(const std::string& text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' || c == '.' ||
           c == ' ' || c == '-' || c == '(' || c == ')';
  };
  bool safe = !text.empty() && text.front() != ' ' && text.back() != ' ' && text.front() != '-' && text.front() != '.';
  for (char c : text) safe = safe && plain(c);
  for (std::string_view word : {"null", "Null", "NULL", "~"}) safe = safe && text != word;
  if (safe) return text;
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') quoted += "\\n";
    else if (c == '\t') quoted += "\\t";
    else quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

bool is_scalar(Kind kind) {
  switch (kind) {
    case Kind::quantity:
    case Kind::varying:
    case Kind::integer:
    case Kind::boolean:
    case Kind::text:
    case Kind::choice:
    case Kind::reference:
    case Kind::instant:
    case Kind::file:
      return true;
    default:
      return false;
  }
}

std::string range_of(const Field& field) {
  const Options& o = field.options;
  std::string text;
  const auto add = [&](bool given, const char* sign, double limit) {
    if (given) text += (text.empty() ? "must be " : " and ") + std::string(sign) + " " + format_number(limit);
  };
  add(std::isfinite(o.above), ">", o.above);
  add(std::isfinite(o.min), ">=", o.min);
  add(std::isfinite(o.below), "<", o.below);
  add(std::isfinite(o.max), "<=", o.max);
  if (!text.empty() && !field.unit.empty() && field.unit != "1") text += " " + std::string(field.unit);
  return text;
}

std::string unit_shown(const Field& field) { return field.unit == "1" ? "share" : std::string(field.unit); }

std::string read_scalar(std::string_view text, const ScalarRow& row, void* member) {
  switch (row.type.kind) {
    case Kind::quantity:
      return read_quantity(text, row, *static_cast<double*>(member));
    case Kind::varying: {
      double value = 0.0;
      if (std::string problem = read_quantity(text, row, value); !problem.empty()) return problem;
      *static_cast<Varying*>(member) = {.constant = value};
      return {};
    }
    case Kind::integer:
      return read_integer(text, row, *static_cast<std::int64_t*>(member));
    case Kind::boolean:
      if (text != "true" && text != "false") return "`" + std::string(text) + "` is neither true nor false; write one of them";
      *static_cast<bool*>(member) = text == "true";
      return {};
    case Kind::text:
      *static_cast<std::string*>(member) = text;
      return {};
    case Kind::choice:
      return read_choice(text, row.type, member);
    case Kind::reference:
      if (text.empty()) return "an empty name names nothing; write one";
      static_cast<Ref*>(member)->name = text;
      return {};
    case Kind::instant:
      return read_instant(text, *static_cast<Instant*>(member));
    case Kind::file:
      if (text.empty()) return "the path of a file is expected";
      static_cast<FilePath*>(member)->path = (std::filesystem::path(row.folder) / text).lexically_normal().string();
      return {};
    default:
      return "this key cannot be set by one value";
  }
}

std::string write_scalar(const ScalarRow& row, const void* member) {
  const QuantityRow unit{.unit = row.field.unit, .currency = row.currency};
  switch (row.type.kind) {
    case Kind::quantity: {
      const double value = *static_cast<const double*>(member);
      return std::isfinite(value) ? format_quantity(value, unit) : std::string();
    }
    case Kind::varying: {
      const Varying& varying = *static_cast<const Varying*>(member);
      if (!varying.series.empty()) return "{series: " + yaml_text(varying.series) + "}";
      if (!varying.calendar.empty())
        return "{calendar: " + yaml_text(varying.calendar) + ", during: " + format_quantity(varying.during, unit) +
               ", otherwise: " + format_quantity(varying.otherwise, unit) + "}";
      return std::isfinite(varying.constant) ? format_quantity(varying.constant, unit) : std::string();
    }
    case Kind::integer: {
      const std::int64_t value = *static_cast<const std::int64_t*>(member);
      return value == integer_not_given ? std::string() : std::to_string(value);
    }
    case Kind::boolean:
      return *static_cast<const bool*>(member) ? "true" : "false";
    case Kind::text:
      return static_cast<const std::string*>(member)->empty() ? std::string("\"\"")
                                                              : yaml_text(*static_cast<const std::string*>(member));
    case Kind::choice:
      return std::string(row.type.choices()[static_cast<std::size_t>(*static_cast<const int*>(member))]);
    case Kind::reference:
      return static_cast<const Ref*>(member)->name.empty() ? std::string() : yaml_text(static_cast<const Ref*>(member)->name);
    case Kind::instant: {
      const Instant& instant = *static_cast<const Instant*>(member);
      return instant.utc_s == integer_not_given ? std::string() : write_instant(instant.utc_s);
    }
    case Kind::file: {
      const std::string& path = static_cast<const FilePath*>(member)->path;
      if (path.empty()) return {};
      // Absolute first: the text must not depend on how the files were named on the command line.
      std::error_code no_folder;
      const auto absolute = [&](std::string_view name) { return std::filesystem::absolute(name, no_folder).lexically_normal(); };
      return yaml_text(absolute(path).lexically_proximate(absolute(row.folder.empty() ? "." : row.folder)).string());
    }
    default:
      return {};
  }
}

}  // namespace hypocaust::config
