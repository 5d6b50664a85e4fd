// Standard Workload Format (Chapin et al. 1999): one job a line, 18 numbers, -1 where a value is missing; header lines start
// with a semicolon. The Parallel Workloads Archive (https://www.cs.huji.ac.il/labs/parallel/workload/) keeps logs in it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/compute/job.hpp"

namespace hypocaust::input {

struct SwfJob {
  std::int64_t number = 0, submit_s = 0;
  std::int64_t run_s = 0;         // > 0, rounded up to whole seconds
  std::int64_t processors = 0;    // allocated, else requested; > 0
  std::int64_t requested_s = -1;  // -1: missing
};

struct SwfLog {
  std::map<std::string, std::string> header;            // MaxProcs, UnixStartTime ... as written; the first of repeated keys
  std::int64_t max_procs = -1, unix_start_time_s = -1;  // -1: not in the header
  std::vector<SwfJob> jobs;                             // valid ones, in the order of the file (submit times ascend)
  compute::JobCounts
      counts;  // read, valid, zero_time (run time 0 or missing), zero_processors; a job with both counts as zero_time
};

// Reads a log, plain or .gz. Throws UserError (file:line:column, value, remedy): missing, empty, binary, cut in mid-line, another
// number of columns than 18, text that is no number, submit times that go back, no job at all.
SwfLog read_swf(const std::string& path);

}  // namespace hypocaust::input
