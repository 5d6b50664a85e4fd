// One pass of a ready site over its year, whoever takes the rows: run.h5, or a study that keeps figures and hours.
#pragma once
#include "sim/compute/compute.hpp"
#include "sim/run/run.hpp"
#include "sim/run/year.hpp"

namespace hypocaust::run {

// What the compute side is made from; the site is looked at only where jobs are shifted by what its hours cost.
compute::ComputeInputs compute_inputs(const Site& site);
compute::ComputeInputs compute_inputs(const config::Loaded& loaded);

struct PassOptions {
  bool feedback_allowed = false;  // false for a stored trace: the first throttling step throws TraceVoid
  YearLoop::Sink row;             // takes each recorded row
  std::function<void(std::int64_t step)> each_hour;
};
struct Pass {
  YearResult year;
  CpuTimes cpu;  // of the whole process: meant for one pass at a time
  compute::ComputeTotals totals;
};
// Throws PhysicsError, TraceVoid, and what each_hour throws.
Pass pass_over_year(Site& site, compute::ComputeSide& side, YearRecord& record, const PassOptions& options);

// Adds to the result what the pass tells. Throws PhysicsError when the energies of the run do not close.
void tell(RunResult& result, const Site& site, const Pass& pass);

}  // namespace hypocaust::run
