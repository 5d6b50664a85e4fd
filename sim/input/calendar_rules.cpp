#include "sim/input/calendar_rules.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "models/core/units.hpp"

namespace hypocaust::input {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekday_words{"monday", "tuesday",  "wednesday", "thursday",
                                                        "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> month_words{"january", "february", "march",     "april",   "may",      "june",
                                                       "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 5> which_words{"first", "second", "third", "fourth", "last"};

template <std::size_t N> unsigned number_of(std::string_view word, const std::array<std::string_view, N>& words) {
  for (std::size_t k = 0; k < N; ++k)
    if (words[k] == word) return static_cast<unsigned>(k) + 1;
  return 0;
}

// Digits only, all of them.
bool digits(std::string_view text, int& value) {
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != text.npos) return false;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return true;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

bool read_clock(std::string_view text, int& second) {
  const std::size_t colon = text.find(':');
  int hour = 0, minute = 0;
  if (colon == text.npos || text.size() != colon + 3 || colon > 2) return false;
  if (!digits(text.substr(0, colon), hour) || !digits(text.substr(colon + 1), minute) || minute > 59) return false;
  second = hour * 3600 + minute * 60;
  return second <= 86400;
}

}  // namespace

std::string read_day(std::string_view text, DayRule& rule) {
  if (text.starts_with("easter")) {
    rule.kind = DayRule::Kind::easter;
    const std::string_view rest = text.substr(6);
    if (rest.empty()) return {};
    int days = 0;
    if ((rest[0] == '+' || rest[0] == '-') && digits(rest.substr(1), days) && days <= 200) {
      rule.offset_d = rest[0] == '-' ? -days : days;
      return {};
    }
    return quoted(text) + " is not a day counted from Easter; write easter, easter-2 (Good Friday) or easter+39 (Ascension)";
  }
  if (const auto words = words_of(text); words.size() == 4 && words[2] == "of") {
    rule.kind = DayRule::Kind::weekday_of_month;
    rule.which = number_of(words[0], which_words), rule.weekday = number_of(words[1], weekday_words);
    const unsigned month = number_of(words[3], month_words);
    rule.date = year{1} / static_cast<int>(month) / 1;
    if (rule.which > 0 && rule.weekday > 0 && month > 0) return {};
    return quoted(text) + " is not a weekday of a month; write e.g. first monday of may, or last monday of august";
  }
  const std::size_t last = text.rfind('-'), first = text.find('-');
  int y = 4, m = 0, d = 0;  // a leap year for rules of every year
  const bool dated = first != text.npos && first != last;
  const bool read = last != text.npos && text.size() == (dated ? 10 : 5) &&
                    (!dated || (first == 4 && digits(text.substr(0, 4), y))) && digits(text.substr(dated ? 5 : 0, 2), m) &&
                    digits(text.substr(last + 1), d);
  if (!read) return quoted(text) + " is not a day; write 2025-12-24, 12-24 (every year), easter+1, or first monday of may";
  rule.kind = dated ? DayRule::Kind::date : DayRule::Kind::yearly;
  rule.date = year{y} / m / d;
  if (!rule.date.ok()) return quoted(text) + " is not in the calendar (there is no such day); check month and day";
  return {};
}

sys_days easter(int year_number) {
  const int a = year_number % 19, b = year_number / 100, c = year_number % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return sys_days{year{year_number} / (n / 31) / (n % 31 + 1)};
}

std::optional<sys_days> day_in(const DayRule& rule, int year_number) {
  const year y{year_number};
  switch (rule.kind) {
    case DayRule::Kind::date:
      if (rule.date.year() != y) return {};
      return sys_days{rule.date};
    case DayRule::Kind::yearly: {
      const year_month_day date{y, rule.date.month(), rule.date.day()};
      if (!date.ok()) return {};
      return sys_days{date};
    }
    case DayRule::Kind::easter:
      return easter(year_number) + days{rule.offset_d};
    case DayRule::Kind::weekday_of_month: {
      const weekday wanted{rule.weekday % 7};
      if (rule.which == 5) return sys_days{y / rule.date.month() / wanted[std::chrono::last]};
      return sys_days{y / rule.date.month() / wanted[rule.which]};
    }
  }
  return {};
}

std::string read_span(std::string_view text, Span& span) {
  const std::size_t dash = text.find('-');
  if (dash == text.npos || !read_clock(text.substr(0, dash), span.from_s) || !read_clock(text.substr(dash + 1), span.to_s))
    return quoted(text) + " is not a time of day; write 06:30-22:00 (24:00 is midnight at the end), or closed";
  if (span.from_s == span.to_s) return quoted(text) + " has no length; write e.g. 06:30-22:00, or closed";
  if (span.from_s > span.to_s)
    return quoted(text) + " ends before it begins; over midnight write two: " + std::string(text.substr(0, dash)) +
           "-24:00 and 00:00-" + std::string(text.substr(dash + 1)) + " (the second on the day after)";
  return {};
}

}  // namespace hypocaust::input
