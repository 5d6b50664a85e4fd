// What a branch means, against the base year over the same steps.
#pragma once
#include <span>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

// SURVIVES: every minute within the limits, none throttled, every solve converged. DEGRADED: throttled, but within the limits.
// FAILS: otherwise. What the base year breaks in the same minutes by itself is marked and does not count.
void judge(BranchResult& result);
// 1: as at the nominal point, 0: at the limit; of whatever is known, the least.
double tightness_frac(const Worst& worst);

struct StoreTraces {  // of every step: one value a store and coolant, step by step
  std::span<const float> with, without;
  std::size_t stores = 0;
  std::int64_t outage_steps = 0, step_s = 60;
};
// Seconds from the end of the outage until every one of them has been within 0.5 K of the base year for 6 h; NaN: not here.
double recovered_after_s(const StoreTraces& traces);

}  // namespace hypocaust::study
