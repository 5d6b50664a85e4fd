#include "sim/output/run_log.hpp"

#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "sim/base/atomic_file.hpp"
#include "sim/output/version.hpp"

namespace hypocaust::output {

void write_run_log(const std::string& path, const RunLog& log) {
  char host[256] = "unknown", written[32] = "";
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", &utc);
  nlohmann::ordered_json j;
  j["hypocaust"] = version();
  j["git_commit"] = git_commit();
  j["written"] = written;
  j["host"] = host;
  j["scenario"] = log.scenario_file;
  j["output"] = log.output_file;
  j["cache"] = {{"folder", log.cache_folder}, {"outcome", log.cache_outcome}};
  j["coupling"] = log.coupling;
  j["threads"] = log.threads;
  j["time_zone_database"] = log.time_zone_database;
  j["wall_s"] = log.wall_s;
  j["cpu_s"] = log.cpu_s;
  j["peak_bytes"] = log.peak_bytes;
  j["notes"] = log.notes;
  base::write_file(path, j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

}  // namespace hypocaust::output
