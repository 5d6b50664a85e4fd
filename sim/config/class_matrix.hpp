// What may be done to which work, side by side: the last lines of `show`.
#pragma once
#include <string>

#include "models/compute/spec.hpp"

namespace hypocaust::config {

// One line a work, as YAML comments; empty without work.
std::string class_matrix(const compute::ComputeSpec& compute);

}  // namespace hypocaust::config
