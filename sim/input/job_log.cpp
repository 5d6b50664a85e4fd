#include "sim/input/job_log.hpp"

#include <algorithm>

namespace hypocaust::input {

void sort_by_submission(JobLog& log) {
  std::int64_t latest_s = 0;
  for (const LogJob& job : log.jobs) {
    log.out_of_order += job.submit_s < latest_s ? 1 : 0;
    latest_s = std::max(latest_s, job.submit_s);
  }
  if (log.out_of_order > 0)
    std::stable_sort(log.jobs.begin(), log.jobs.end(), [](const LogJob& a, const LogJob& b) { return a.submit_s < b.submit_s; });
}

}  // namespace hypocaust::input
