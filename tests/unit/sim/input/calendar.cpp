#include "sim/input/calendar.hpp"

#include <catch2/catch.hpp>

#include <chrono>

#include "sim/input/calendar_rules.hpp"

using namespace hypocaust;
using namespace hypocaust::input;
using namespace std::chrono;

namespace {

std::int64_t utc(int y, unsigned m, unsigned d, int h = 0, int minute = 0) {
  return sys_days{year{y} / static_cast<int>(m) / static_cast<int>(d)}.time_since_epoch().count() * std::int64_t{86400} +
         h * 3600 + minute * 60;
}

Named<CalendarSpec> named(std::vector<std::pair<std::string, CalendarSpec>> list) {
  Named<CalendarSpec> out;
  for (auto& [name, spec] : list) out.entries.push_back({name, spec});
  return out;
}

const Interval year_2025{utc(2024, 12, 31), utc(2026, 1, 2)};

double hours_open(const Calendar& calendar, std::int64_t from_s, std::int64_t to_s) {
  return calendar.share(from_s, to_s) * static_cast<double>(to_s - from_s) / 3600.0;
}

std::string told(std::string_view text, int y) {
  DayRule rule;
  const std::string problem = read_day(text, rule);
  if (!problem.empty()) return problem;
  const auto found = day_in(rule, y);
  if (!found) return "none";
  const year_month_day date{*found};
  char out[32];
  std::snprintf(out, sizeof out, "%02u-%02u", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return out;
}

}  // namespace

TEST_CASE("Easter falls where the tables of the churches have it") {
  // Earliest and latest of the century, and the years about now.
  CHECK(easter(2008) == sys_days{2008y / March / 23});
  CHECK(easter(2024) == sys_days{2024y / March / 31});
  CHECK(easter(2025) == sys_days{2025y / April / 20});
  CHECK(easter(2026) == sys_days{2026y / April / 5});
  CHECK(easter(2038) == sys_days{2038y / April / 25});
  CHECK(easter(1954) == sys_days{1954y / April / 18});
  CHECK(easter(2049) == sys_days{2049y / April / 18});
}

TEST_CASE("rules name the public holidays of England in 2025") {
  // gov.uk/bank-holidays: 1 January, 18 and 21 April, 5 and 26 May, 25 August, 25 and 26 December.
  CHECK(told("01-01", 2025) == "01-01");
  CHECK(told("easter-2", 2025) == "04-18");
  CHECK(told("easter+1", 2025) == "04-21");
  CHECK(told("first monday of may", 2025) == "05-05");
  CHECK(told("last monday of may", 2025) == "05-26");
  CHECK(told("last monday of august", 2025) == "08-25");
  CHECK(told("second sunday of november", 2025) == "11-09");
  CHECK(told("2025-12-25", 2025) == "12-25");
  CHECK(told("2025-12-25", 2026) == "none");
  CHECK(told("02-29", 2025) == "none");
  CHECK(told("02-29", 2028) == "02-29");
}

TEST_CASE("days and hours that are none are told") {
  CHECK_THAT(told("2025-02-29", 2025), Catch::Contains("is not in the calendar"));
  CHECK_THAT(told("13-01", 2025), Catch::Contains("is not in the calendar"));
  CHECK_THAT(told("1-1", 2025), Catch::Contains("is not a day"));
  CHECK_THAT(told("easter+", 2025), Catch::Contains("counted from Easter"));
  CHECK_THAT(told("fifth monday of may", 2025), Catch::Contains("not a weekday of a month"));
  CHECK_THAT(told("first monday of mai", 2025), Catch::Contains("not a weekday of a month"));
  for (const char* text : {"", "-", "12-", "2025-", "-12-24", "easter 1", "2025-12-24-", "\x80\xff", "of of of of"})
    CHECK(told(text, 2025).size() > 5);
  Span span{};
  CHECK(read_span("06:30-22:00", span).empty());
  CHECK((span.from_s == 23400 && span.to_s == 79200));
  CHECK(read_span("0:00-24:00", span).empty());
  CHECK_THAT(read_span("22:00-06:00", span), Catch::Contains("22:00-24:00 and 00:00-06:00"));
  CHECK_THAT(read_span("06:00-06:00", span), Catch::Contains("no length"));
  for (const char* text : {"", "6-22", "06:60-22:00", "06:00-24:30", "06:00", "a:00-b:00", "06:00-22:000"})
    CHECK_FALSE(read_span(text, span).empty());
}

TEST_CASE("hours hold on the clock, in summer as in winter, and steps get their share") {
  CalendarSpec spec;
  spec.hours.weekdays = {"06:30-12:00", "13:00-22:00"}, spec.hours.saturday = {"08:00-18:00"};
  const auto list = make_calendars(named({{"opening", spec}}), TimeZone("Europe/London"), year_2025);
  const Calendar& opening = list[0];
  // Wednesday 15 January (UTC) and Wednesday 16 July (UTC + 1).
  CHECK(opening.share(utc(2025, 1, 15, 6, 30), utc(2025, 1, 15, 6, 31)) == 1.0);
  CHECK(opening.share(utc(2025, 1, 15, 6, 29), utc(2025, 1, 15, 6, 30)) == 0.0);
  CHECK(opening.share(utc(2025, 7, 16, 5, 30), utc(2025, 7, 16, 5, 31)) == 1.0);
  CHECK(opening.share(utc(2025, 7, 16, 5, 29), utc(2025, 7, 16, 5, 30)) == 0.0);
  CHECK(opening.share(utc(2025, 1, 15, 6, 15), utc(2025, 1, 15, 6, 45)) == 0.5);
  CHECK(opening.share(utc(2025, 1, 15, 11, 30), utc(2025, 1, 15, 13, 30)) == 0.5);
  CHECK(hours_open(opening, utc(2025, 1, 18), utc(2025, 1, 19)) == Approx(10.0));  // Saturday
  CHECK(hours_open(opening, utc(2025, 1, 19), utc(2025, 1, 20)) == 0.0);           // Sunday
  CHECK(hours_open(opening, utc(2025, 1, 1), utc(2026, 1, 1)) == Approx(261 * 14.5 + 52 * 10.0));
}

TEST_CASE("the day of a clock change is an hour shorter or longer") {
  CalendarSpec night, day_long;
  night.hours.every_day = {"01:30-06:00"}, day_long.hours.every_day = {"00:00-24:00"};
  const auto list = make_calendars(named({{"day_long", day_long}, {"night", night}}), TimeZone("Europe/Berlin"), year_2025);
  CHECK(list[0].open().size() == 1);  // no gap at any midnight
  // 30 March: 02:00 becomes 03:00. 26 October: 03:00 becomes 02:00.
  CHECK(hours_open(list[1], utc(2025, 3, 29, 22), utc(2025, 3, 30, 22)) == Approx(3.5));
  CHECK(hours_open(list[1], utc(2025, 10, 25, 22), utc(2025, 10, 26, 22)) == Approx(5.5));
  CalendarSpec skipped, doubled;
  skipped.hours.every_day = {"02:30-04:00"}, doubled.hours.every_day = {"02:15-02:45"};
  const auto edges = make_calendars(named({{"doubled", doubled}, {"skipped", skipped}}), TimeZone("Europe/Berlin"), year_2025);
  CHECK(hours_open(edges[1], utc(2025, 3, 29, 22), utc(2025, 3, 30, 22)) == Approx(1.0));    // from the change to 04:00
  CHECK(hours_open(edges[0], utc(2025, 10, 25, 22), utc(2025, 10, 26, 22)) == Approx(1.5));  // first 02:15 to second 02:45
}

TEST_CASE("days, periods, calendars taken out and added") {
  CalendarSpec opening, holidays, terms, special, winter, in_term;
  opening.hours.every_day = {"10:00-20:00"}, opening.except = {{"holidays"}}, opening.also = {{"special"}};
  holidays.days = {"12-25", "easter+1"}, holidays.from = {"2025-08-11"}, holidays.to = {"2025-08-24"};
  special.days = {"2025-04-21"}, special.hours.every_day = {"12:00-14:00"};
  terms.from = {"2025-01-06", "2025-04-22"}, terms.to = {"2025-04-04", "2025-07-22"};
  winter.from = {"12-20"}, winter.to = {"01-05"};
  in_term.except = {{"holidays"}};
  const auto list = make_calendars(named({{"holidays", holidays},
                                          {"opening", opening},
                                          {"special", special},
                                          {"terms", terms},
                                          {"winter", winter},
                                          {"in_term", in_term}}),
                                   TimeZone("UTC"), year_2025);
  CHECK(hours_open(list[1], utc(2025, 8, 10), utc(2025, 8, 26)) == Approx(20.0));  // the 10th and the 25th
  CHECK(hours_open(list[1], utc(2025, 4, 21), utc(2025, 4, 22)) == Approx(2.0));  // Easter Monday: added after what was taken out
  CHECK(hours_open(list[1], utc(2025, 1, 1), utc(2026, 1, 1)) == Approx(10.0 * (365 - 14 - 2) + 2.0));
  CHECK(hours_open(list[3], utc(2025, 1, 1), utc(2026, 1, 1)) == Approx(24.0 * (89 + 92)));
  CHECK(hours_open(list[4], utc(2025, 1, 1), utc(2026, 1, 1)) == Approx(24.0 * (5 + 12)));        // over the turn of the year
  CHECK(hours_open(list[5], utc(2025, 1, 1), utc(2026, 1, 1)) == Approx(24.0 * (365 - 14 - 2)));  // always but in the holidays
}

TEST_CASE("a calendar is checked where it is written") {
  const auto problem = [](const auto& spec) {
    Problems problems;
    spec.check(problems);
    return problems.items.empty() ? std::string() : problems.items[0].key + ": " + problems.items[0].text;
  };
  CalendarSpec spec;
  CHECK_THAT(problem(spec), Catch::Contains("says no time"));
  spec.from = {"2025-07-01"};
  CHECK_THAT(problem(spec), Catch::Contains("to: has 0 dates"));
  spec.to = {"2025-06-01"};
  CHECK_THAT(problem(spec), Catch::Contains("to.0: `2025-06-01` is before"));
  spec.to = {"06-01"};
  CHECK_THAT(problem(spec), Catch::Contains("one has a year"));
  spec.to = {"easter"};
  CHECK_THAT(problem(spec), Catch::Contains("cannot begin or end a period"));
  WeekHours hours;
  hours.monday = {"06:00-12:00", "11:00-13:00"};
  CHECK_THAT(problem(hours), Catch::Contains("monday.1: `11:00-13:00` overlaps"));
  hours.monday = {"06:00-12:00", "closed"};
  CHECK_THAT(problem(hours), Catch::Contains("stands beside hours"));
  CalendarSpec a, b;
  a.days = {"01-01"}, a.except = {{"b"}}, b.days = {"01-01"}, b.also = {{"a"}};
  CHECK(circular_calendar(named({{"a", a}, {"b", b}})) == "a");
  CHECK(circular_calendar(named({{"b", b}})).empty());
}
