#include "models/economics/named_formulas.hpp"

#include <limits>

namespace hypocaust::economics {

double NetAnnualBenefit::payback_years(double capital_money) const {
  return money() > 0 ? capital_money / money() : std::numeric_limits<double>::quiet_NaN();
}

NetAnnualBenefit net_annual_benefit(const Accounts& accounts, double financing_money) {
  NetAnnualBenefit b{.financing_money = financing_money};
  for (const MoneyLine& line : accounts.lines) {
    if (line.party != Party::site_operator || line.difference) continue;
    const double money = line.first_year_money;
    switch (line.driver) {
      case Driver::heat:
        b.heat_revenue_money += money;
        break;
      case Driver::compute:
        (line.reuse ? b.incentives_money : b.compute_revenue_money) += money;
        break;
      case Driver::electricity:
        b.energy_money -= money;
        break;
      default:
        b.operating_money -= money;
    }
  }
  return b;
}

AnnualReuseValue annual_reuse_value(const Accounts& accounts, const Annuity& annuity) {
  AnnualReuseValue v{.annuity = annuity};
  for (const MoneyLine& line : accounts.lines) {
    if (line.party != Party::site_operator || !line.reuse) continue;
    const double money = line.first_year_money;
    if (line.difference) v.avoided_cooling_money += money;
    else if (line.driver == Driver::heat) v.heat_revenue_money += money;
    else if (line.driver == Driver::compute) v.reuse_premium_money += money;
    else v.operating_money -= money;
  }
  for (const CapitalLine& line : accounts.capital)
    if (line.party == Party::site_operator && line.reuse && line.year == 0) v.capital_money += line.cost_money;
  return v;
}

}  // namespace hypocaust::economics
