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
  ledger.set_level(90.0, 50);
  ledger.set_off(105.0, true);
  ledger.close(120.0, out);
  CHECK(out[0].energy_j == 30 * 5000.0 + 15 * (1400.0 + 0.5 * 3600.0));
}
