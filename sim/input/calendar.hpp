// A calendar as the open intervals of a run in UTC.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/input/calendar_spec.hpp"
#include "sim/input/time_zone.hpp"

namespace hypocaust::input {

struct Interval {
  std::int64_t from_s, to_s;
};  // POSIX seconds, to_s not in it

class Calendar {
 public:
  explicit Calendar(const std::vector<Interval>& open);  // ascending, not touching
  // Share of [from_s, to_s) that is open, exactly; to_s > from_s. Outside the run's intervals: closed.
  double share(std::int64_t from_s, std::int64_t to_s) const;
  const std::vector<Interval>& open() const { return open_; }

 private:
  std::int64_t open_until_s(std::int64_t utc_s) const;
  std::vector<Interval> open_;
  std::vector<std::int64_t> before_s_;  // open seconds before each interval
};

// All calendars over [over.from_s, over.to_s), in the order of `specs`. Hours are those that the clock shows: where it is put
// forward over the edge of a span, the edge is the instant of the change; where it is put back, an edge in the doubled hour opens
// the first time and closes the second.
std::vector<Calendar> make_calendars(const Named<CalendarSpec>& specs, const TimeZone& zone, const Interval& over);

// The first calendar that leads back to itself through except and also: its name; empty: none does.
std::string circular_calendar(const Named<CalendarSpec>& specs);

}  // namespace hypocaust::input
