// A stored run priced: every contract's statement, the cash flow of each party, what is uncertain, carbon.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/economics/accounts.hpp"
#include "models/economics/carbon.hpp"
#include "models/economics/finance.hpp"
#include "models/economics/named_formulas.hpp"
#include "models/economics/risk.hpp"
#include "models/economics/settlement.hpp"
#include "models/economics/views.hpp"
#include "sim/config/commercial.hpp"
#include "sim/report/stored_run.hpp"

namespace hypocaust::report {

struct Statement {
  std::string name, type, meter;
  economics::Settlement settlement;
  double billed_j = 0, true_j = 0;  // by the meter's register, and without its error
  // What the bill would be beyond that of the truth: with the register as it is, and at either limit of the meter's class. NaN:
  // a file from before the limits were stored.
  double error_money = 0, low_error_money = not_given, high_error_money = not_given;
};
struct PartyFlow {
  std::string party, scope;  // "operator", "reuse of heat"
  economics::CashFlow flow;
  double npv_money = 0, annual_cost_money = 0;
  std::vector<double> internal_rates_frac;
  economics::Payback simple, discounted;
};
struct ViewFlow {  // conservative, expected, upside
  std::string name;
  PartyFlow reuse, whole;  // of the operator
};
struct MoneyReport {
  economics::Accounts accounts;
  std::vector<PartyFlow> flows;
  double heat_cost_money_j = 0;                 // levelised, of both parties' heat side
  std::optional<economics::Financed> financed;  // the operator's whole flow with loan and tax
  std::vector<economics::Swing> swings;         // of the operator's reuse of heat
  std::optional<economics::Spread> npv, internal_rate;
  std::int64_t draws = 0;
  std::vector<ViewFlow> views;
  economics::NetAnnualBenefit net_benefit;  // two formulas of guides
  economics::AnnualReuseValue reuse_value;
};
struct CarbonReport {
  economics::Carbon carbon;
  economics::CarbonSpec spec;
  bool from_twin = false;  // avoided cooling is the difference of two runs, not a claim
  struct Year {
    int year = 1;
    double grid_share_frac = 1;
    economics::Carbon carbon;
  };
  std::vector<Emitted> by_interval, by_month;
  std::vector<Year> years;  // those of the economics; empty without them, or for a part of a year
};
struct MonthMargin {           // of the operator's reuse of heat
  double heat_money = 0;       // what contracts bring
  double supply_money = 0;     // electricity of heat pumps and of pumps beyond the boundary
  double operating_money = 0;  // economics.operating_cost, by days
  double margin_money() const { return heat_money - supply_money - operating_money; }
};
struct Priced {
  std::string label;  // the contract file, or the run's own
  std::vector<Statement> statements;
  std::optional<MoneyReport> money;
  std::optional<CarbonReport> carbon;
  double electricity_money = 0, backup_fuel_money = 0;  // of the recorded time; fuel at economics.buyer_fuel
  std::vector<MonthMargin> margins;                     // of each month of the run; empty without contracts
  double maintenance_money = not_given;                 // entries of operating_cost called maintenance..., of the recorded time
  std::vector<std::string> notes;                       // what was left out, and why
  std::vector<std::pair<std::string, std::string>> assumed;
};

// contract_file: empty for the contracts of the run itself. without_reuse: the same site and time with its heat users
// disconnected, for the cooling that reuse saves; null: none. Throws UserError.
Priced price(const StoredRun& run, const std::string& contract_file, const StoredRun* without_reuse = nullptr);

}  // namespace hypocaust::report
