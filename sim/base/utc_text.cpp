#include "sim/base/utc_text.hpp"

#include <fmt/format.h>

#include <chrono>

namespace hypocaust::base {

std::string utc_text(std::int64_t utc_s) {
  using namespace std::chrono;
  const sys_seconds at{seconds{utc_s}};
  const sys_days day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss clock{at - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace hypocaust::base
