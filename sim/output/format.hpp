// The names by which run files are known. Readers take older minors of the same major.
#pragma once
#include <cstdint>

namespace hypocaust::output {

inline constexpr const char* run_filetype = "hypocaust run";
inline constexpr std::int64_t format_version[2] = {1, 1};

}  // namespace hypocaust::output
