// Server power, power supplies, the UPS and the ledger against values worked out by hand.
#include <catch2/catch.hpp>

#include "models/compute/ledger.hpp"
#include "models/compute/power_chain.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {
ServerSpec linear(double idle_w, double peak_w) {
  return {.idle_power_w = idle_w, .peak_power_w = peak_w, .curve_w = {}, .psu = {}};
}
}  // namespace

TEST_CASE("a server is linear between idle and peak, throttling scales what exceeds idle") {
  const ServerSpec server = linear(700, 2500);
  CHECK(server_power_w(server, {.load_frac = 0.0}) == 700.0);
  CHECK(server_power_w(server, {.load_frac = 0.5}) == 1600.0);
  CHECK(server_power_w(server, {.load_frac = 1.0}) == 2500.0);
  CHECK(server_power_w(server, {.load_frac = 1.0, .throttle_frac = 0.25}) == Approx(700 + 450));
}

TEST_CASE("a SPECpower curve is met exactly at its points and is straight between") {
  ServerSpec server;  // Dell PowerEdge R620, SPECpower_ssj2008 res2012q1-00434
  server.curve_w = {54.1, 78.4, 88.5, 99.5, 115.0, 126.0, 143.0, 165.0, 196.0, 226.0, 243.0};
  Problems problems;
  server.derive(problems);
  CHECK(server.idle_power_w == 54.1);
  CHECK(server.peak_power_w == 243.0);
  for (int k = 0; k <= 10; ++k)
    CHECK(server_power_w(server, {.load_frac = k / 10.0}) == Approx(server.curve_w[static_cast<std::size_t>(k)]).epsilon(1e-14));
  CHECK(server_power_w(server, {.load_frac = 0.25}) == Approx(0.5 * (88.5 + 99.5)));
}

TEST_CASE("the power supply's loss is counted at the plug") {
  ServerSpec server = linear(100, 1000);
  server.psu = PsuSpec{.nominal_power_w = 1000,
                       .efficiency_10_frac = 0.90,
                       .efficiency_20_frac = 0.94,
                       .efficiency_50_frac = 0.96,
                       .efficiency_100_frac = 0.94};
  CHECK(server_power_w(server, {.load_frac = 1.0}) == Approx(1000 / 0.94));
  CHECK(server_power_w(server, {.load_frac = 0.0}) == Approx(100 / 0.90));
  CHECK(psu_loss_w(*server.psu, 500) == Approx(500 / 0.96 - 500));
  CHECK(psu_loss_w(*server.psu, 50) == Approx(100 / 0.90 - 100));
  CHECK(psu_loss_w(*server.psu, 350) == Approx(0.5 * (200 / 0.94 - 200) + 0.5 * (500 / 0.96 - 500)));
}

TEST_CASE("UPS loss: none without a UPS, the stated ones at the stated loads") {
  PowerSpec power;
  CHECK(ups_loss_w(power, 1e5) == 0.0);
  power.ups = UpsSpec{.nominal_power_w = 200e3, .efficiency_frac = 0.95, .efficiencies_frac = {}};
  Problems problems;
  power.ups->derive(problems);
  CHECK(ups_loss_w(power, 200e3) == Approx(200e3 / 0.95 - 200e3));
  CHECK(ups_loss_w(power, 0) == Approx(0.25 * (200e3 / 0.95 - 200e3)));
  power.ups->no_load_loss_w = 2000;
  CHECK(ups_loss_w(power, 100e3) == Approx(0.5 * (2000 + 200e3 / 0.95 - 200e3)));
  power.ups->efficiencies_frac = {0.92, 0.95, 0.955, 0.95};
  CHECK(ups_loss_w(power, 50e3) == Approx(50e3 / 0.92 - 50e3));
  CHECK(ups_loss_w(power, 100e3) == Approx(100e3 / 0.95 - 100e3));
  CHECK(ups_loss_w(power, 25e3) == Approx(0.5 * (2000 + 50e3 / 0.92 - 50e3)));
}

TEST_CASE("wrong servers and supplies are named") {
  Problems problems;
  ServerSpec bad = linear(900, 800);
  bad.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "peak_power");
  ServerSpec short_curve;
  short_curve.curve_w = {1, 2, 3};
  short_curve.check(problems);
  CHECK(problems.items.back().key == "curve");
}

TEST_CASE("the ledger integrates piecewise constant power exactly, and a power held for no time is no peak") {
  const HostSpec host{.count = 2, .cores = 10, .server = linear(700, 2500)};
  const HostSpec* groups[] = {&host};
  Ledger ledger(groups);
  GroupEnergy out[1];
  ledger.change(15.0, {.group = 0, .host = 1, .cores = 10});
  ledger.change(45.0, {.group = 0, .host = 1, .cores = -10});
  ledger.change(45.0, {.group = 0, .host = 0, .cores = 10});
  ledger.change(45.0, {.group = 0, .host = 0, .cores = -10});
  ledger.close(60.0, out);
  CHECK(out[0].energy_j == 60 * 1400.0 + 30 * 1800.0);
  CHECK(out[0].peak_w == 3200.0);
  CHECK(out[0].core_s == 300.0);
  ledger.set_measured(60.0, 0, 5000.0);
  ledger.set_level(90.0, {.group = 0, .percent = 50});
  ledger.set_fixed(105.0, 0, 0.0);
  ledger.close(120.0, out);
  CHECK(out[0].energy_j == 30 * 5000.0 + 15 * (1400.0 + 0.5 * 3600.0));
}

TEST_CASE("losses by the square of the load: UPS and transformer by hand") {
  PowerSpec power;
  power.ups = UpsSpec{.nominal_power_w = 50e3, .efficiency_frac = 50.0 / 52.5, .no_load_loss_w = 500.0, .law = LossLaw::square};
  CHECK(ups_loss_w(power, 0.0) == Approx(500.0));
  CHECK(ups_loss_w(power, 25e3) == Approx(500.0 + 2000.0 * 0.25));
  CHECK(ups_loss_w(power, 50e3) == Approx(2500.0));
  CHECK(transformer_loss_w(power, 1e5) == 0.0);
  power.transformer = TransformerSpec{.nominal_power_w = 100e3, .no_load_loss_w = 200.0, .load_loss_w = 1000.0};
  CHECK(transformer_loss_w(power, 0.0) == 200.0);
  CHECK(transformer_loss_w(power, 50e3) == Approx(450.0));
  CHECK(transformer_loss_w(power, 120e3) == Approx(1640.0));
}

TEST_CASE("levels: power at a speed, the speed that keeps a share of the power, and the speed under a cap") {
  ServerSpec server = linear(700, 2500);
  CHECK(dynamic_frac(server, 0.37) == 0.37);
  CHECK(speed_percent(server, 0.5) == 50);
  server.levels = {{0.5, 0.2}, {0.8, 0.6}, {1.0, 1.0}};
  CHECK(dynamic_frac(server, 0.5) == Approx(0.2));
  CHECK(dynamic_frac(server, 0.65) == Approx(0.4));
  CHECK(dynamic_frac(server, 0.25) == Approx(0.1));  // below the lowest level cores stand still part of the time
  CHECK(speed_percent(server, 0.4) == 65);
  const HostSpec host{.count = 2, .cores = 8, .server = server}, other{.count = 1, .cores = 8, .server = linear(100, 300)};
  const HostSpec* groups[] = {&host, &other};
  const int free[] = {0, 0}, kept[] = {0, 100};
  // 1400 + 3600 x share(speed) + 100 + 200 x speed
  CHECK(capped_percent(groups, free, 5300.0) == 100);
  CHECK(capped_percent(groups, free, 1500.0 + 3600.0 * 0.4 + 200.0 * 0.65) == 65);
  CHECK(capped_percent(groups, kept, 1500.0 + 3600.0 * 0.2 + 200.0) == 50);
  CHECK(capped_percent(groups, kept, 1699.0) == -1);
}

TEST_CASE("a warm inlet: leakage in proportion, fans with the cube of their speed, both behind the power supply") {
  ServerSpec server = linear(100, 400);
  server.inlet =
      InletSpec{.reference_c = 25.0, .leakage_frac_k = 0.01, .fan_power_w = 40.0, .fan_speed_frac = 0.5, .fan_full_c = 45.0};
  const auto at = [&](double inlet_c) { return server_power_w(server, {.load_frac = 1.0, .inlet_c = inlet_c}); };
  CHECK(server_power_w(server, {.load_frac = 1.0}) == 400.0);
  CHECK(at(25.0) == 400.0);
  CHECK(at(35.0) == Approx(400.0 + 40.0 + 40.0 * (0.75 * 0.75 * 0.75 - 0.125)));
  CHECK(at(60.0) == Approx(400.0 + 140.0 + 40.0 * 0.875));
  server.conversion = {{.efficiency_frac = 0.8}};
  CHECK(at(45.0) == Approx((400.0 + 80.0 + 35.0) / 0.8));
}
