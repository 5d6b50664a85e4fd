// One pass of a ready site over its year.
#pragma once
#include "sim/compute/compute.hpp"
#include "sim/config/scenario.hpp"

namespace hypocaust::run {

compute::ComputeInputs compute_inputs(const Scenario& scenario);

}  // namespace hypocaust::run
