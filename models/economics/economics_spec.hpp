// economics: what a cash flow needs beside the contracts. docs/methods/cash_flow.md.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "models/economics/cash_flow.hpp"
#include "models/economics/contract.hpp"

namespace hypocaust::economics {

enum class Money : int { nominal, real };  // of rates and prices
std::span<const std::string_view> names(Money);

struct Replacement {
  double cost_money = not_given;
  std::int64_t after_years = 0;  // and every so many years again
  Party paid_by = Party::site_operator;
  static const Schema& schema();
};
struct Growth {  // a year, of what lies behind the years 2 to N
  double heat_frac = 0, electricity_frac = 0, fuel_frac = 0, operating_frac = 0, compute_frac = 0;
  static const Schema& schema();
};
struct LoanSpec {
  double principal_money = not_given, rate_frac = not_given;
  std::int64_t years = 10;
  static const Schema& schema();
};
struct TaxSpec {
  double rate_frac = not_given;
  std::int64_t depreciation_years = 10;
  static const Schema& schema();
};
struct Range {  // of a factor whose expected value is 1
  double low = 1.0, high = 1.0;
  void check(Problems&) const;
  static const Schema& schema();
};
struct Ranges {
  Range heat, electricity, fuel, operating, compute, capital;
  std::int64_t draws = 10000, seed = 1;
  static const Schema& schema();
};

struct ScenarioFactors {  // of what each driver is expected to bring or cost
  double heat_frac = 1, electricity_frac = 1, fuel_frac = 1, operating_frac = 1, compute_frac = 1, capital_frac = 1;
  static const Schema& schema();
};

struct EconomicsSpec {
  std::int64_t years = 15;
  double discount_rate_frac = not_given, inflation_frac = not_given;
  Money rate = Money::nominal, prices = Money::nominal;
  Timing timing = Timing::year_end;
  Varying electricity_price_money_j;
  double compute_price_money_j = not_given;
  Named<double> investment, it_investment, buyer_investment;  // at t = 0
  Named<Replacement> replacements;
  Named<double> operating_cost, it_operating_cost, buyer_operating_cost;  // a year
  Named<double> revenue, incentives;                                      // a year
  double avoided_cooling_money_s = 0;                                     // claimed, not simulated
  std::optional<BackupFuel> buyer_fuel;
  Growth growth;
  std::optional<LoanSpec> loan;
  std::optional<TaxSpec> tax;
  std::optional<Ranges> ranges;
  Named<ScenarioFactors> scenarios;
  Named<Varying> exchange_rates;  // what one of another currency is worth in the scenario's
  Discount discount() const { return {.rate_frac = discount_rate_frac, .timing = timing}; }
  void check(Problems&) const;
  static const Schema& schema();
};

}  // namespace hypocaust::economics
