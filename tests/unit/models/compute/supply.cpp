// The supply of a site: ride through on the battery, shed in order, shut down, start again; by hand.
#include <catch2/catch.hpp>

#include "models/compute/supply.hpp"

using namespace hypocaust::compute;
using Phase = SupplyPhase;

namespace {

// Ten hosts: 7 kW idle, 25 kW full. UPS loss 500 W + 2000 W x share of 50 kW: 780 W idle, 1500 W full. 10 kWh, a fifth of it reserve.
ComputeSpec hosts(std::size_t groups = 1) {
  ComputeSpec spec;
  for (std::size_t g = 0; g < groups; ++g)
    spec.hosts.entries.push_back(
        {"g" + std::to_string(g), {.count = 10, .cores = 8, .server = {.idle_power_w = 700.0, .peak_power_w = 2500.0}}});
  spec.classes.entries = {{"batch", {.shed = 1}}, {"training", {.shed = 2}}, {"web", {}}};
  return spec;
}
PowerSpec chain() {
  PowerSpec power;
  power.ups = UpsSpec{.nominal_power_w = 50e3, .efficiency_frac = 50.0 / 52.5, .no_load_loss_w = 500.0};
  power.ups->battery = BatterySpec{.capacity_j = 36e6, .recharge_w = 5e3, .efficiency_frac = 0.9, .reserve_frac = 0.2};
  return power;
}
double step(Supply& supply, double it_w, double carried_w = 0) {
  const Supply::Loads loads{.dt_s = 60.0, .it_w = it_w, .auxiliary_w = 0.0};
  return supply.settle(loads, supply.losses(loads), carried_w);
}

}  // namespace

TEST_CASE("a battery carries the full load down to its reserve, then idle hosts for the shut-down, then nothing") {
  const PowerSpec power = chain();
  const ComputeSpec compute = hosts();
  Supply supply(power, compute);
  CHECK(supply.look({.dt_s = 60.0}).phase == Phase::fed);
  CHECK(step(supply, 25e3) == 0.0);  // full
  // 26.5 kW: 1.59 MJ a step; 36 - 18 x 1.59 = 7.38 MJ, and one step more would go below 7.2 MJ
  for (int k = 0; k < 18; ++k) {
    REQUIRE(supply.look({.dt_s = 60.0, .grid = false}).phase == Phase::on_battery);
    CHECK(!supply.word().plant_fed);
    CHECK(supply.word().carried_fed);
    CHECK(step(supply, 25e3) == Approx(-1.59e6));
  }
  for (int k = 0; k < 5; ++k) {  // 300 s, 7.78 kW
    REQUIRE(supply.look({.dt_s = 60.0, .grid = false}).phase == Phase::shutting_down);
    CHECK(step(supply, 7e3) == Approx(-466800.0));
  }
  CHECK(supply.look({.dt_s = 60.0, .grid = false}).phase == Phase::off);
  CHECK(!supply.word().carried_fed);
  CHECK(step(supply, 0.0) == 0.0);
  CHECK(supply.battery_frac() == Approx((7.38e6 - 5 * 466800.0) / 36e6));
  // The grid is back: 300 s of waiting, in which the battery is charged, then work.
  for (int k = 0; k < 5; ++k) {
    REQUIRE(supply.look({.dt_s = 60.0}).phase == Phase::off);
    CHECK(step(supply, 0.0) == Approx(0.9 * 5e3 * 60.0));
  }
  CHECK(supply.look({.dt_s = 60.0}).phase == Phase::fed);
}

TEST_CASE("classes are shed in their order while the battery lasts, and all come back with the grid") {
  PowerSpec power = chain();
  power.failure = {.shed_after_s = 60.0, .shed_every_s = 120.0};
  const ComputeSpec compute = hosts();
  Supply supply(power, compute);
  const int expected[] = {0, 1, 1, 2, 2, 2};
  for (const int order : expected) {
    CHECK(supply.look({.dt_s = 60.0, .grid = false}).classes_shed == order);
    step(supply, 10e3);
  }
  CHECK(supply.look({.dt_s = 60.0}).classes_shed == 0);
  CHECK(supply.word().phase == Phase::fed);
}

TEST_CASE("a battery that is asked for more than it gives trips, and hosts that draw less ride through") {
  PowerSpec power = chain();
  power.ups->battery->power_w = 20e3;
  const ComputeSpec compute = hosts();
  for (const double it_w : {18e3, 19e3}) {  // with the UPS's loss 19.22 and 20.26 kW
    Supply supply(power, compute);
    supply.look({.dt_s = 60.0});
    step(supply, it_w);
    supply.look({.dt_s = 60.0, .grid = false});
    CHECK(supply.word().phase == (it_w < 18.5e3 ? Phase::on_battery : Phase::off));
    CHECK(supply.word().overloaded == (it_w > 18.5e3));
  }
  Supply supply(power, compute);  // what the UPS carries counts
  step(supply, 18e3);
  CHECK(supply.look({.dt_s = 60.0, .grid = false, .carried_w = 1e3}).phase == Phase::off);
  CHECK(step(supply, 0.0) == 0.0);
  for (int k = 0; k < 5; ++k) CHECK(supply.look({.dt_s = 60.0}).phase == Phase::off);
  CHECK(supply.look({.dt_s = 60.0}).phase == Phase::fed);  // unattended
  CHECK(!supply.word().overloaded);
}

TEST_CASE("without a battery hosts fail with the grid, and what the UPS carries shortens the time") {
  PowerSpec power = chain();
  power.ups->battery.reset();
  const ComputeSpec compute = hosts();
  Supply bare(power, compute);
  CHECK(bare.look({.dt_s = 60.0, .grid = false}).phase == Phase::off);
  power = chain();
  Supply carrying(power, compute);
  int minutes = 0;  // 36.5 kW: 2.19 MJ a step; (36 - 7.2) / 2.19 = 13.2
  while (carrying.look({.dt_s = 60.0, .grid = false, .carried_w = 10e3}).phase == Phase::on_battery)
    step(carrying, 25e3, 10e3), ++minutes;
  CHECK(minutes == 13);
}

TEST_CASE("an alarm shuts hosts down in order, an emergency takes all power at once, and groups start one after another") {
  PowerSpec power = chain();
  const ComputeSpec compute = hosts(3);
  Supply supply(power, compute);
  for (int k = 0; k < 5; ++k) {
    CHECK(supply.look({.dt_s = 60.0, .fire_alarm = true}).phase == Phase::shutting_down);
    CHECK(supply.word().plant_fed);
  }
  CHECK(supply.look({.dt_s = 60.0, .fire_alarm = true}).phase == Phase::off);
  CHECK(supply.look({.dt_s = 60.0, .emergency_off = true}).phase == Phase::off);
  CHECK(!supply.word().carried_fed);
  CHECK(!supply.word().plant_fed);
  for (int k = 0; k < 5; ++k) CHECK(supply.look({.dt_s = 60.0}).phase == Phase::off);
  CHECK(supply.look({.dt_s = 60.0}).groups_on == 1);
  CHECK(supply.word().phase == Phase::starting);
  CHECK(supply.look({.dt_s = 60.0}).groups_on == 2);
  CHECK(supply.look({.dt_s = 60.0}).phase == Phase::fed);
}

TEST_CASE("a supply limit holds back the next group and the charging") {
  PowerSpec power = chain();
  power.supply_limit_w = 20e3, power.failure.restart_after_s = 0.0;
  const ComputeSpec compute = hosts(2);  // 7 kW each when switched on
  Supply supply(power, compute);
  supply.look({.dt_s = 60.0, .emergency_off = true});
  CHECK(supply.look({.dt_s = 60.0, .drawn_w = 1e3}).groups_on == 1);
  CHECK(supply.look({.dt_s = 60.0, .drawn_w = 14e3}).groups_on == 1);
  CHECK(supply.look({.dt_s = 60.0, .drawn_w = 12e3}).phase == Phase::fed);
  Supply charging(power, compute);
  charging.look({.dt_s = 60.0, .grid = false});
  step(charging, 10e3);
  charging.look({.dt_s = 60.0});
  const Supply::Losses losses = charging.losses({.dt_s = 60.0, .it_w = 14e3, .auxiliary_w = 1e3, .plant_w = 2e3});
  CHECK(losses.ups_w == Approx(1060.0));
  CHECK(losses.charge_w == Approx(20e3 - 14e3 - 1060.0 - 3e3));
  CHECK(losses.battery_w == Approx(0.1 * losses.charge_w));
}

TEST_CASE("losses are heat in the room or outside, as stated, and no watt is lost between") {
  PowerSpec power = chain();
  power.transformer =
      TransformerSpec{.nominal_power_w = 100e3, .no_load_loss_w = 200.0, .load_loss_w = 1000.0, .loss_to_room_frac = 0.25};
  power.ups->loss_to_room_frac = 0.5;
  const ComputeSpec compute = hosts();
  Supply supply(power, compute);
  supply.look({.dt_s = 60.0});
  const Supply::Losses losses = supply.losses({.dt_s = 60.0, .it_w = 25e3, .auxiliary_w = 10e3, .plant_w = 13.5e3});
  CHECK(losses.transformer_w == Approx(200.0 + 1000.0 * 0.25));  // behind it: 25 + 1.5 + 10 + 13.5 kW
  CHECK(losses.room_w == Approx(0.5 * 1500.0 + 0.25 * 450.0));
  CHECK(losses.room_w + losses.outside_w == Approx(1950.0));
}
