#include "models/economics/accounts.hpp"

#include <algorithm>

#include "models/core/math.hpp"

namespace hypocaust::economics {
namespace {

constexpr double year_s = 365 * 86400.0;

struct Group {
  std::string_view key;
  const Named<double>& entries;
  Party party;
  bool reuse;
};

}  // namespace

std::span<const std::string_view> names(Driver) {
  static constexpr std::string_view list[] = {"heat", "electricity", "fuel", "operating", "compute", "capital"};
  return list;
}

double MoneyLine::money(int year, const Factors& factors) const {
  if (until_year > 0 && year > until_year) return 0.0;
  return first_year_money * vpow(1.0 + growth_frac, year - 1) * factors[static_cast<std::size_t>(driver)];
}

Accounts accounts(const EconomicsSpec& spec, const YearFigures& figures, std::span<const SettledContract> contracts) {
  Accounts a{.years = static_cast<int>(spec.years)};
  const Party seller = Party::site_operator, buyer = Party::buyer;
  const auto add = [&](MoneyLine line) {
    if (line.first_year_money != 0) a.lines.push_back(std::move(line));
  };
  Party payer = seller;  // of the site's electricity
  int reuse_until = 0;   // the year in which the last buyer leaves; 0: somebody stays
  for (const SettledContract& contract : contracts) reuse_until = std::max(reuse_until, contract.leaves_after_years);
  for (const SettledContract& contract : contracts)
    if (contract.leaves_after_years == 0) reuse_until = 0;
  for (const SettledContract& contract : contracts) {
    const double money = static_cast<double>(contract.to_operator_cents) / 100.0;
    for (const Party party : {seller, buyer})
      add({.name = contract.name,
           .source = "statement of contracts." + contract.name,
           .party = party,
           .first_year_money = party == seller ? money : -money,
           .growth_frac = spec.growth.heat_frac,
           .until_year = contract.leaves_after_years});
    if (contract.refunds_electricity) payer = buyer;
  }
  add({.name = "electricity of the site",
       .source = "energy x economics.electricity_price",
       .party = payer,
       .reuse = payer == buyer,
       .driver = Driver::electricity,
       .first_year_money = -figures.site_electricity_money,
       .growth_frac = spec.growth.electricity_frac});
  add({.name = "electricity of heat pumps and pumps beyond the boundary",
       .source = "energy x economics.electricity_price",
       .driver = Driver::electricity,
       .first_year_money = -figures.customer_side_money,
       .growth_frac = spec.growth.electricity_frac,
       .until_year = reuse_until});
  if (spec.compute_price_money_j == spec.compute_price_money_j)
    add({.name = "compute",
         .source = "energy.it x economics.compute_price",
         .reuse = false,
         .driver = Driver::compute,
         .first_year_money = figures.it_j * spec.compute_price_money_j,
         .growth_frac = spec.growth.compute_frac});
  if (spec.buyer_fuel)
    add({.name = "fuel not burnt",
         .source = "delivered x economics.buyer_fuel",
         .party = buyer,
         .driver = Driver::fuel,
         .first_year_money = figures.delivered_j * spec.buyer_fuel->heat_cost_money_j(),
         .growth_frac = spec.growth.fuel_frac,
         .until_year = reuse_until});
  for (const Group& group : {Group{"operating_cost", spec.operating_cost, seller, true},
                             Group{"it_operating_cost", spec.it_operating_cost, seller, false},
                             Group{"buyer_operating_cost", spec.buyer_operating_cost, buyer, true}})
    for (const auto& entry : group.entries.entries)
      add({.name = entry.name,
           .source = "economics." + std::string(group.key) + "." + entry.name,
           .party = group.party,
           .reuse = group.reuse,
           .driver = Driver::operating,
           .first_year_money = -entry.value * year_s,
           .growth_frac = spec.growth.operating_frac});
  for (const Group& group : {Group{"revenue", spec.revenue, seller, false}, Group{"incentives", spec.incentives, seller, true}})
    for (const auto& entry : group.entries.entries)
      add({.name = entry.name,
           .source = "economics." + std::string(group.key) + "." + entry.name,
           .reuse = group.reuse,
           .driver = Driver::compute,
           .first_year_money = entry.value * year_s,
           .growth_frac = spec.growth.compute_frac});
  const bool twin = figures.avoided_cooling_money == figures.avoided_cooling_money;  // then the claim is only told
  if (!twin)
    add({.name = "avoided cooling (claimed)",
         .source = "economics.avoided_cooling",
         .difference = true,
         .driver = Driver::operating,
         .first_year_money = spec.avoided_cooling_money_s * year_s,
         .growth_frac = spec.growth.operating_frac,
         .until_year = reuse_until});
  else if (payer == seller)  // a refund follows the meter by itself
    add({.name = "avoided cooling",
         .source = "electricity of the run without reuse less this one's",
         .difference = true,
         .driver = Driver::electricity,
         .first_year_money = figures.avoided_cooling_money,
         .growth_frac = spec.growth.electricity_frac,
         .until_year = reuse_until});
  for (const Group& group :
       {Group{"investment", spec.investment, seller, true}, Group{"it_investment", spec.it_investment, seller, false},
        Group{"buyer_investment", spec.buyer_investment, buyer, true}})
    for (const auto& entry : group.entries.entries)
      a.capital.push_back({.name = entry.name,
                           .source = "economics." + std::string(group.key) + "." + entry.name,
                           .party = group.party,
                           .reuse = group.reuse,
                           .cost_money = entry.value});
  for (const auto& entry : spec.replacements.entries)
    for (int year = static_cast<int>(entry.value.after_years); year < a.years; year += static_cast<int>(entry.value.after_years))
      a.capital.push_back({.name = entry.name,
                           .source = "economics.replacements." + entry.name,
                           .party = entry.value.paid_by,
                           .cost_money = entry.value.cost_money,
                           .year = year});
  return a;
}

CashFlow cash_flow(const Accounts& accounts, const Scope& scope, const Factors& factors) {
  CashFlow flow{.net_money = std::vector<double>(static_cast<std::size_t>(accounts.years), 0.0)};
  const auto counts = [&](Party party, bool reuse) {
    return (!scope.party || *scope.party == party) && (reuse || !scope.reuse_only);
  };
  for (const MoneyLine& line : accounts.lines)
    if (counts(line.party, line.reuse) && (scope.reuse_only || !line.difference))
      for (int year = 1; year <= accounts.years; ++year)
        flow.net_money[static_cast<std::size_t>(year - 1)] += line.money(year, factors);
  const double price = factors[static_cast<std::size_t>(Driver::capital)];
  for (const CapitalLine& line : accounts.capital) {
    if (!counts(line.party, line.reuse)) continue;
    if (line.year == 0) flow.capital_money += line.cost_money * price;
    else flow.net_money[static_cast<std::size_t>(line.year - 1)] -= line.cost_money * price;
  }
  return flow;
}

}  // namespace hypocaust::economics
