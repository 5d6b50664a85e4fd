// When and where a job ran.
#pragma once
#include <cstdint>

namespace hypocaust::compute {

struct JobRecord {  // of a job that ended; times since the start of the warm-up
  std::int32_t job, first_host;
  double start_s, end_s;
};

}  // namespace hypocaust::compute
