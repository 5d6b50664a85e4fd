// Quarters of an hour as bytes, beside the figures of a branch: complete or refused.
#pragma once
#include <string>
#include <string_view>

#include "sim/run/quarter_hours.hpp"

namespace hypocaust::study {

std::string quarters_bytes(const run::QuarterHourTable& table);
bool read_quarters(std::string_view bytes, run::QuarterHourTable& table);  // false: not these bytes

}  // namespace hypocaust::study
