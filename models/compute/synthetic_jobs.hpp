// Jobs made by a renewal process: gaps exponential (Poisson arrivals) or Weibull, run times lognormal, sizes one of a list. The
// rate follows an hourly profile.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "models/compute/job.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct SyntheticInputs {
  std::uint64_t seed;
  std::string_view name;  // of the work: its own random stream
  std::int64_t span_s;
  std::span<const double> hour_factor;  // of each hour of the span; mean 1 over a week
  std::int64_t cores;                   // of the whole group
  std::int32_t group;
};
// Jobs the process is expected to submit, those larger than the group included; infinite when every size is left out.
double expected_jobs(const SyntheticWork& work, const SyntheticInputs& inputs);
struct SyntheticJobs {
  JobTable jobs;  // sorted by submission
  std::int64_t too_large = 0;
};
// A job larger than the group is left out or cut to it, and counted; what is left offers the load.
SyntheticJobs synthetic_jobs(const SyntheticWork& work, const SyntheticInputs& inputs);

}  // namespace hypocaust::compute
