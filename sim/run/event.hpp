// Something that happened during a run: a change of mode, a fault.
#pragma once
#include <cstdint>
#include <string>

namespace hypocaust::run {

struct Event {
  std::int64_t time_s;  // since the start; negative while warming up
  std::string source, text;
};
inline constexpr std::size_t most_events = 100'000;  // kept; later ones are not

}  // namespace hypocaust::run
