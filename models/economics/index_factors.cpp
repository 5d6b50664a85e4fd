#include "models/core/math.hpp"
#include "models/economics/settlement.hpp"

namespace hypocaust::economics {
namespace {

std::string month_text(int number) {
  const std::string month = std::to_string(number % 12 + 1);
  return std::to_string(number / 12) + "-" + (month.size() == 1 ? "0" : "") + month;
}

// 1 + the weighted change of the indices from the reference month to `month`.
double raw_factor(const Indexation& rule, int month, std::string& problem) {
  double factor = rule.fixed_frac;
  const int reference = month_number(rule.reference);
  for (const auto& entry : rule.indices.entries) {
    const PriceIndex& index = entry.value;
    const int first = month_number(index.from), place = month - first;
    if (place < 0 || place >= static_cast<int>(index.values.size())) {
      if (problem.empty())
        problem = "index `" + entry.name + "` holds " + month_text(first) + " to " +
                  month_text(first + static_cast<int>(index.values.size()) - 1) + " (a reset asks for " + month_text(month) +
                  "); add values";
      return 1.0;
    }
    factor += index.weight_frac * index.values[static_cast<std::size_t>(place)] /
              index.values[static_cast<std::size_t>(reference - first)];
  }
  return factor;
}

}  // namespace

IndexFactors index_factors(const Indexation& rule, std::span<const BookMonth> months) {
  IndexFactors result;
  if (months.empty()) return result;
  const int start = months.front().number;
  const double cap = rule.cap_frac == rule.cap_frac ? 1.0 + rule.cap_frac : 1e300;
  const double floor_factor = rule.floor_frac == rule.floor_frac ? 1.0 + rule.floor_frac : 0.0;
  double now = 1.0;
  int last_reset = -1;
  for (const BookMonth& month : months) {
    const int reset = (month.number - start) / static_cast<int>(rule.reset_months);
    for (; last_reset < reset; ++last_reset) {
      const int at = start + (last_reset + 1) * static_cast<int>(rule.reset_months) - static_cast<int>(rule.lag_months);
      const double wanted = raw_factor(rule, at, result.problem);
      const double base = rule.limits == Indexation::Limits::per_reset ? now : 1.0;
      now = clamp(wanted, base * floor_factor, base * cap);
    }
    result.factor.push_back(now);
  }
  return result;
}

}  // namespace hypocaust::economics
