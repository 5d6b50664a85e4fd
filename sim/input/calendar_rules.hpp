// The words of a calendar: days, and hours of a day.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hypocaust::input {

struct DayRule {
  enum class Kind { date, yearly, easter, weekday_of_month } kind = Kind::date;
  std::chrono::year_month_day date{};  // date; yearly and weekday_of_month: its month; yearly: its day
  int offset_d = 0;                    // easter: days after Easter Sunday
  unsigned weekday = 1, which = 1;     // weekday_of_month: 1 Monday to 7 Sunday; 1 to 4, 5: the last
};
// "2025-12-24", "12-24" (every year), "easter", "easter-2", "easter+39", "first monday of may", "last monday of august".
// Returns what is wrong and the remedy, or nothing.
std::string read_day(std::string_view text, DayRule& rule);
// The day of a rule in a year; none: a date of another year, or 29 February where there is none.
std::optional<std::chrono::sys_days> day_in(const DayRule& rule, int year);
// Gregorian Easter Sunday: Meeus, Astronomical Algorithms (1991), chapter 8.
std::chrono::sys_days easter(int year);

struct Span {
  int from_s, to_s;
};  // seconds of the day on the clock; 86,400: midnight at its end
// "06:30-22:00", "18:00-24:00".
std::string read_span(std::string_view text, Span& span);

}  // namespace hypocaust::input
