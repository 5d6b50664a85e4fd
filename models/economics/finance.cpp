#include "models/economics/finance.hpp"

#include <algorithm>
#include <limits>

#include "models/core/math.hpp"

namespace hypocaust::economics {

std::vector<DebtYear> debt_service(const Loan& loan) {
  std::vector<DebtYear> years;
  if (loan.principal_money <= 0 || loan.years <= 0) return years;
  const double yearly_money =
      loan.principal_money * capital_recovery_frac({.rate_frac = loan.rate_frac, .years = static_cast<double>(loan.years)});
  double owed_money = loan.principal_money;
  for (int t = 0; t < loan.years; ++t) {
    const double interest_money = owed_money * loan.rate_frac;
    years.push_back({.interest_money = interest_money, .repaid_money = yearly_money - interest_money});
    owed_money -= years.back().repaid_money;
  }
  return years;
}

Financed financed(const CashFlow& flow, const Financing& financing) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<DebtYear> debt = debt_service(financing.loan);
  Financed result{.equity = {.capital_money = flow.capital_money - financing.loan.principal_money}, .least_dscr_frac = nan};
  double carried_money = 0;  // losses of earlier years
  const std::size_t years = std::max(flow.net_money.size(), debt.size());
  for (std::size_t t = 0; t < years; ++t) {
    const double net_money = t < flow.net_money.size() ? flow.net_money[t] : 0.0;
    const DebtYear due = t < debt.size() ? debt[t] : DebtYear{};
    const bool written_off = financing.tax.depreciation_years <= 0 || static_cast<int>(t) >= financing.tax.depreciation_years;
    const double depreciation_money = written_off ? 0.0 : flow.capital_money / financing.tax.depreciation_years;
    const double profit_money = net_money - depreciation_money - due.interest_money - carried_money;
    carried_money = vmax(0.0, -profit_money);
    const double tax_money = financing.tax.rate_frac * vmax(0.0, profit_money);
    const double service_money = due.service_money();
    result.tax_money.push_back(tax_money);
    result.dscr_frac.push_back(service_money > 0 ? (net_money - tax_money) / service_money : nan);
    result.equity.net_money.push_back(net_money - tax_money - service_money);
    const double dscr_frac = result.dscr_frac.back();
    if (dscr_frac == dscr_frac && !(result.least_dscr_frac <= dscr_frac)) result.least_dscr_frac = dscr_frac;
  }
  return result;
}

}  // namespace hypocaust::economics
