// The summary of a run: for people on the terminal, for programs as one JSON object.
#pragma once
#include <string>

#include "sim/run/run.hpp"

namespace hypocaust::cli {

std::string summary_text(const run::RunResult& result);
std::string summary_json(const run::RunResult& result);
std::string summary_csv(const run::RunResult& result);  // name,value,unit

}  // namespace hypocaust::cli
