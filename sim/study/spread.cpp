#include "sim/study/spread.hpp"

#include <cmath>

namespace hypocaust::study {

double student_97_5(double freedom) {
  if (freedom < 1.5) return 12.706204736432095;
  if (freedom < 2.5) return 4.302652729911275;
  constexpr double z = 1.959963984540054, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, z9 = z7 * z * z;
  const double n = freedom;
  return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n) +
         (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * n * n * n * n);
}

MeanEstimate estimate(std::span<const double> values) {
  MeanEstimate e;
  if (values.empty()) return e;
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  e.mean = sum / n;
  if (values.size() < 2) return e;
  for (const double value : values) squares += (value - e.mean) * (value - e.mean);
  const double half = student_97_5(n - 1) * std::sqrt(squares / (n - 1) / n);
  e.low = e.mean - half, e.high = e.mean + half;
  return e;
}

MeanEstimate estimate_share(std::span<const double> values) {
  MeanEstimate e = estimate(values);
  if (e.low < 0) e.low = 0;
  if (e.high > 1) e.high = 1;
  return e;
}

double quantile(std::span<const double> sorted, double share) {
  if (sorted.empty()) return not_given;
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace hypocaust::study
