#include "models/meter/kpi.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/meter/accounting.hpp"

using namespace hypocaust::meter;

// 150 kW IT, 195 kW facility, 120 kW delivered at COP 4: the heat pump takes 30 kW.
TEST_CASE("both data-centre boundaries of the 150 kW example") {
  Energies e;
  e.it_j = 150, e.ups_loss_j = 20, e.auxiliary_j = 25, e.delivered_j = 120;
  e.heat_pump_j = e.heat_pump_outside_j = 30;
  const Kpis k = kpis(e);
  CHECK(k.heat_pump_outside.pue_frac == Approx(1.300));
  CHECK(k.heat_pump_outside.erf_frac == Approx(90.0 / 195.0));
  CHECK(k.heat_pump_outside.ere_frac == Approx(0.700));
  CHECK(k.heat_pump_inside.pue_frac == Approx(1.500));
  CHECK(k.heat_pump_inside.erf_frac == Approx(120.0 / 225.0));
  CHECK(k.heat_pump_inside.ere_frac == Approx(0.700));
  CHECK(k.heat_pump_inside.ere_frac == Approx((1 - k.heat_pump_inside.erf_frac) * k.heat_pump_inside.pue_frac));
}

TEST_CASE("pumps beyond the boundary are not in PUE") {
  Energies e;
  e.it_j = 100, e.pump_j = 5, e.pump_outside_j = 3;
  CHECK(kpis(e).heat_pump_outside.pue_frac == Approx(1.02));
}

TEST_CASE("a figure that does not apply has no value") {
  Energies e;
  e.pump_j = 1, e.delivered_j = 226;  // a network without hosts: the pump is no data centre
  for (const BoundaryKpi& k : {kpis(e).heat_pump_outside, kpis(e).heat_pump_inside}) {
    CHECK(std::isnan(k.pue_frac));
    CHECK(std::isnan(k.erf_frac));
    CHECK(std::isnan(k.ere_frac));
  }
  e.it_j = 10;
  CHECK(std::isnan(kpis(e).recovered_frac));  // no meter counts it
  CHECK(std::isnan(kpis(e).demand_met_frac));
  e.recovered_metered = true, e.recovered_j = 4, e.consumed_j = 3;
  CHECK(kpis(e).recovered_frac == Approx(0.4));
  CHECK(kpis(e).share_consumed_frac == Approx(0.75));
}

TEST_CASE("backup electricity is booked once, and is in no PUE") {
  using hypocaust::plant::Account;
  const Booking electric{.accounts = {.electricity = Account::backup, .heat_in = Account::backup}};
  Energies e;
  e.it_j = e.rejected_j = 100;
  book(electric, {.heat_in_j = 99, .electricity_j = 110}, e);
  CHECK(e.backup_j == 99);
  CHECK(e.backup_electricity_j == 110);
  CHECK(e.plant_backup_j == 110);
  CHECK(e.lost_j == 11);
  e.stored_j = 99;  // nobody took it
  CHECK(e.residual_j() == Approx(0).margin(1e-12));
  CHECK(kpis(e).heat_pump_outside.pue_frac == 1.0);
  CHECK(kpis(e).heat_pump_inside.pue_frac == 1.0);
  book(electric, {.heat_in_j = 50, .fuel_j = 60}, e);  // a fired boiler has the same accounts
  e.stored_j += 50;
  CHECK(e.plant_backup_j == 160);
  CHECK(e.fuel_j == 60);
  CHECK(e.lost_j == 11);
  CHECK(e.residual_j() == Approx(0).margin(1e-12));
}
