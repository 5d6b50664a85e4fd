// What a bank asks of a row of yearly sums: present value, internal rate, payback, annual and levelised cost.
// Equations and conventions: docs/methods/cash_flow.md.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hypocaust::economics {

enum class Timing : int { year_end, mid_year };  // when in its year a flow counts
std::span<const std::string_view> names(Timing);

struct Discount {
  double rate_frac = 0;  // a year, > -1
  Timing timing = Timing::year_end;
};

// One party's money: what is spent at t = 0, and the net cash of years 1 to N before any charge for capital (neither
// depreciation nor interest).
struct CashFlow {
  double capital_money = 0;
  std::vector<double> net_money;
};

struct Annuity {
  double rate_frac = 0;  // a year, > -1
  double years = 0;      // > 0
};
// Capital recovery factor: the yearly sum that repays 1; 1 / years at rate 0.
double capital_recovery_frac(const Annuity& annuity);

// What 1 at the end (or middle) of year t (from 1) is worth at t = 0.
double discount_factor(const Discount& discount, std::size_t year);
double present_value_money(std::span<const double> yearly_money, const Discount& discount);
double net_present_value_money(const CashFlow& flow, const Discount& discount);

// Every rate between -99 % and 9,900 % a year at which the net present value is zero, ascending. Empty: there is none (the
// sums never change sign, or change it twice without reaching zero); more than one: the rate has no meaning by itself.
std::vector<double> internal_rates_frac(const CashFlow& flow, Timing timing = Timing::year_end);

// Years until the cumulated (discounted) flow first reaches zero. Inside a year money accrues as an annuity, so that a flat
// flow gives the closed form -ln(1 - r C / A) / ln(1 + r).
struct Payback {
  enum class Outcome { within, beyond, never };  // of the years given; beyond: were the last year's flow to go on
  Outcome outcome = Outcome::never;
  double years = 0;         // no number (NaN) when never
  bool falls_back = false;  // the sum is below zero again in a later year (a replacement)
};
Payback payback(const CashFlow& flow, const Discount& discount);
inline Payback simple_payback(const CashFlow& flow) { return payback(flow, {}); }

// Levelised cost of heat, money/J: (capital + costs - credits, discounted) / (heat, discounted). All for years 1 to N.
struct HeatCost {
  double capital_money = 0;
  std::vector<double> costs_money, credits_money, heat_j;
};
double levelised_cost_money_j(const HeatCost& cost, const Discount& discount);

// Nominal and real rates belong to nominal and real flows: (1 + nominal) = (1 + real) (1 + inflation).
struct Inflation {
  double nominal_rate_frac = 0, inflation_frac = 0;
};
double real_rate_frac(const Inflation& inflation);

}  // namespace hypocaust::economics
