// One entry of the trace cache as bytes: magic, sizes, key, totals, joules and watts in float64, notes, and a checksum over all.
#pragma once
#include <optional>
#include <string>

#include "sim/compute/compute.hpp"

namespace hypocaust::compute {

std::string entry_bytes(const std::string& key, const PowerTrace& trace);
// Nothing when the bytes are damaged, cut, of another version, or of another key.
std::optional<PowerTrace> entry_trace(const std::string& key, const std::string& bytes);
std::string entry_name(const std::string& key);  // file name by the key's hash

}  // namespace hypocaust::compute
