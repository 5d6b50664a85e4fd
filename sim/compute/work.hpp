// compute.work turned into one flat job table and the measured powers, on the clock of the run (second 0: start of warm-up).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/compute/job.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct PowerChange {
  std::int64_t at_s;
  double power_w;
};
struct LevelChange {
  std::int64_t at_s;
  double level_frac;
};

struct ComputeInputs {
  const ComputeSpec& spec;       // complete (derived)
  std::int64_t start_utc_s = 0;  // of the recorded time
  std::int64_t step_s = 60;
  std::int64_t warm_up_steps = 0;
  std::int64_t steps = 0;  // warm-up included
  std::uint64_t seed = 1;
  std::string time_zone = "UTC";     // of daily and weekly profiles
  std::vector<double> shift_cost{};  // of each hour of the span; needed where the scheduler shifts without an order
  std::vector<std::vector<double>>
      order_costs{};                    // the same for each aim of the order after the service level; thermal_limit: empty
  std::vector<PowerChange> cap{};       // of all hosts together, from its first instant on; needed where there is a cap
  std::vector<LevelChange> response{};  // speed that a signal of the grid allows; needed where there is one
  std::int64_t span_s() const { return steps * step_s; }
  std::int64_t warm_up_s() const { return warm_up_steps * step_s; }
};

struct Service {  // a load of the whole group, held from row to row
  std::int32_t group;
  std::int64_t every_s;
  std::vector<double> load_frac;
  std::int32_t work_class = -1;
};

struct Floor {  // the lowest speed that one work of a host group allows
  int percent = 100;
  std::int32_t work_class = -1;
};

struct Work {
  JobTable jobs;  // sorted by submission; ties by name of the work, then its own order
  JobCounts counts;
  std::vector<std::vector<PowerChange>> measured;  // by host group; empty: the group runs jobs
  std::vector<Service> services;                   // loads of one group add up
  std::vector<std::int32_t> measured_class;        // by host group, of its measured power; -1: none
  std::vector<std::vector<Floor>> floors;          // by host group, of each of its works
  std::vector<std::string> notes;                  // what the user should know
};

// That no work to be made holds too many jobs, or none; files are not read. Throws UserError.
void check_work(const ComputeInputs& inputs);

// Throws UserError: unreadable files, too many jobs, a group with two kinds of work or two measured powers, a trace that ends too early.
Work make_work(const ComputeInputs& inputs);

}  // namespace hypocaust::compute
