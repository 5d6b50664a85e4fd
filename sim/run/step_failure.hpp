// What is said when a step of the plant fails.
#pragma once
#include <string>

#include "models/plant/plant.hpp"

namespace hypocaust::run {

// Throws PhysicsError when a solve failed or a component's balance does not close; `when` begins the message.
void refuse_failure(const plant::Plant& plant, const plant::StepReport& report, const std::string& when);

}  // namespace hypocaust::run
