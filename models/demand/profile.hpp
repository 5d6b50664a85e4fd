// A repeating daily profile, held over each local hour.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hypocaust::demand {

inline constexpr std::size_t hours_a_day = 24;

// 24 relative values scaled to a mean of exactly one day's worth, so that a day of 24 hours has the energy of its mean power
// whatever the profile. Held, not joined by lines: then each hour's energy is what was written.
class DailyProfile {
 public:
  DailyProfile() { factor_.fill(1.0); }
  // values: 24, >= 0, not all 0; empty: flat.
  explicit DailyProfile(std::span<const double> values);
  // local_second_of_day: 0 to 86,399.
  double factor(std::int64_t local_second_of_day) const { return factor_[static_cast<std::size_t>(local_second_of_day / 3600)]; }

 private:
  std::array<double, hours_a_day> factor_;
};

}  // namespace hypocaust::demand
