// Two formulas that circulate in guides to small heat-reusing data centres, kept as named results beside the standard
// ones. Neither is a basis for payback: both have charged capital already.
#pragma once
#include "models/economics/accounts.hpp"

namespace hypocaust::economics {

// "Net annual benefit": revenues less costs and financing, a year.
struct NetAnnualBenefit {
  double compute_revenue_money = 0, heat_revenue_money = 0, incentives_money = 0;
  double energy_money = 0, operating_money = 0, financing_money = 0;
  double money() const {
    return compute_revenue_money + heat_revenue_money + incentives_money - energy_money - operating_money - financing_money;
  }
  // Capital over the benefit, as the guide divides it: financing is deducted first, so capital counts twice. NaN: never.
  double payback_years(double capital_money) const;
};

// "Annual value of reuse": heat revenue, avoided cooling and premium less added operating cost and annualised capital.
struct AnnualReuseValue {
  double heat_revenue_money = 0, avoided_cooling_money = 0, reuse_premium_money = 0;
  double operating_money = 0, capital_money = 0;
  Annuity annuity;
  double annualised_capital_money() const { return capital_money * capital_recovery_frac(annuity); }
  double money() const {
    return heat_revenue_money + avoided_cooling_money + reuse_premium_money - operating_money - annualised_capital_money();
  }
};

// Of the operator's first year; financing: interest and repayment of the year.
NetAnnualBenefit net_annual_benefit(const Accounts& accounts, double financing_money);
AnnualReuseValue annual_reuse_value(const Accounts& accounts, const Annuity& annuity);

}  // namespace hypocaust::economics
