// Local time of an IANA zone, for calendars, tariffs and files in local time. Inside, everything is UTC.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace hypocaust::input {

struct LocalTime {
  std::int64_t second_of_day;  // 0 to 86,399
  int weekday;                 // 1 Monday to 7 Sunday
  int year, month, day;        // month 1 to 12
  int day_of_year;             // 1 to 366
};

// One owner a thread: the last interval between clock changes is remembered.
class TimeZone {
 public:
  // name: of the IANA database ("Europe/London"). Throws UserError with the nearest name.
  explicit TimeZone(std::string_view name);

  LocalTime local(std::int64_t utc_s) const;
  std::int64_t offset_s(std::int64_t utc_s) const;  // local minus UTC

  // The instants that show local_s on the clock (seconds of 1970-01-01 local): two when the clock was put back over it
  // (earlier first), none when it was put forward over it.
  struct Instants {
    int count;
    std::int64_t utc_s[2];
  };
  Instants instants(std::int64_t local_s) const;
  // One instant for local_s: of a doubled hour the first or the second; of a skipped one the moment of the change.
  enum class Doubled { first, second };
  std::int64_t instant(std::int64_t local_s, Doubled doubled) const;

  const std::string& name() const { return name_; }

 private:
  std::string name_;
  const void* zone_;
  mutable std::int64_t begin_s_ = 0, end_s_ = 0, offset_s_ = 0;  // interval of the last question
};

// Release of the database in use, "2024a".
// Empty when the database holds the name; else what is wrong and the remedy.
std::string time_zone_problem(std::string_view name);

std::string time_zone_database_version();

}  // namespace hypocaust::input
