// A finished branch on the disk: branch_0012.json (figures), .f32 (temperatures of every step), .jobs and .quarters, complete or not there.
#pragma once
#include <optional>
#include <string>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

void write_branch(const std::string& folder, const BranchResult& result);
// What an earlier run left of this branch; none: nothing readable.
std::optional<BranchResult> read_branch(const std::string& folder, const Branch& branch);

}  // namespace hypocaust::study
