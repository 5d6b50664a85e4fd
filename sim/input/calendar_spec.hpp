// calendars: named times, usable as {calendar: name, during: ..., otherwise: ...} wherever a key may vary.
#pragma once
#include <string>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::input {

struct WeekHours {  // each a list of "06:30-22:00", or [closed]; a weekday's own list goes before the general ones
  std::vector<std::string> monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekdays, weekend, every_day;
  bool given() const;
  // The list that holds on a weekday (1 Monday to 7 Sunday) and its key; nullptr: none, closed.
  const std::vector<std::string>* of(int weekday) const;
  void check(Problems&) const;
  static const Schema& schema();
};

struct CalendarSpec {
  WeekHours hours;
  std::vector<std::string> days, from, to;  // days, and periods with both ends in them; see calendar_rules.hpp
  std::vector<Ref> except, also;            // other calendars: taken out, then added
  void check(Problems&) const;
  static const Schema& schema();
};

}  // namespace hypocaust::input
