// A contract against what a run left: one line a clause and month, each rounded to the cent, totals summed from rounded lines.
// docs/methods/contracts.md has every clause's equation.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/economics/contract.hpp"

namespace hypocaust::economics {

// A piece of the recorded time, normally a quarter of an hour, with its local date and hour. What flowed is the same for every contract.
struct Interval {
  std::int64_t utc_s = 0;
  double length_s = 900;
  int month = 0;      // number in Books::months
  int month_day = 0;  // 100 x month + day, local
  int hour = 0;       // local
  double outdoor_c = 0;
  double electricity_j = 0;    // of the whole site, heat pump and pumps beyond the boundary apart
  double customer_side_j = 0;  // of heat pumps, and of pumps beyond the boundary
};
struct BookMonth {
  int number = 0;  // 12 x year + month - 1, UTC as in the run file
};
struct Books {
  std::vector<Interval> intervals;
  std::vector<BookMonth> months;
  double length_s() const;
};

// What one contract's meter and buyer had in each interval.
struct Metered {
  std::vector<double> heat_j;              // differences of the billing register
  std::vector<double> supply_c;            // mean temperature that left the meter
  std::vector<double> flow_m3_s;           // mean flow through the meter; empty: not stored, for contracts without a band of flow
  std::vector<double> demand_j, backup_j;  // of the buyer
  std::vector<double> price_money_j;       // energy price before index and factors; empty: no energy price
};

struct Line {
  int month = 0;  // number in Books::months
  std::string item, quantity_unit;
  double quantity = 0;
  std::int64_t cents = 0;
  Party from = Party::buyer, to = Party::site_operator;
};
struct Settlement {
  std::vector<Line> lines;
  std::vector<std::string> notes;  // what could not be settled, and why
  double delivered_j = 0, compliant_j = 0, shortfall_j = 0;
  double availability_frac = 1;  // share of wanted heat that came, by time, outside windows
  // Positive: to the operator. The sum of rounded lines.
  std::int64_t balance_cents(Party of) const;
};

inline constexpr double contract_year_s = 365 * 86400.0;

std::int64_t cents_of(double money);  // half a cent away from zero

// The factor of the energy price in each month. Throws nothing: `problem` says which index ends too soon.
struct IndexFactors {
  std::vector<double> factor;
  std::string problem;
};
IndexFactors index_factors(const Indexation& rule, std::span<const BookMonth> months);

// electricity_price_money_j: of the site (used where the contract names none). All columns as long as books.intervals.
struct Terms {
  const Contract& contract;
  double electricity_price_money_j = 0;
};
Settlement settle(const Terms& terms, const Books& books, const Metered& metered);

}  // namespace hypocaust::economics
