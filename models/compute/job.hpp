// Rigid batch jobs as one flat table, sorted by submission; the order in it is the job's number and breaks every tie.
#pragma once
#include <cstdint>
#include <vector>

namespace hypocaust::compute {

struct Job {
  std::int64_t submit_s = 0;     // since the start of the warm-up
  std::int64_t run_s = 0;        // at full speed, >= 1
  std::int64_t requested_s = 0;  // what the user asked for; the scheduler plans with it, >= 1
  std::int32_t cores = 0;        // >= 1, at most the group's cores
  std::int32_t group = 0;        // index of the host group
  std::int32_t priority = 0;     // higher goes first under the policy `priority`
  std::int32_t delay_s = 0;      // longest time the scheduler may hold it
  double power_w = -1.0;         // electricity of the job, its share of idle power included; negative: by its cores
  std::int64_t deadline_s = -1;  // on the clock of submit_s; -1: none
  std::int32_t work_class = -1;  // index into compute.classes; -1: none
};
using JobTable = std::vector<Job>;

// What was found in a log or made by a generator.
struct JobCounts {
  std::int64_t read = 0, valid = 0, zero_time = 0, zero_processors = 0, too_large = 0;
};

}  // namespace hypocaust::compute
