// From one settled year to the cash flow of each party: every line says where it came from. docs/methods/cash_flow.md.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/economics/economics_spec.hpp"

namespace hypocaust::economics {

enum class Driver : int { heat, electricity, fuel, operating, compute, capital };
std::span<const std::string_view> names(Driver);
inline constexpr std::size_t driver_count = 6;
using Factors = std::array<double, driver_count>;  // of each driver's lines
inline constexpr Factors expected{1, 1, 1, 1, 1, 1};

// What a whole simulated year left, besides the contracts.
struct YearFigures {
  double it_j = 0, delivered_j = 0;
  double site_electricity_money = 0,
         customer_side_money = 0;  // electricity x its price; the second of heat pumps and pumps beyond the boundary
};
struct SettledContract {
  std::string name;
  std::int64_t to_operator_cents = 0;  // of the year: the sum of its rounded lines
  int leaves_after_years = 0;          // 0: never
  bool refunds_electricity = false;    // the buyer pays the site's electricity
};

struct MoneyLine {
  std::string name, source;  // source: the key, meter or contract it came from
  Party party = Party::site_operator;
  bool reuse = true;  // falls away with the reuse of heat: counts in the incremental flow
  Driver driver = Driver::heat;
  double first_year_money = 0, growth_frac = 0;
  int until_year = 0;  // last year it counts; 0: to the end
  double money(int year, const Factors& factors) const;
};
struct CapitalLine {
  std::string name, source;
  Party party = Party::site_operator;
  bool reuse = true;
  double cost_money = 0;
  int year = 0;  // 0: at the start
};
struct Accounts {
  int years = 0;
  std::vector<MoneyLine> lines;
  std::vector<CapitalLine> capital;
};
Accounts accounts(const EconomicsSpec& spec, const YearFigures& figures, std::span<const SettledContract> contracts);

struct Scope {
  std::optional<Party> party;  // none: both, so that what they pay each other cancels
  bool reuse_only = true;      // against the same site without reuse
};
CashFlow cash_flow(const Accounts& accounts, const Scope& scope, const Factors& factors = expected);

}  // namespace hypocaust::economics
