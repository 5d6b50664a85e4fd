// What the summary says of the order in which the scheduler's aims decide, and of what missing heat cost by its stated price.
#pragma once
#include <span>
#include <string>

#include "sim/config/scenario.hpp"
#include "sim/run/user_figures.hpp"

namespace hypocaust::run {

std::string dispatch_text(const Scenario& scenario, std::span<const UserFigures> users);

}  // namespace hypocaust::run
