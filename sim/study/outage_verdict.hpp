// What a branch means, against the base year over the same steps.
#pragma once
#include <span>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

// SURVIVES: every minute within the limits, none throttled, no host down, no job late or its work lost, every solve converged.
// DEGRADED: throttled or shut down in order, jobs late at most. FAILS: otherwise. What the base year breaks in the same minutes by itself is marked and does not count.
void judge(BranchResult& result);
// 1: as at the nominal point, 0: at the limit; of whatever is known, the least.
double tightness_frac(const Worst& worst);

// Jobs that end between from_s and to_s in the base year (since the start of the warm-up), and later or not until to_s in the branch.
struct JobEnds {
  std::span<const JobEnd> with, without;  // of the branch; of the base year, in the order of the ends
  double from_s, to_s;
};
JobDelays job_delays(const JobEnds& ends);

struct StoreTraces {  // of every step: one value a store and coolant, step by step
  std::span<const float> with, without;
  std::size_t stores = 0;
  std::int64_t outage_steps = 0, step_s = 60;
};
// Seconds from the end of the outage until every one of them has been within 0.5 K of the base year for 6 h; NaN: not here.
double recovered_after_s(const StoreTraces& traces);

}  // namespace hypocaust::study
