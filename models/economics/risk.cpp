#include "models/economics/risk.hpp"

#include <algorithm>
#include <limits>

#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::economics {
namespace {

std::array<Range, driver_count> as_list(const Ranges& r) {
  return {r.heat, r.electricity, r.fuel, r.operating, r.compute, r.capital};
}

double only_rate_frac(const CashFlow& flow, Timing timing) {
  const std::vector<double> rates_frac = internal_rates_frac(flow, timing);
  return rates_frac.size() == 1 ? rates_frac[0] : std::numeric_limits<double>::quiet_NaN();
}

// Triangular about 1, from a uniform number.
double triangular(const Range& range, double uniform_frac) {
  const double width = range.high - range.low;
  if (width <= 0) return 1.0;
  const double below = (1.0 - range.low) / width;
  return uniform_frac < below ? range.low + vsqrt(uniform_frac * width * (1.0 - range.low))
                              : range.high - vsqrt((1.0 - uniform_frac) * width * (range.high - 1.0));
}

// Variance of that triangle.
double variance(const Range& r) { return (r.low * r.low + 1.0 + r.high * r.high - r.low - r.high - r.low * r.high) / 18.0; }

// Bisection between 1 and `end` for the factor at which the rate has halved; no rate at all is worse than half.
double halving_factor(const DriverFlows& flows, std::size_t driver, double end, double half_frac, Timing timing) {
  const auto halved = [&](double factor) {
    Factors factors = expected;
    factors[driver] = factor;
    return !(only_rate_frac(flows.sum(factors), timing) > half_frac);
  };
  if (!halved(end)) return std::numeric_limits<double>::quiet_NaN();
  double good = 1.0, bad = end;
  for (int k = 0; k < 50; ++k) {
    const double middle = 0.5 * (good + bad);
    (halved(middle) ? bad : good) = middle;
  }
  return bad;
}

}  // namespace

CashFlow DriverFlows::sum(const Factors& factors) const {
  CashFlow flow{.net_money = std::vector<double>(part[0].net_money.size(), 0.0)};
  for (std::size_t d = 0; d < driver_count; ++d) {
    flow.capital_money += factors[d] * part[d].capital_money;
    for (std::size_t t = 0; t < flow.net_money.size(); ++t) flow.net_money[t] += factors[d] * part[d].net_money[t];
  }
  return flow;
}

DriverFlows driver_flows(const Accounts& accounts, const Scope& scope) {
  DriverFlows flows;
  for (std::size_t d = 0; d < driver_count; ++d) {
    Factors only{};
    only[d] = 1.0;
    flows.part[d] = cash_flow(accounts, scope, only);
  }
  return flows;
}

std::vector<Swing> swings(const DriverFlows& flows, const Ranges& ranges, const Discount& discount) {
  std::vector<Swing> list;
  double whole_money2 = 0;
  const double half_frac = 0.5 * only_rate_frac(flows.sum(expected), discount.timing);
  const std::array<Range, driver_count> all = as_list(ranges);
  for (std::size_t d = 0; d < driver_count; ++d) {
    const double part_money = net_present_value_money(flows.part[d], discount);
    if (part_money == 0) continue;
    Swing swing{.driver = static_cast<Driver>(d), .range = all[d], .halving_factor = std::numeric_limits<double>::quiet_NaN()};
    const auto npv_money = [&](double factor) {
      Factors factors = expected;
      factors[d] = factor;
      return net_present_value_money(flows.sum(factors), discount);
    };
    swing.low_npv_money = npv_money(all[d].low), swing.high_npv_money = npv_money(all[d].high);
    if (half_frac > 0) swing.halving_factor = halving_factor(flows, d, part_money > 0 ? 0.0 : 10.0, half_frac, discount.timing);
    swing.halves_inside_range = swing.halving_factor >= all[d].low && swing.halving_factor <= all[d].high;
    swing.variance_share_frac = part_money * part_money * variance(all[d]);
    whole_money2 += swing.variance_share_frac;
    list.push_back(swing);
  }
  for (Swing& swing : list) swing.variance_share_frac = whole_money2 > 0 ? swing.variance_share_frac / whole_money2 : not_given;
  std::stable_sort(list.begin(), list.end(), [](const Swing& a, const Swing& b) {
    return vabs(a.high_npv_money - a.low_npv_money) > vabs(b.high_npv_money - b.low_npv_money);
  });
  return list;
}

void draw(const DrawPlan& plan, std::span<Draw> out) {
  const RandomStream stream(static_cast<std::uint64_t>(plan.ranges.seed), "money");
  const std::array<Range, driver_count> ranges = as_list(plan.ranges);
  CashFlow flow{.net_money = std::vector<double>(plan.flows.part[0].net_money.size(), 0.0)};
  for (std::size_t k = 0; k < out.size(); ++k) {
    flow.capital_money = 0;
    std::fill(flow.net_money.begin(), flow.net_money.end(), 0.0);
    for (std::size_t d = 0; d < driver_count; ++d) {
      const double uniform = stream.uniform(static_cast<std::uint64_t>(plan.first) + k, static_cast<std::uint32_t>(d));
      const double factor = triangular(ranges[d], uniform);
      const CashFlow& part = plan.flows.part[d];
      flow.capital_money += factor * part.capital_money;
      for (std::size_t t = 0; t < flow.net_money.size(); ++t) flow.net_money[t] += factor * part.net_money[t];
    }
    out[k] = {.npv_money = net_present_value_money(flow, plan.discount),
              .internal_rate_frac = only_rate_frac(flow, plan.discount.timing)};
  }
}

Spread spread(std::vector<double> values) {
  Spread s{.p50 = not_given, .p90 = not_given, .mean = not_given};
  if (values.empty()) return s;
  std::size_t counted = 0, below = 0;
  double sum = 0;
  for (double& value : values) {
    if (value == value) sum += value, ++counted;
    else value = -std::numeric_limits<double>::infinity();
    if (value < 0) ++below;
  }
  std::sort(values.begin(), values.end());
  const auto place = [&](double share) {
    const double value = values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    return value > -1e300 ? value : not_given;
  };
  s.p50 = place(0.5), s.p90 = place(0.1);
  if (counted > 0) s.mean = sum / static_cast<double>(counted);
  s.share_below_zero_frac = static_cast<double>(below) / static_cast<double>(values.size());
  return s;
}

}  // namespace hypocaust::economics
