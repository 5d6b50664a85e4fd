// Whether compute ran when heat was wanted.
#pragma once
#include "sim/report/stored_run.hpp"

namespace hypocaust::report {

// Of hourly means. NaN where heat or compute never changes.
struct Followed {
  double correlation = not_given;  // of IT power with heat wanted, -1 to 1
  double most_w = not_given,
         least_w = not_given;  // mean IT power in the quarter of the hours with most and with least heat wanted
};
Followed followed(const StoredRun& run);

}  // namespace hypocaust::report
