// One site, one run: the door from a loaded scenario to run.h5 and its summary.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/meter/kpi.hpp"
#include "sim/compute/compute_side.hpp"
#include "sim/config/config.hpp"
#include "sim/run/user_figures.hpp"

namespace hypocaust::run {

enum class Coupling { automatic, open, closed };  // automatic: open from the cache, closed when it has to be

struct RunOptions {
  std::string output;        // path of run.h5; empty: ./results/<scenario>/run.h5
  std::string channels_csv;  // path of the recorded channels as CSV; empty: none
  std::string cache_folder;  // empty: HYPOCAUST_CACHE, else $XDG_CACHE_HOME/hypocaust, else ~/.cache/hypocaust
  bool use_cache = true;
  Coupling coupling = Coupling::automatic;
  int threads = 1;  // of the compressor; the bytes never depend on it
  bool quiet = false;
};

struct ConsumerFigure {  // of a heat_consumer, J
  std::string name;
  double requested_j = 0, taken_j = 0, short_j = 0;
};

struct WorstTemperature {  // the one nearest to its limit, or farthest beyond it
  std::string name;        // of the cooling component; empty: no such limit
  double worst_c = 0, limit_c = 0;
};

struct CpuTimes {
  double total_s = 0, compute_s = 0, plant_s = 0, demand_s = 0, output_s = 0;
};

// What the summary on the terminal and --json say.
struct RunResult {
  std::string scenario, file, log_file;
  std::int64_t start_utc_s = 0, steps = 0, step_s = 60;
  std::string cache = "off";       // hit, miss, off
  std::string coupling = "open";   // open, closed
  std::vector<std::string> notes;  // what the user should know: void trace, filled days, repeated weather
  meter::Energies energies;
  meter::Kpis kpis{};
  compute::ComputeTotals jobs;
  std::string dispatch;  // order in which the scheduler's aims decide; empty: it has none but the queue
  std::vector<UserFigures> users;
  double worst_step_frac = 0, year_frac = 0;  // imbalance over throughput
  double coolant_worst_c = 0, coolant_limit_c = 0;
  std::string coolant_worst_name;
  WorstTemperature air, junction;                    // drawn by servers; of the hottest device
  double minutes_over_limit = 0, minutes_unmet = 0;  // coolant, air or a junction above its limit; any heat user with unmet heat
  double mean_hydraulic_iterations = 0;
  std::int64_t fallback_steps = 0;
  std::int64_t events = 0;  // in the recorded time: changes of mode, of controllers and components
  std::vector<ConsumerFigure> consumers;
  CpuTimes cpu;
  std::int64_t peak_bytes = 0;
};

// Throws UserError (bad input, unwritable output), PhysicsError (no convergence, no closure), Interrupted.
RunResult run(const config::Loaded& loaded, const RunOptions& options);

}  // namespace hypocaust::run
