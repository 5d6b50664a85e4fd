// From what a user asks to the list of branches.
#pragma once
#include <span>

#include "sim/run/site.hpp"
#include "sim/study/outage.hpp"

namespace hypocaust::study {

// "7d", "7 d", "12 h", "1w" in seconds. Throws UserError.
double duration_s(const std::string& text);

// Throws UserError: unknown names, starts outside the year or not on a full hour, outages longer than the year.
// chosen: where the starts are worst:N, the steps that were found; empty then: the first step, to see whether the rest is right.
std::vector<Branch> plan_outage(const OutageOptions& options, const run::Site& site, std::span<const std::int64_t> chosen = {});

// N of --start worst:N; 0: the starts are written.
int worst_starts(const OutageOptions& options, const run::Site& site);

}  // namespace hypocaust::study
