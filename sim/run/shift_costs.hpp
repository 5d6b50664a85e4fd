// What an hour costs to compute in, by the scheduler's own weights: the signal that shifted jobs are held by.
#pragma once
#include <vector>

#include "sim/run/site.hpp"

namespace hypocaust::run {

// One value an hour of warm-up and duration, money per joule of IT: price + carbon price x carbon - heat value x the share of the
// largest IT power that heat users want. Empty where the scheduler shifts nothing.
std::vector<double> shift_costs(const Site& site);
// The same by each aim of the scheduler's order after the service level: power the cap leaves and the signal with a minus, price,
// carbon, heat value; empty for the thermal limit. Empty without an order.
std::vector<std::vector<double>> order_costs(const Site& site);

}  // namespace hypocaust::run
