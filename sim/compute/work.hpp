// compute.work turned into one flat job table and the measured powers, on the clock of the run (second 0: start of warm-up).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/compute/job.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct ComputeInputs {
  const ComputeSpec& spec;       // complete (derived)
  std::int64_t start_utc_s = 0;  // of the recorded time
  std::int64_t step_s = 60;
  std::int64_t warm_up_steps = 0;
  std::int64_t steps = 0;  // warm-up included
  std::uint64_t seed = 1;
  std::string time_zone = "UTC";     // of daily and weekly profiles
  std::vector<double> shift_cost{};  // of each hour of the span; needed where the scheduler shifts
  std::int64_t span_s() const { return steps * step_s; }
  std::int64_t warm_up_s() const { return warm_up_steps * step_s; }
};

struct PowerChange {
  std::int64_t at_s;
  double power_w;
};

struct Service {  // a load of the whole group, held from row to row
  std::int32_t group;
  std::int64_t every_s;
  std::vector<double> load_frac;
};

struct Work {
  JobTable jobs;  // sorted by submission; ties by name of the work, then its own order
  JobCounts counts;
  std::vector<std::vector<PowerChange>> measured;  // by host group; empty: the group runs jobs
  std::vector<Service> services;                   // loads of one group add up
  std::vector<std::string> notes;                  // what the user should know
};

// Throws UserError: unreadable files, a group with two kinds of work or two measured powers, a trace that ends too early.
Work make_work(const ComputeInputs& inputs);

}  // namespace hypocaust::compute
