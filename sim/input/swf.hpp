// Standard Workload Format (Chapin et al. 1999): one job a line, 18 numbers, -1 where a value is missing; header lines start
// with a semicolon. The Parallel Workloads Archive (https://www.cs.huji.ac.il/labs/parallel/workload/) keeps logs in it.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "sim/input/job_log.hpp"

namespace hypocaust::input {

struct SwfLog : JobLog {
  std::map<std::string, std::string> header;            // MaxProcs, UnixStartTime ... as written; the first of repeated keys
  std::int64_t max_procs = -1, unix_start_time_s = -1;  // -1: not in the header
};

// Reads a log, plain or .gz. Columns beyond the eighteenth are left aside; lines that begin with ; or # are comments, and so is
// what follows a ; in a line. Throws UserError (file:line:column, value, remedy): missing, empty, binary, cut in mid-line, fewer
// columns than 18, text that is no number, a negative submit time, no job at all.
SwfLog read_swf(const std::string& path);

}  // namespace hypocaust::input
