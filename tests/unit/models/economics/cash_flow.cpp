#include "models/economics/cash_flow.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/economics/named_formulas.hpp"

using namespace hypocaust::economics;

namespace {

CashFlow flat(double capital_money, double yearly_money, std::size_t years = 15) {
  return {.capital_money = capital_money, .net_money = std::vector<double>(years, yearly_money)};
}
Approx near(double value) { return Approx(value).epsilon(1e-6).margin(0); }

}  // namespace

TEST_CASE("capital recovery factors of the tables") {
  struct Row {
    double rate_frac, years, factor;
  };
  for (const Row& row : {Row{0.05, 10, 0.129504574965}, Row{0.08, 15, 0.116829544936}, Row{0.10, 10, 0.162745394883},
                         Row{0.10, 15, 0.131473776887}, Row{0.06, 20, 0.087184556977}, Row{0.035, 20, 0.070361076783}})
    CHECK(capital_recovery_frac({.rate_frac = row.rate_frac, .years = row.years}) == Approx(row.factor).epsilon(1e-11));
  CHECK(capital_recovery_frac({.rate_frac = 0, .years = 20}) == 0.05);
  CHECK(capital_recovery_frac({.rate_frac = 1e-9, .years = 20}) == Approx(0.05).epsilon(1e-7));
}

TEST_CASE("500 MWh a year for 120,000: net present value, paybacks, internal rate, annual cost") {
  const CashFlow base = flat(120e3, 25e3), with_cooling = flat(120e3, 33e3);
  const Discount eight{.rate_frac = 0.08};
  CHECK(net_present_value_money(base, eight) == near(93986.967198159));
  CHECK(net_present_value_money(with_cooling, eight) == near(162462.796701570));
  CHECK(net_present_value_money(flat(120e3, 25e3, 20), {.rate_frac = 0.035}) == near(235310.082548808));
  CHECK(net_present_value_money(flat(120e3, 33e3, 20), {.rate_frac = 0.035}) == near(349009.308964426));
  CHECK(simple_payback(base).years == near(4.8));
  CHECK(payback(base, eight).years == near(6.29550105217));
  CHECK(simple_payback(with_cooling).years == near(120.0 / 33.0));
  CHECK(payback(with_cooling, eight).years == near(4.466825474655));
  REQUIRE(internal_rates_frac(base).size() == 1);
  CHECK(internal_rates_frac(base)[0] == near(0.193700512389));
  CHECK(internal_rates_frac(with_cooling)[0] == near(0.267109180053));
  CHECK(120e3 * capital_recovery_frac({.rate_frac = 0.08, .years = 15}) == near(14019.5453923224));
}

TEST_CASE("the low case never repays at 8 percent, and only after 22.5 years without interest") {
  const CashFlow low = flat(90e3, 4e3);
  CHECK(net_present_value_money(low, {.rate_frac = 0.08}) == near(-55762.085248295));
  CHECK(internal_rates_frac(low)[0] == near(-0.046871966836));
  const Payback plain = simple_payback(low), discounted = payback(low, {.rate_frac = 0.08});
  CHECK(plain.outcome == Payback::Outcome::beyond);
  CHECK(plain.years == near(22.5));
  CHECK(discounted.outcome == Payback::Outcome::never);
  CHECK(std::isnan(discounted.years));
}

TEST_CASE("the high case") {
  const CashFlow high = flat(180e3, 96e3);
  CHECK(net_present_value_money(high, {.rate_frac = 0.08}) == near(641709.954040931));
  CHECK(internal_rates_frac(high)[0] == near(0.532449837067));
  CHECK(payback(high, {.rate_frac = 0.08}).years == near(2.11170388418));
  CHECK(simple_payback(high).years == near(1.875));
}

TEST_CASE("levelised cost of heat, three columns") {
  const auto cost = [](double capital_money, double yearly_money, double heat_mwh) {
    return HeatCost{.capital_money = capital_money,
                    .costs_money = std::vector<double>(15, yearly_money),
                    .credits_money = std::vector<double>(15, 0.0),
                    .heat_j = std::vector<double>(15, heat_mwh * 3.6e9)};
  };
  const Discount eight{.rate_frac = 0.08};
  CHECK(levelised_cost_money_j(cost(90e3, 6e3, 200), eight) * 3.6e9 == near(82.573295221209));
  CHECK(levelised_cost_money_j(cost(120e3, 10e3, 500), eight) * 3.6e9 == near(48.039090784645));
  CHECK(levelised_cost_money_j(cost(180e3, 18e3, 1200), eight) * 3.6e9 == near(32.524431740403));
  CHECK(std::isnan(levelised_cost_money_j(cost(1, 1, 0), eight)));
}

TEST_CASE("internal rates: none, one, two") {
  CHECK(internal_rates_frac(flat(100, -5)).empty());
  CHECK(internal_rates_frac(flat(0, 5)).empty());
  CHECK(internal_rates_frac({.capital_money = 100, .net_money = {120, -100}}).empty());  // two changes of sign, never zero
  const std::vector<double> two = internal_rates_frac({.capital_money = 100, .net_money = {230, -132}});
  REQUIRE(two.size() == 2);
  CHECK(two[0] == near(0.1));
  CHECK(two[1] == near(0.2));
  CHECK(internal_rates_frac({.capital_money = 100, .net_money = {110}})[0] == near(0.1));
  CHECK(internal_rates_frac({.capital_money = 100, .net_money = {110}}, Timing::mid_year)[0] == near(0.21));
  // The ends of the range, and sums whose value there is too large for a number.
  for (const double rate_frac : {-0.98, -0.5, 1e-3, 98.0})
    CHECK(internal_rates_frac({.capital_money = 100, .net_money = {100 * (1 + rate_frac)}})[0] == near(rate_frac));
  CHECK(internal_rates_frac({.capital_money = 100, .net_money = std::vector<double>(400, 10.0)})[0] == near(0.1));
}

TEST_CASE("a replacement in year 10") {
  CashFlow flow = flat(120e3, 30e3);
  flow.net_money[9] = -40e3;
  CHECK(net_present_value_money(flow, {.rate_frac = 0.08}) == near(104360.816471863));
  CHECK(internal_rates_frac(flow)[0] == near(0.219702591248));
  CHECK(simple_payback(flow).years == near(4));
  CHECK_FALSE(simple_payback(flow).falls_back);
  flow.net_money[4] = -50e3;
  CHECK(simple_payback(flow).falls_back);
}

TEST_CASE("mid-year flows are worth half a year more") {
  const CashFlow base = flat(120e3, 25e3);
  const Discount mid{.rate_frac = 0.08, .timing = Timing::mid_year};
  CHECK(net_present_value_money(base, mid) == near(102381.779606872));
  const double rate_frac = internal_rates_frac(base, Timing::mid_year)[0];
  CHECK(net_present_value_money(base, {.rate_frac = rate_frac, .timing = Timing::mid_year}) == Approx(0).margin(1e-6));
  CHECK(payback(base, mid).years < payback(base, {.rate_frac = 0.08}).years);
}

TEST_CASE("negative rates and free investments") {
  CHECK(net_present_value_money(flat(100, 10, 2), {.rate_frac = -0.5}) == Approx(-100 + 20 + 40));
  CHECK(simple_payback(flat(0, 10)).years == 0);
  CHECK(payback(flat(100, 10), {.rate_frac = -0.05}).years < 10);
  CHECK(real_rate_frac({.nominal_rate_frac = 0.08, .inflation_frac = 0.02}) == near(1.08 / 1.02 - 1));
}

TEST_CASE("the two formulas of the guides") {
  const AnnualReuseValue reuse{.heat_revenue_money = 35e3,
                               .avoided_cooling_money = 8e3,
                               .operating_money = 10e3,
                               .capital_money = 120e3,
                               .annuity = {.rate_frac = 0.08, .years = 15}};
  CHECK(reuse.money() == near(18980.4546076776));
  const NetAnnualBenefit benefit{.compute_revenue_money = 90e3,
                                 .heat_revenue_money = 35e3,
                                 .incentives_money = 5e3,
                                 .energy_money = 60e3,
                                 .operating_money = 10e3,
                                 .financing_money = 20e3};
  CHECK(benefit.money() == 40e3);
  CHECK(benefit.payback_years(120e3) == 3.0);
  CHECK(std::isnan(NetAnnualBenefit{.energy_money = 1}.payback_years(120e3)));
}
