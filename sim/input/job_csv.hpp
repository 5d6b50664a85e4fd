// Job tables as CSV, of any cluster: which column holds what is said in the scenario (docs/methods/workload.md).
#pragma once
#include <string>

#include "models/compute/spec.hpp"
#include "sim/input/job_log.hpp"

namespace hypocaust::input {

// Plain or .gz, one job a row. Times count from the earliest submission. Throws UserError (file:line:column, value, remedy): no such
// column, a row with other fields than the header, text that is no number or date, negative times, an end before its begin, a
// deadline before the submission, an id that was there before.
JobLog read_job_csv(const std::string& path, const compute::JobColumns& columns);

}  // namespace hypocaust::input
