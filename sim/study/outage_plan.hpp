// From what a user asks to the list of branches.
#pragma once
#include "sim/run/site.hpp"
#include "sim/study/outage.hpp"

namespace hypocaust::study {

// "7d", "7 d", "12 h", "1w" in seconds. Throws UserError.
double duration_s(const std::string& text);

// Throws UserError: unknown names, starts outside the year or not on a full hour, outages longer than the year.
std::vector<Branch> plan_outage(const OutageOptions& options, const run::Site& site);

}  // namespace hypocaust::study
