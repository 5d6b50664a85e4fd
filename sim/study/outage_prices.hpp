// What a branch costs whom, against the base year: both years settled by the scenario's contracts, tariffs and factors.
#pragma once
#include "models/economics/settlement.hpp"
#include "sim/run/quarter_hours.hpp"
#include "sim/run/site.hpp"
#include "sim/study/outage.hpp"

namespace hypocaust::study {

class OutagePrices {
 public:
  // base: the quarters of an hour of the base year. The site and they outlive this.
  OutagePrices(const run::Site& site, const run::QuarterHourTable& base);
  // The year with the branch's quarters in place of its own. Figures of the branch and of the base year must be there.
  Price of(const BranchResult& branch, const WindowFigures& whole_year) const;
  bool any() const { return priced_; }
  const std::vector<std::string>& notes() const { return notes_; }  // clauses that a part of a year does not settle

 private:
  struct Settled {  // money to the operator, by what it is for
    double sales_money = 0, take_or_pay_money = 0, shortfall_money = 0, other_money = 0;
    double electricity_money = 0, electricity_kgco2e = 0;
  };
  Settled settled(const run::QuarterHourTable& table) const;
  std::vector<double> values(const Varying& varying) const;

  const run::Site& site_;
  const run::QuarterHourTable& base_;
  economics::Books books_;  // its intervals' electricity and outdoor temperature are the table's
  std::vector<double> electricity_money_j_, factor_kgco2e_j_;
  Settled without_;
  bool priced_ = false;
  mutable std::vector<std::string> notes_;
};

}  // namespace hypocaust::study
