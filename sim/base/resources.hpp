// What a run has used so far.
#pragma once
#include <cstdint>

namespace hypocaust::base {

double cpu_seconds();       // user and system time of the process, all threads
double wall_seconds();      // monotonic
std::int64_t peak_bytes();  // largest resident memory of the process

}  // namespace hypocaust::base
