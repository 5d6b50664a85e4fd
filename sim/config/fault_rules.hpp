// Rules of faults that no single record can see.
#pragma once
#include <vector>

#include "sim/config/complete.hpp"
#include "sim/config/plant_spec.hpp"

namespace hypocaust::config {

// What only happens to heat users names one; two dated faults of one thing do not overlap.
void check_faults(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found);

}  // namespace hypocaust::config
