// run.log.json beside run.h5: what depends on the machine and the day, and so may not enter run.h5.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hypocaust::output {

struct RunLog {
  std::string scenario_file, output_file, cache_folder, cache_outcome, coupling, time_zone_database;
  int threads = 1;
  double wall_s = 0, cpu_s = 0;
  std::int64_t peak_bytes = 0;
  std::vector<std::string> notes;
};
// Adds host, time and versions; written atomically. Throws UserError.
void write_run_log(const std::string& path, const RunLog& log);

}  // namespace hypocaust::output
