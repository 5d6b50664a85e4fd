// How far a cash flow could be off: one driver at a time, and all at once. docs/methods/cash_flow.md.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/economics/accounts.hpp"

namespace hypocaust::economics {

// A cash flow is linear in its drivers' factors: one flow a driver, summed with the factors.
struct DriverFlows {
  std::array<CashFlow, driver_count> part;
  CashFlow sum(const Factors& factors) const;
};
DriverFlows driver_flows(const Accounts& accounts, const Scope& scope);

struct Swing {  // of one driver between its ends, the others as expected
  Driver driver = Driver::heat;
  Range range;
  double low_npv_money = 0, high_npv_money = 0;
  // The smallest change of the factor that halves the internal rate; NaN: no factor between 0 and 10 does.
  double halving_factor = 0;
  bool halves_inside_range = false;
  // Sobol index, first order and total alike (the net present value is a sum over independent drivers): its share of the
  // variance of the draws. NaN: nothing varies.
  double variance_share_frac = 0;
};
std::vector<Swing> swings(const DriverFlows& flows, const Ranges& ranges, const Discount& discount);  // widest first

// Draws first to first + out.size() - 1; the numbers of a draw depend on seed and draw alone, so that they may be shared out.
struct Draw {
  double npv_money = 0, internal_rate_frac = 0;  // rate: NaN where there is none or several
};
struct DrawPlan {
  const DriverFlows& flows;
  const Ranges& ranges;
  Discount discount;
  std::int64_t first = 0;
};
void draw(const DrawPlan& plan, std::span<Draw> out);

// P50 and P90: reached or exceeded with 50 % and 90 % probability. NaN counts as the worst.
struct Spread {
  double p50 = 0, p90 = 0, mean = 0, share_below_zero_frac = 0;
};
Spread spread(std::vector<double> values);

}  // namespace hypocaust::economics
