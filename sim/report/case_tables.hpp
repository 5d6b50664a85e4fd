// Published beside simulated, as a table: Markdown and CSV.
#pragma once
#include <string>
#include <vector>

#include "sim/report/case_study.hpp"

namespace hypocaust::report {

std::string comparisons_text(const std::vector<Comparison>& list);
std::string comparisons_csv(const std::vector<Comparison>& list);

}  // namespace hypocaust::report
