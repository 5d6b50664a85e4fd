#include "sim/report/followed.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hypocaust::report {

Followed followed(const StoredRun& run) {
  const std::vector<double> it_j = run.column("it"), wanted_j = run.sum_of_columns("user.", ".demand");
  std::vector<double> it_w, wanted_w;  // by hour
  double it_sum_j = 0, wanted_sum_j = 0, length_s = 0;
  for (std::size_t k = 0; k < it_j.size() && k < wanted_j.size(); ++k) {
    it_sum_j += it_j[k], wanted_sum_j += wanted_j[k], length_s += run.books.intervals[k].length_s;
    if (length_s < 3600.0 - 1e-6) continue;
    it_w.push_back(it_sum_j / length_s), wanted_w.push_back(wanted_sum_j / length_s);
    it_sum_j = wanted_sum_j = length_s = 0;
  }
  Followed f;
  const auto hours = static_cast<double>(it_w.size());
  if (it_w.size() < 24) return f;
  const double it_mean_w = std::accumulate(it_w.begin(), it_w.end(), 0.0) / hours,
               wanted_mean_w = std::accumulate(wanted_w.begin(), wanted_w.end(), 0.0) / hours;
  double both = 0, it_square = 0, wanted_square = 0;
  for (std::size_t k = 0; k < it_w.size(); ++k) {
    const double a_w = it_w[k] - it_mean_w, b_w = wanted_w[k] - wanted_mean_w;
    both += a_w * b_w, it_square += a_w * a_w, wanted_square += b_w * b_w;
  }
  const double least_square = 1e-18 * hours;  // of the mean: round-off is no change
  if (wanted_square <= least_square * wanted_mean_w * wanted_mean_w) return f;
  if (it_square > least_square * it_mean_w * it_mean_w) f.correlation = both / std::sqrt(it_square * wanted_square);
  std::vector<std::size_t> by_heat(it_w.size());
  std::iota(by_heat.begin(), by_heat.end(), std::size_t{0});
  std::stable_sort(by_heat.begin(), by_heat.end(), [&](std::size_t a, std::size_t b) { return wanted_w[a] < wanted_w[b]; });
  const std::size_t quarter = by_heat.size() / 4;
  f.most_w = f.least_w = 0;
  for (std::size_t k = 0; k < quarter; ++k)
    f.least_w += it_w[by_heat[k]] / static_cast<double>(quarter),
        f.most_w += it_w[by_heat[by_heat.size() - 1 - k]] / static_cast<double>(quarter);
  return f;
}

}  // namespace hypocaust::report
