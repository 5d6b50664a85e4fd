// POSIX seconds as people and CF conventions write them: "2025-01-31 23:59:00", UTC.
#pragma once
#include <cstdint>
#include <string>

namespace hypocaust::base {

std::string utc_text(std::int64_t utc_s);

}  // namespace hypocaust::base
