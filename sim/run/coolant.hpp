// The temperature that a coolant's limit is held against.
#pragma once
#include "sim/run/site.hpp"

namespace hypocaust::run {

// What leaves the cooling over the step of dt_s, degC; where next to nothing leaves, what stands in it: no outlet tells that.
double coolant_c(const plant::Plant& plant, const CoolantLimit& limit, double dt_s);

}  // namespace hypocaust::run
