#include "models/economics/cash_flow.hpp"

#include <limits>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"

namespace hypocaust::economics {
namespace {

// Net present value against u = ln(1 + rate). As a polynomial in exp(-u) (mid-year: in its root) its roots follow Descartes'
// rule of signs.
struct Value {
  const CashFlow& flow;
  Timing timing;
  double operator()(double u) const {
    const double step = vexp(-u);
    double sum_money = 0;
    for (std::size_t t = flow.net_money.size(); t-- > 0;) sum_money = (sum_money + flow.net_money[t]) * step;
    if (timing == Timing::mid_year) sum_money *= vexp(0.5 * u);
    return sum_money - flow.capital_money;
  }
};

int sign_changes(const CashFlow& flow) {
  int changes = 0;
  double last = -flow.capital_money;
  for (const double sum_money : flow.net_money) {
    if (sum_money == 0) continue;
    if (last * sum_money < 0) ++changes;
    last = sum_money;
  }
  return changes;
}

// Ridders' method (IEEE Trans. Circuits Syst. 26 (1979) 979): exact for an exponential between two of the points, and the
// bracket at least halves whatever the shape. A value too large for a number gives the middle.
double root(const Value& value, double low, double high) {
  double at_low = value(low), at_high = value(high), last = low;
  for (int k = 0; k < 60; ++k) {
    const double middle = 0.5 * (low + high), at_middle = value(middle);
    const double ratio = at_middle / at_low;
    double next = middle + (middle - low) * ratio / vsqrt(ratio * ratio - at_high / at_low);
    if (!(next > low && next < high)) next = middle;
    const double at_next = value(next);
    if (at_next == 0 || vabs(next - last) < 1e-13) return next;
    last = next;
    const double left = vmin(middle, next), right = vmax(middle, next);
    const double at_left = next < middle ? at_next : at_middle, at_right = next < middle ? at_middle : at_next;
    if ((at_left < 0) != (at_low < 0)) high = left, at_high = at_left;
    else if ((at_right < 0) != (at_left < 0)) low = left, at_low = at_left, high = right, at_high = at_right;
    else low = right, at_low = at_right;
  }
  return 0.5 * (low + high);
}

constexpr double lowest_rate_frac = -0.99, highest_rate_frac = 99.0;

}  // namespace

std::span<const std::string_view> names(Timing) {
  static constexpr std::string_view list[] = {"year_end", "mid_year"};
  return list;
}

double capital_recovery_frac(const Annuity& annuity) {
  EXPECT(annuity.rate_frac > -1 && annuity.years > 0);
  const double exponent = -annuity.years * vlog(1.0 + annuity.rate_frac);
  return vabs(annuity.rate_frac) < 1e-12 ? 1.0 / annuity.years : annuity.rate_frac / -vexpm1(exponent);
}

double discount_factor(const Discount& discount, std::size_t year) {
  EXPECT(discount.rate_frac > -1);
  const double t = static_cast<double>(year) - (discount.timing == Timing::mid_year ? 0.5 : 0.0);
  return vpow(1.0 + discount.rate_frac, -t);
}

double present_value_money(std::span<const double> yearly_money, const Discount& discount) {
  double sum_money = 0;
  for (std::size_t t = 0; t < yearly_money.size(); ++t) sum_money += yearly_money[t] * discount_factor(discount, t + 1);
  return sum_money;
}

double net_present_value_money(const CashFlow& flow, const Discount& discount) {
  return present_value_money(flow.net_money, discount) - flow.capital_money;
}

std::vector<double> internal_rates_frac(const CashFlow& flow, Timing timing) {
  const int changes = sign_changes(flow);
  if (changes == 0) return {};
  const Value value{flow, timing};
  const double low = vlog(1.0 + lowest_rate_frac), high = vlog(1.0 + highest_rate_frac);
  const int cells = changes == 1 ? 1 : 4096;  // one change of sign: exactly one rate
  std::vector<double> rates_frac;
  double from = low, at_from = value(low);
  for (int k = 1; k <= cells; ++k) {
    const double to = low + (high - low) * k / cells, at_to = value(to);
    if ((at_from < 0) != (at_to < 0)) rates_frac.push_back(vexpm1(root(value, from, to)));
    from = to, at_from = at_to;
  }
  return rates_frac;
}

Payback payback(const CashFlow& flow, const Discount& discount) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double per_year = vlog(1.0 + discount.rate_frac);
  // Part of a year in which a yearly sum (worth `gain` at t = 0 when whole) brings `missing`: f years of it are worth
  // (1 - (1 + r)^-f) / r against (1 - (1 + r)^-1) / r of the whole.
  const auto part_of_year = [&](double missing_money, double gain_money) {
    if (vabs(discount.rate_frac) < 1e-12) return missing_money / gain_money;
    return -vlog(1.0 + missing_money / gain_money * vexpm1(-per_year)) / per_year;
  };
  Payback found{.years = flow.capital_money <= 0 ? 0.0 : nan};
  if (flow.capital_money <= 0) found.outcome = Payback::Outcome::within;
  double sum_money = -flow.capital_money;
  for (std::size_t t = 0; t < flow.net_money.size(); ++t) {
    const double gain_money = flow.net_money[t] * discount_factor(discount, t + 1);
    if (found.outcome == Payback::Outcome::never && sum_money + gain_money >= 0) {
      found.outcome = Payback::Outcome::within;
      found.years = static_cast<double>(t) + part_of_year(-sum_money, gain_money);
    }
    sum_money += gain_money;
    found.falls_back = found.falls_back || (found.outcome == Payback::Outcome::within && sum_money < 0);
  }
  if (found.outcome == Payback::Outcome::within || flow.net_money.empty() || flow.net_money.back() <= 0) return found;
  // The last year's sum for ever, in closed form: it may never be enough.
  const std::size_t n = flow.net_money.size();
  const double gain_money = flow.net_money.back() * discount_factor(discount, n + 1);
  if (discount.rate_frac > 0 && -sum_money * -vexpm1(-per_year) >= gain_money) return found;
  found.outcome = Payback::Outcome::beyond;
  found.years = static_cast<double>(n) + part_of_year(-sum_money, gain_money);
  return found;
}

double levelised_cost_money_j(const HeatCost& cost, const Discount& discount) {
  const double heat = present_value_money(cost.heat_j, discount);  // joules, discounted as money is
  if (!(heat > 0)) return std::numeric_limits<double>::quiet_NaN();
  return (cost.capital_money + present_value_money(cost.costs_money, discount) -
          present_value_money(cost.credits_money, discount)) /
         heat;
}

double real_rate_frac(const Inflation& inflation) {
  return (1.0 + inflation.nominal_rate_frac) / (1.0 + inflation.inflation_frac) - 1.0;
}

}  // namespace hypocaust::economics
