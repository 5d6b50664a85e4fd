#include "models/demand/profile.hpp"

#include "models/core/contracts.hpp"

namespace hypocaust::demand {

DailyProfile::DailyProfile(std::span<const double> values) : DailyProfile() {
  if (values.empty()) return;
  EXPECT(values.size() == hours_a_day);
  double sum = 0;
  for (const double value : values) sum += value;
  EXPECT(sum > 0);
  for (std::size_t h = 0; h < hours_a_day; ++h) factor_[h] = values[h] * static_cast<double>(hours_a_day) / sum;
}

}  // namespace hypocaust::demand
