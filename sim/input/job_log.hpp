// What every kind of job log gives: one line a job, as written, before it is fitted to a machine.
#pragma once
#include <cstdint>
#include <vector>

#include "models/compute/job.hpp"

namespace hypocaust::input {

struct LogJob {
  std::int64_t number = 0, submit_s = 0;
  std::int64_t run_s = 0;         // > 0, rounded up to whole seconds
  std::int64_t processors = 0;    // 0: only accelerators or memory were asked for
  std::int64_t requested_s = -1;  // -1: missing
  std::int64_t deadline_s = -1;   // on the clock of submit_s; -1: none
  std::int64_t priority = 0;
  double accelerators = 0, memory_byte = 0;
  double power_w = -1;  // mean electricity of the job, its share of idle power included; negative: not known
};

struct JobLog {
  std::vector<LogJob> jobs;       // valid ones, by submission
  compute::JobCounts counts;      // read, valid, zero_time (run time 0 or missing), zero_processors; both count as zero_time
  std::int64_t out_of_order = 0;  // jobs that stand after one submitted later; sorted in
};

// Sorts by submission (the order of the file among equals) and counts what was out of order.
void sort_by_submission(JobLog& log);

}  // namespace hypocaust::input
