#include "models/economics/accounts.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/economics/carbon.hpp"
#include "models/economics/named_formulas.hpp"
#include "models/economics/risk.hpp"
#include "models/economics/views.hpp"

using namespace hypocaust;
using namespace hypocaust::economics;

namespace {

constexpr double a_year = 1 / (365 * 86400.0);

// 500 MWh a year at 70, 120,000 of capital, 10,000 a year of operation: net 25,000.
EconomicsSpec base_case() {
  EconomicsSpec spec;
  spec.discount_rate_frac = 0.08;
  spec.investment.entries = {{"exchanger", 120e3}};
  spec.operating_cost.entries = {{"maintenance", 10e3 * a_year}};
  return spec;
}
Accounts base_accounts(const EconomicsSpec& spec) {
  const SettledContract contract{.name = "sale", .to_operator_cents = 3500000};
  return accounts(spec, {.it_j = 2000 * 3.6e9, .delivered_j = 500 * 3.6e9}, std::span(&contract, 1));
}

}  // namespace

TEST_CASE("a statement becomes the cash flow of both parties, and cancels in the whole") {
  const EconomicsSpec spec = base_case();
  const Accounts a = base_accounts(spec);
  const CashFlow seller = cash_flow(a, {.party = Party::site_operator});
  CHECK(seller.capital_money == 120e3);
  CHECK(net_present_value_money(seller, spec.discount()) == Approx(93986.967198159).epsilon(1e-9));
  CHECK(simple_payback(seller).years == Approx(4.8));
  CHECK(cash_flow(a, {.party = Party::buyer}).net_money[0] == Approx(-35e3));
  CHECK(cash_flow(a, {}).net_money[0] == Approx(-10e3));
}

TEST_CASE("avoided cooling, compute, replacement, growth, a buyer who leaves") {
  EconomicsSpec spec = base_case();
  spec.avoided_cooling_money_s = 8e3 * a_year;
  spec.compute_price_money_j = 0.1 / 3.6e6;
  spec.replacements.entries = {{"pump", {.cost_money = 5e3, .after_years = 6}}};
  spec.growth.heat_frac = 0.02;
  const SettledContract contract{.name = "sale", .to_operator_cents = 3500000, .leaves_after_years = 3};
  const Accounts a = accounts(spec, {.it_j = 2000 * 3.6e9}, std::span(&contract, 1));
  const CashFlow reuse = cash_flow(a, {.party = Party::site_operator}),
                 all = cash_flow(a, {.party = Party::site_operator, .reuse_only = false});
  CHECK(reuse.net_money[0] == Approx(33e3));
  CHECK(reuse.net_money[1] == Approx(33e3 + 700));
  CHECK(reuse.net_money[3] == Approx(-10e3));  // without a buyer no cooling is avoided
  CHECK(reuse.net_money[5] == Approx(-10e3 - 5e3));
  CHECK(reuse.net_money[11] == Approx(-10e3 - 5e3));
  CHECK(all.net_money[0] - reuse.net_money[0] == Approx(200e3 - 8e3));  // the site's own sums hold what it saves
}

TEST_CASE("a site with every price zero has zero of everything") {
  EconomicsSpec spec;
  spec.discount_rate_frac = 0.08;
  const Accounts a = accounts(spec, {.it_j = 1e12, .delivered_j = 1e12}, {});
  CHECK(a.lines.empty());
  for (const double money : cash_flow(a, {.reuse_only = false}).net_money) CHECK(money == 0);
}

TEST_CASE("nominal sums with a real rate are refused") {
  EconomicsSpec spec = base_case();
  spec.rate = Money::real;
  Problems problems;
  spec.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "rate");
  CHECK(problems.items[0].text.find("discounts nominal sums with a real rate") == 0);
}

TEST_CASE("what halves the internal rate") {
  const EconomicsSpec spec = base_case();
  const DriverFlows flows = driver_flows(base_accounts(spec), {.party = Party::site_operator});
  Ranges ranges;
  ranges.heat = {.low = 0.7, .high = 1.2};
  ranges.capital = {.low = 0.9, .high = 1.3};
  const std::vector<Swing> list = swings(flows, ranges, spec.discount());
  REQUIRE(list.size() == 3);
  CHECK(list[0].driver == Driver::heat);
  // Half of 19.370051 % over 15 years recovers 0.12915...: heat must bring capital x CRF + 10,000.
  const double factor = (120e3 * capital_recovery_frac({.rate_frac = 0.193700512389 / 2, .years = 15}) + 10e3) / 35e3;
  CHECK(list[0].halving_factor == Approx(factor).epsilon(1e-9));
  CHECK(list[0].halves_inside_range);
  for (const Swing& swing : list)
    if (swing.driver == Driver::capital) CHECK_FALSE(swing.halves_inside_range);
}

TEST_CASE("a driver's share of the variance is that of the draws") {
  const EconomicsSpec spec = base_case();
  const DriverFlows flows = driver_flows(base_accounts(spec), {.party = Party::site_operator});
  Ranges ranges;
  const auto variance_money2 = [&] {
    std::vector<Draw> draws(100000);
    draw({.flows = flows, .ranges = ranges, .discount = spec.discount()}, draws);
    double mean = 0, sum = 0;
    for (const Draw& one : draws) mean += one.npv_money / 1e5;
    for (const Draw& one : draws) sum += (one.npv_money - mean) * (one.npv_money - mean) / 1e5;
    return sum;
  };
  CHECK(std::isnan(swings(flows, ranges, spec.discount())[0].variance_share_frac));  // nothing varies
  ranges.heat = {.low = 0.8, .high = 1.1};
  const double heat_money2 = variance_money2();
  ranges.capital = {.low = 0.9, .high = 1.6};
  const double both_money2 = variance_money2();
  for (const Swing& swing : swings(flows, ranges, spec.discount())) {
    if (swing.driver == Driver::heat) CHECK(swing.variance_share_frac == Approx(heat_money2 / both_money2).epsilon(0.02));
    if (swing.driver == Driver::capital) CHECK(swing.variance_share_frac == Approx(1 - heat_money2 / both_money2).epsilon(0.02));
    if (swing.driver == Driver::operating) CHECK(swing.variance_share_frac == 0.0);
  }
}

TEST_CASE("draws do not depend on how they are shared out, and have the mean of their ranges") {
  const EconomicsSpec spec = base_case();
  const DriverFlows flows = driver_flows(base_accounts(spec), {.party = Party::site_operator});
  Ranges ranges;
  ranges.heat = {.low = 0.8, .high = 1.1};
  std::vector<Draw> whole(20000), half(10000);
  draw({.flows = flows, .ranges = ranges, .discount = spec.discount()}, whole);
  draw({.flows = flows, .ranges = ranges, .discount = spec.discount(), .first = 10000}, half);
  CHECK(whole[10123].npv_money == half[123].npv_money);
  std::vector<double> npv_money;
  for (const Draw& one : whole) npv_money.push_back(one.npv_money);
  // The mean of a triangle of 0.8, 1, 1.1 is 2.9 / 3; 35,000 a year is worth 35,000 / CRF.
  const double wanted_money = 93986.967198159 - 35e3 / capital_recovery_frac({.rate_frac = 0.08, .years = 15}) * (0.1 / 3);
  const Spread s = spread(npv_money);
  CHECK(s.mean == Approx(wanted_money).epsilon(3e-3));
  CHECK(s.p90 < s.p50);
  CHECK(std::isnan(spread({NAN, NAN}).p50));
}

TEST_CASE("carbon, gross and net") {
  CarbonSpec spec;
  spec.replaces = ReplacedPlant{.fuel = "gas", .factor_kgco2e_j = 0.183 / 3.6e6, .efficiency_frac = 0.9};
  const Carbon c = carbon(spec, {.site_kgco2e = 1000, .customer_side_kgco2e = 50, .consumed_j = 900 * 3.6e6, .length_s = 3600});
  CHECK(c.gross_kgco2e == 1050);
  CHECK(c.avoided_kgco2e == Approx(183));
  CHECK(c.net_avoided_kgco2e() == Approx(133));
  CHECK(c.net_avoided_additional_kgco2e() == Approx(183 - 1050));
  spec.replaces.reset();
  CHECK(std::isnan(carbon(spec, {}).avoided_kgco2e));  // no baseline: no figure, not zero
}

TEST_CASE("the grid falls year by year, by a rate or a path, and what does not hang on it stays") {
  const GridSpec falls{.falls_frac = 0.05}, path{.path_frac = {0.9, 0.5}};
  CHECK(grid_share_frac(falls, 1) == 1.0);
  CHECK(grid_share_frac(falls, 3) == Approx(0.95 * 0.95));
  CHECK(grid_share_frac(path, 1) == 1.0);
  CHECK(grid_share_frac(path, 2) == 0.9);
  CHECK(grid_share_frac(path, 3) == 0.5);
  CHECK(grid_share_frac(path, 9) == 0.5);
  const Carbon first{.gross_kgco2e = 1050, .avoided_kgco2e = 183, .avoided_cooling_kgco2e = 20, .heat_supply_kgco2e = 50};
  const Carbon later = of_year(first, 0.5, false);
  CHECK(later.gross_kgco2e == 525);
  CHECK(later.avoided_kgco2e == 183);
  CHECK(later.net_avoided_kgco2e() == Approx(183 + 10 - 25));
  const Carbon gone = of_year(first, 0.5, true);  // the buyer has left, and took the heat pump's work along
  CHECK(gone.gross_kgco2e == 500);
  CHECK(gone.net_avoided_kgco2e() == 0);
  CHECK(std::isnan(of_year({.avoided_kgco2e = NAN}, 0.5, true).avoided_kgco2e));
  GridSpec both{.falls_frac = 0.05, .path_frac = {0.9}};
  Problems problems;
  both.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "path");
}

TEST_CASE("after the last buyer has left nothing of the heat is counted any more") {
  EconomicsSpec spec = base_case();
  spec.avoided_cooling_money_s = 8e3 * a_year;
  spec.buyer_fuel = BackupFuel{.price_money_j = 60 / 3.6e9, .efficiency_frac = 0.9};
  const YearFigures year{.delivered_j = 500 * 3.6e9, .customer_side_money = 3e3};
  const SettledContract leaves{.name = "sale", .to_operator_cents = 3500000, .leaves_after_years = 3};
  const Accounts a = accounts(spec, year, std::span(&leaves, 1));
  CHECK(cash_flow(a, {.party = Party::site_operator}).net_money[2] == Approx(35e3 + 8e3 - 10e3 - 3e3));
  CHECK(cash_flow(a, {.party = Party::site_operator}).net_money[3] == Approx(-10e3));
  CHECK(cash_flow(a, {.party = Party::buyer}).net_money[2] == Approx(500 * 60 / 0.9 - 35e3));
  CHECK(cash_flow(a, {.party = Party::buyer}).net_money[3] == 0);
  const SettledContract both[] = {leaves, {.name = "other", .to_operator_cents = 100000}};  // one stays: heat still flows
  CHECK(cash_flow(accounts(spec, year, both), {.party = Party::site_operator}).net_money[3] == Approx(1e3 + 8e3 - 10e3 - 3e3));
}

TEST_CASE("the guides' formulas follow from the accounts") {
  EconomicsSpec spec = base_case();
  spec.avoided_cooling_money_s = 8e3 * a_year;
  spec.revenue.entries = {{"hosting", 100e3 * a_year}};
  spec.incentives.entries = {{"grant", 2e3 * a_year}};
  spec.it_operating_cost.entries = {{"staff", 40e3 * a_year}};
  const SettledContract sale{.name = "sale", .to_operator_cents = 3500000};
  const Accounts a = accounts(spec, {.delivered_j = 500 * 3.6e9, .site_electricity_money = 50e3}, std::span(&sale, 1));
  const NetAnnualBenefit benefit = net_annual_benefit(a, 9e3);
  CHECK(benefit.money() == Approx(100e3 + 35e3 + 2e3 - 50e3 - 50e3 - 9e3));
  CHECK(benefit.payback_years(120e3) == Approx(120.0 / 28));
  const AnnualReuseValue value = annual_reuse_value(a, {.rate_frac = 0.08, .years = 15});
  CHECK(value.money() == Approx(35e3 + 8e3 + 2e3 - 10e3 - 14019.5453923224));
}

TEST_CASE("conservative, expected and upside") {
  EconomicsSpec spec = base_case();
  const DriverFlows flows = driver_flows(base_accounts(spec), {.party = Party::site_operator});
  CHECK(views(spec, flows).empty());
  spec.ranges = Ranges{};
  spec.ranges->heat = {.low = 0.7, .high = 1.2}, spec.ranges->operating = {.low = 0.9, .high = 1.5};
  const std::vector<View> ends = views(spec, flows);  // the end that is worth less: little heat, dear operation
  REQUIRE(ends.size() == 3);
  CHECK(ends[0].name == "conservative");
  CHECK(ends[0].factors == Factors{0.7, 1, 1, 1.5, 1, 1});
  CHECK(ends[1].factors == expected);
  CHECK(ends[2].factors == Factors{1.2, 1, 1, 0.9, 1, 1});
  spec.scenarios.entries = {{"upside", {.heat_frac = 1.1}}};
  const std::vector<View> written = views(spec, flows);
  REQUIRE(written.size() == 2);
  CHECK(written[0].name == "expected");
  CHECK(written[1].factors == Factors{1.1, 1, 1, 1, 1, 1});
  spec.scenarios.entries = {{"expected", {}}};
  Problems problems;
  spec.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "scenarios.expected");
}
