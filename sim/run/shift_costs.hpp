// What an hour costs to compute in, by the scheduler's own weights: the signal that shifted jobs are held by.
#pragma once
#include <vector>

#include "sim/run/site.hpp"

namespace hypocaust::run {

// One value an hour of warm-up and duration, money per joule of IT: price + carbon price x carbon - heat value x the share of the
// largest IT power that heat users want. Empty where the scheduler shifts nothing.
std::vector<double> shift_costs(const Site& site);

}  // namespace hypocaust::run
