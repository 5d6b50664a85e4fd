#include "sim/input/calendar_spec.hpp"

#include <array>

#include "sim/input/calendar_rules.hpp"

namespace hypocaust::input {
namespace {

struct Part {
  std::string_view key;
  std::vector<std::string> WeekHours::*list;
};
constexpr std::array<Part, 10> parts{{{"monday", &WeekHours::monday},
                                      {"tuesday", &WeekHours::tuesday},
                                      {"wednesday", &WeekHours::wednesday},
                                      {"thursday", &WeekHours::thursday},
                                      {"friday", &WeekHours::friday},
                                      {"saturday", &WeekHours::saturday},
                                      {"sunday", &WeekHours::sunday},
                                      {"weekdays", &WeekHours::weekdays},
                                      {"weekend", &WeekHours::weekend},
                                      {"every_day", &WeekHours::every_day}}};

constexpr Options calendar_name{.scope = "calendar"};

}  // namespace

bool WeekHours::given() const {
  for (const Part& part : parts)
    if (!(this->*part.list).empty()) return true;
  return false;
}

const std::vector<std::string>* WeekHours::of(int day) const {
  const auto& own = this->*parts[static_cast<std::size_t>(day - 1)].list;
  if (!own.empty()) return &own;
  const auto& half = day >= 6 ? weekend : weekdays;
  if (!half.empty()) return &half;
  return every_day.empty() ? nullptr : &every_day;
}

void WeekHours::check(Problems& problems) const {
  for (const Part& part : parts) {
    const auto& list = this->*part.list;
    int until_s = 0;
    for (std::size_t k = 0; k < list.size(); ++k) {
      const std::string key = std::string(part.key) + "." + std::to_string(k);
      if (list[k] == "closed") {
        if (list.size() > 1) problems.error(key, "stands beside hours (closed or open?); remove one");
        continue;
      }
      Span span{};
      if (const std::string problem = read_span(list[k], span); !problem.empty()) problems.error(key, problem);
      else if (span.from_s < until_s)
        problems.error(
            key, "`" + list[k] + "` overlaps `" + list[k - 1] + "` or comes before it; write hours in order, without overlap");
      else until_s = span.to_s;
    }
  }
}

const Schema& WeekHours::schema() {
  using W = WeekHours;
  static const Schema s = describe<W>(
      "hours", "Hours by weekday, on the clock of site.time_zone: lists such as [06:30-12:00, 13:00-22:00], or [closed].",
      {row<&W::monday>("monday", "", {}, "before weekdays and every_day"),
       row<&W::tuesday>("tuesday", "", {}, "before weekdays and every_day"),
       row<&W::wednesday>("wednesday", "", {}, "before weekdays and every_day"),
       row<&W::thursday>("thursday", "", {}, "before weekdays and every_day"),
       row<&W::friday>("friday", "", {}, "before weekdays and every_day"),
       row<&W::saturday>("saturday", "", {}, "before weekend and every_day"),
       row<&W::sunday>("sunday", "", {}, "before weekend and every_day"),
       row<&W::weekdays>("weekdays", "", {}, "Monday to Friday, before every_day"),
       row<&W::weekend>("weekend", "", {}, "Saturday and Sunday, before every_day"),
       row<&W::every_day>("every_day", "", {}, "days that nothing else names")});
  return s;
}

void CalendarSpec::check(Problems& problems) const {
  if (!hours.given() && days.empty() && from.empty() && to.empty() && except.empty() && also.empty())
    problems.error("", "says no time at all; give hours, days, from and to, or except");
  const auto read = [&](const std::vector<std::string>& list, const char* name, bool period_end) {
    std::vector<DayRule> rules(list.size());
    for (std::size_t k = 0; k < list.size(); ++k) {
      const std::string key = std::string(name) + "." + std::to_string(k);
      std::string problem = read_day(list[k], rules[k]);
      if (problem.empty() && period_end && rules[k].kind != DayRule::Kind::date && rules[k].kind != DayRule::Kind::yearly)
        problem = "`" + list[k] + "` cannot begin or end a period; write a date, 2025-07-23 or 07-23 (every year)";
      if (!problem.empty()) problems.error(key, problem);
    }
    return rules;
  };
  read(days, "days", false);
  const std::vector<DayRule> begin = read(from, "from", true), end = read(to, "to", true);
  if (begin.size() != end.size()) {
    problems.error("to", "has " + std::to_string(end.size()) + " dates where `from` has " + std::to_string(begin.size()) +
                             " (each period needs both); give as many");
    return;
  }
  for (std::size_t k = 0; k < begin.size(); ++k) {
    const std::string key = "to." + std::to_string(k);
    if (begin[k].kind != end[k].kind)
      problems.error(
          key, "`" + to[k] + "` does not go with `" + from[k] + "` (one has a year); write both with a year, or both without");
    else if (begin[k].kind == DayRule::Kind::date && end[k].date < begin[k].date)
      problems.error(key, "`" + to[k] + "` is before `" + from[k] + "` (the period ends before it begins); exchange them");
  }
}

const Schema& CalendarSpec::schema() {
  using C = CalendarSpec;
  static const Schema s = describe<C>(
      "calendar", "A time that comes and goes: hours of the week, days or periods, in the local time of site.time_zone.",
      {row<&C::hours>("hours", "", {}, "within the days; left out: the whole day"),
       row<&C::days>("days", "", {},
                     "2025-12-24, 12-24 (every year), easter+1, first monday of may; with from and to left out: every day"),
       row<&C::from>("from", "", {}, "first days of periods: 2025-07-23, or 07-23 (every year)"),
       row<&C::to>("to", "", {}, "last days of the same periods, which belong to them"),
       row<&C::except>("except", "", calendar_name, "calendars whose time is taken out"),
       row<&C::also>("also", "", calendar_name, "calendars whose time is added, after `except`")});
  return s;
}

}  // namespace hypocaust::input
