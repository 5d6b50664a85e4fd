#include "sim/input/calendar.hpp"

#include <algorithm>
#include <set>

#include "models/core/contracts.hpp"
#include "sim/input/calendar_rules.hpp"

namespace hypocaust::input {
namespace {

using namespace std::chrono;
using Intervals = std::vector<Interval>;

Intervals joined(Intervals list) {
  std::sort(list.begin(), list.end(), [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
  Intervals out;
  for (const Interval& one : list) {
    if (one.to_s <= one.from_s) continue;
    if (!out.empty() && one.from_s <= out.back().to_s) out.back().to_s = std::max(out.back().to_s, one.to_s);
    else out.push_back(one);
  }
  return out;
}

Intervals without(const Intervals& list, const Intervals& taken) {
  Intervals out;
  for (Interval one : list) {
    for (const Interval& hole : taken) {
      if (hole.to_s <= one.from_s || hole.from_s >= one.to_s) continue;
      out.push_back({one.from_s, hole.from_s});
      one.from_s = hole.to_s;
    }
    out.push_back(one);
  }
  return joined(std::move(out));
}

// The days that the dates of a calendar name, between two years.
std::set<sys_days> named_days(const CalendarSpec& spec, int first_year, int last_year) {
  std::set<sys_days> days_named;
  const auto rule = [](const std::string& text) {
    DayRule read;
    read_day(text, read);  // checked with the scenario
    return read;
  };
  for (int y = first_year; y <= last_year; ++y) {
    for (const std::string& text : spec.days)
      if (const auto day = day_in(rule(text), y)) days_named.insert(*day);
    for (std::size_t k = 0; k < spec.from.size() && k < spec.to.size(); ++k) {
      const DayRule begin = rule(spec.from[k]), end = rule(spec.to[k]);
      if (begin.kind == DayRule::Kind::date) {
        const sys_days from = std::max(sys_days{begin.date}, sys_days{year{y} / 1 / 1});
        const sys_days to = std::min(sys_days{end.date}, sys_days{year{y} / 12 / 31});
        for (sys_days day = from; day <= to; day += days{1}) days_named.insert(day);
        continue;
      }
      // Every year: a period may end in the next. 29 February counts as 1 March where there is none.
      const auto in_year = [](const DayRule& one, int number) {
        const auto day = day_in(one, number);
        return day ? *day : sys_days{year{number} / 3 / 1};
      };
      const sys_days from = in_year(begin, y);
      sys_days to = in_year(end, y);
      if (to < from) to = in_year(end, y + 1);
      for (sys_days day = from; day <= to; day += days{1}) days_named.insert(day);
    }
  }
  return days_named;
}

Intervals own_time(const CalendarSpec& spec, const TimeZone& zone, const Interval& over) {
  const bool dated = !spec.days.empty() || !spec.from.empty(), timed = spec.hours.given();
  if (!dated && !timed && spec.except.empty()) return {};  // only what `also` adds
  const sys_days first = floor<days>(sys_seconds{seconds{over.from_s}}) - days{2};
  const sys_days last = floor<days>(sys_seconds{seconds{over.to_s}}) + days{2};
  const auto year_of = [](sys_days day) { return static_cast<int>(year_month_day{day}.year()); };
  const std::set<sys_days> on = dated ? named_days(spec, year_of(first) - 1, year_of(last)) : std::set<sys_days>{};
  Intervals list;
  for (sys_days day = first; day <= last; day += days{1}) {
    if (dated && !on.contains(day)) continue;
    const std::int64_t midnight_s = day.time_since_epoch().count() * std::int64_t{86400};
    const auto add = [&](const Span& span) {
      list.push_back({zone.instant(midnight_s + span.from_s, TimeZone::Doubled::first),
                      zone.instant(midnight_s + span.to_s, TimeZone::Doubled::second)});
    };
    if (!timed) {
      add({.from_s = 0, .to_s = 86400});
      continue;
    }
    const auto* hours = spec.hours.of(static_cast<int>(weekday{day}.iso_encoding()));
    if (!hours) continue;
    for (const std::string& text : *hours) {
      Span span{};
      if (text != "closed" && read_span(text, span).empty()) add(span);
    }
  }
  return joined(std::move(list));
}

class Maker {
 public:
  Maker(const Named<CalendarSpec>& specs, const TimeZone& zone, const Interval& over)
      : specs_(specs), zone_(zone), over_(over), made_(specs.entries.size()), known_(specs.entries.size(), false) {}
  const Intervals& time(std::size_t k) {
    if (known_[k]) return made_[k];
    const CalendarSpec& spec = specs_.entries[k].value;
    Intervals list = own_time(spec, zone_, over_);
    for (const Ref& one : spec.except) list = without(list, time(place(one.name)));
    for (const Ref& one : spec.also) {
      const Intervals& more = time(place(one.name));
      list.insert(list.end(), more.begin(), more.end());
    }
    known_[k] = true;
    return made_[k] = joined(std::move(list));
  }

 private:
  std::size_t place(const std::string& name) const {
    for (std::size_t k = 0; k < specs_.entries.size(); ++k)
      if (specs_.entries[k].name == name) return k;
    EXPECT(false && "names of calendars are checked with the scenario");
    return 0;
  }
  const Named<CalendarSpec>& specs_;
  const TimeZone& zone_;
  Interval over_;
  std::vector<Intervals> made_;
  std::vector<bool> known_;
};

bool leads_to(const Named<CalendarSpec>& specs, const std::string& from, const std::string& wanted, std::set<std::string>& seen) {
  const CalendarSpec* spec = specs.find(from);
  if (!spec || !seen.insert(from).second) return false;
  for (const auto* list : {&spec->except, &spec->also})
    for (const Ref& one : *list)
      if (one.name == wanted || leads_to(specs, one.name, wanted, seen)) return true;
  return false;
}

}  // namespace

Calendar::Calendar(const std::vector<Interval>& open) : open_(open) {
  std::int64_t sum_s = 0;
  for (const Interval& one : open_) {
    before_s_.push_back(sum_s);
    sum_s += one.to_s - one.from_s;
  }
}

std::int64_t Calendar::open_until_s(std::int64_t utc_s) const {
  const auto after = std::upper_bound(open_.begin(), open_.end(), utc_s,
                                      [](std::int64_t at_s, const Interval& one) { return at_s < one.from_s; });
  if (after == open_.begin()) return 0;
  const auto k = static_cast<std::size_t>(after - open_.begin()) - 1;
  return before_s_[k] + std::min(utc_s, open_[k].to_s) - open_[k].from_s;
}

double Calendar::share(std::int64_t from_s, std::int64_t to_s) const {
  EXPECT(to_s > from_s);
  return static_cast<double>(open_until_s(to_s) - open_until_s(from_s)) / static_cast<double>(to_s - from_s);
}

std::vector<Calendar> make_calendars(const Named<CalendarSpec>& specs, const TimeZone& zone, const Interval& over) {
  Maker maker(specs, zone, over);
  std::vector<Calendar> list;
  for (std::size_t k = 0; k < specs.entries.size(); ++k) list.emplace_back(maker.time(k));
  return list;
}

std::string circular_calendar(const Named<CalendarSpec>& specs) {
  for (const auto& entry : specs.entries) {
    std::set<std::string> seen;
    if (leads_to(specs, entry.name, entry.name, seen)) return entry.name;
  }
  return {};
}

}  // namespace hypocaust::input
