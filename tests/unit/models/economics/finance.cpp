#include "models/economics/finance.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace hypocaust::economics;

TEST_CASE("a loan is repaid to the last cent") {
  const std::vector<DebtYear> years = debt_service({.principal_money = 100e3, .rate_frac = 0.06, .years = 10});
  REQUIRE(years.size() == 10);
  double repaid_money = 0;
  for (const DebtYear& year : years) {
    CHECK(year.service_money() == Approx(13586.7958220399).epsilon(1e-9));
    repaid_money += year.repaid_money;
  }
  CHECK(years[0].interest_money == Approx(6000));
  CHECK(repaid_money == Approx(100e3).epsilon(1e-12));
  CHECK(debt_service({}).empty());
}

// By hand: 100 of capital written off over two years, half lent at 10 % for one year, tax 20 %.
TEST_CASE("tax on profit, losses carried, cover of the debt") {
  const CashFlow flow{.capital_money = 100, .net_money = {40, 80, 80}};
  const Financed f = financed(
      flow, {.loan = {.principal_money = 50, .rate_frac = 0.1, .years = 1}, .tax = {.rate_frac = 0.2, .depreciation_years = 2}});
  // year 1: 40 - 50 - 5 = -15, no tax; service 55. year 2: 80 - 50 - 15 = 15, tax 3. year 3: 80, tax 16.
  CHECK(f.equity.capital_money == 50);
  CHECK(f.tax_money[0] == 0);
  CHECK(f.tax_money[1] == Approx(3));
  CHECK(f.tax_money[2] == Approx(16));
  CHECK(f.equity.net_money[0] == Approx(40 - 55));
  CHECK(f.equity.net_money[1] == Approx(77));
  CHECK(f.equity.net_money[2] == Approx(64));
  CHECK(f.dscr_frac[0] == Approx(40.0 / 55.0));
  CHECK(std::isnan(f.dscr_frac[1]));
  CHECK(f.least_dscr_frac == Approx(40.0 / 55.0));
}

TEST_CASE("without loan and tax nothing changes") {
  const CashFlow flow{.capital_money = 100, .net_money = {40, 80}};
  const Financed f = financed(flow, {});
  CHECK(f.equity.capital_money == 100);
  CHECK(f.equity.net_money == flow.net_money);
  CHECK(std::isnan(f.least_dscr_frac));
}
