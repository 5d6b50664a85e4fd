// Servers as points, as units, and behind conversions, against hand values and a published machine.
#include <catch2/catch.hpp>

#include "models/compute/power_chain.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {
double power_w(const ServerSpec& server, double load_frac, double throttle_frac = 1.0) {
  return server_power_w(server, {.load_frac = load_frac, .throttle_frac = throttle_frac});
}
Named<UnitSpec> frontier_units() {
  return {.entries = {{"cpu", {.idle_w = 90, .peak_w = 280}},
                      {"gpu", {.count = 4, .idle_w = 88, .peak_w = 560}},
                      {"memory", {.idle_w = 74.26, .peak_w = 74.26}},
                      {"nic", {.count = 4, .idle_w = 20, .peak_w = 20}},
                      {"nvme", {.idle_w = 30, .peak_w = 30}}}};
}
}  // namespace

TEST_CASE("Frontier's node as its units: 626.26 W idle, 2704.26 W at peak, and the whole machine 28.20 MW") {
  ServerSpec node;
  node.units = frontier_units();
  CHECK(power_w(node, 0.0) == Approx(626.26).epsilon(1e-12));
  CHECK(power_w(node, 1.0) == Approx(2704.26).epsilon(1e-12));
  node.conversion = {{.efficiency_frac = 0.98, .constant_loss_w = 13}, {.efficiency_frac = 0.96, .constant_loss_w = 4.25}};
  CHECK(power_w(node, 1.0) == Approx((2704.26 / 0.98 + 13) / 0.96 + 4.25).epsilon(1e-12));
  // 74 racks of 128 nodes with 32 switches of 250 W; 25 coolant distribution units of 8473.47 W
  const double machine_w = 74 * (128 * power_w(node, 1.0) + 32 * 250.0) + 25 * 8473.47;
  CHECK(machine_w == Approx(28.20e6).epsilon(1e-3));
  const double idle_w = 74 * (128 * power_w(node, 0.0) + 32 * 250.0) + 25 * 8473.47;
  CHECK(idle_w == Approx(7.282e6).epsilon(2e-3));
}

TEST_CASE("a unit's exponent bends its power, throttling scales what exceeds idle") {
  ServerSpec server;
  server.units = {
      .entries = {{"cpu", {.idle_w = 100, .peak_w = 300}}, {"fan", {.count = 2, .idle_w = 5, .peak_w = 45, .exponent = 3}}}};
  Problems problems;
  server.derive(problems);
  CHECK(server.idle_power_w == 110.0);
  CHECK(server.peak_power_w == 390.0);
  CHECK(power_w(server, 0.5) == Approx(110 + 100 + 80 * 0.125));
  CHECK(power_w(server, 1.0, 0.5) == Approx(110 + 140));
}

TEST_CASE("points are met exactly and straight between") {
  ServerSpec server;
  server.points = {{0.0, 100}, {0.3, 220}, {1.0, 290}};
  CHECK(power_w(server, 0.0) == 100.0);
  CHECK(power_w(server, 0.3) == Approx(220.0).epsilon(1e-14));
  CHECK(power_w(server, 1.0) == 290.0);
  CHECK(power_w(server, 0.15) == Approx(160.0));
  CHECK(power_w(server, 0.65) == Approx(255.0));
}

TEST_CASE("servers described twice or by half are named") {
  ServerSpec server;
  server.points = {{0.1, 100}, {1.0, 290}};
  server.units = frontier_units();
  Problems problems;
  server.derive(problems);
  server.check(problems);
  REQUIRE(problems.items.size() == 2);
  CHECK(problems.items[0].text.find("described twice") != std::string::npos);
  CHECK(problems.items[1].key == "points");
  server.units.entries.clear();
  server.points = {{0.0, 100}, {0.5, 150}, {0.5, 160}, {1.0, 290}};
  problems.items.clear();
  server.check(problems);
  REQUIRE(!problems.items.empty());
  CHECK(problems.items[0].text == "loads do not ascend; sort the list");
}
