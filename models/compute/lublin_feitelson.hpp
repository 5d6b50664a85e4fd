// Synthetic rigid jobs after Lublin and Feitelson, "The workload on parallel supercomputers: modeling the characteristics of
// rigid jobs", J. Parallel Distrib. Comput. 63(11), 1105-1122, 2003. docs/methods/workload.md gives equations and values.
#pragma once
#include <cstdint>
#include <string_view>

#include "models/compute/job.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct WorkloadRequest {
  std::uint64_t seed = 1;
  std::string_view name;             // of the work: its own random stream
  std::int64_t span_s = 0;           // warm-up and duration together, > 0
  std::int64_t second_of_day_s = 0;  // UTC second of the day at the start of the span
  std::int64_t cores = 0;            // of the whole host group
  std::int32_t group = 0;
};

// As many jobs as it takes to offer load_frac x cores x span core-seconds (the last job may exceed it), sorted by submission.
// The gaps between submissions are scaled by one factor so that the jobs fill the span; the daily cycle keeps its hours.
JobTable lublin_feitelson_jobs(const LublinFeitelsonWork& work, const WorkloadRequest& request);

// Jobs that takes, from the mean of the first thousand.
double expected_jobs(const LublinFeitelsonWork& work, const WorkloadRequest& request);

// Cores one processor of the model stands for: as given, or the fewest that leave at most 512 processors.
std::int64_t cores_per_processor(const LublinFeitelsonWork& work, std::int64_t cores);

}  // namespace hypocaust::compute
