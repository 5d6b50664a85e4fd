// The calendar months (UTC) that a run touches.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace hypocaust::run {

class Months {
 public:
  Months(std::int64_t start_utc_s, std::int64_t duration_s) {
    using namespace std::chrono;
    const sys_days first_day = floor<days>(sys_seconds{seconds{start_utc_s}});
    year_month month{year_month_day{first_day}.year(), year_month_day{first_day}.month()};
    starts_s_.push_back(0);
    for (;;) {
      month += std::chrono::months{1};
      const std::int64_t next_s = sys_seconds{sys_days{month / 1}}.time_since_epoch().count() - start_utc_s;
      if (next_s >= duration_s) break;
      starts_s_.push_back(next_s);
    }
  }
  const std::vector<std::int64_t>& starts_s() const { return starts_s_; }  // since the start of the run; the first is 0
  std::size_t index_at(std::int64_t time_s) const {
    return static_cast<std::size_t>(std::upper_bound(starts_s_.begin(), starts_s_.end(), time_s) - starts_s_.begin()) - 1;
  }

 private:
  std::vector<std::int64_t> starts_s_;
};

}  // namespace hypocaust::run
