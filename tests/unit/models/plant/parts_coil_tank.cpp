// coil_tank: the coil against closed forms; displacement, loss and conduction are the tank's.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart coil_tank(const Keys& more = {}) {  // no loss, no conduction; 10 m3 at 20 degC
  Keys all{{"top", "a.top"}, {"bottom", "a.bottom"}, {"coil.from", "b.in"}, {"coil.to", "b.out"}, {"volume", 10.0},
           {"coil_ua", 5e3}, {"coil_flow", 1e-3},    {"loss", 0.0},         {"initial", 20.0},    {"conductivity", 0.0}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("coil_tank", all);
}
double content_kg() { return 10 * fluid_at({.t_c = 40}).rho_kg_m3; }
}  // namespace

TEST_CASE("a coil that enters at the bottom stirs the tank and warms it as its effectiveness says", "[parts]") {
  OnePart tank = coil_tank({{"coil_inlet", 0.0}, {"coil_outlet", 1.0}});
  const double cp_j_kg_k = tank.cp_j_kg_k(), effectiveness = 1 - std::exp(-5e3 / cp_j_kg_k), before_j = tank.stored_j();
  double given_j = 0;
  for (int minute = 1; minute <= 600; ++minute) {
    tank.step({{0, 20}, {1.0, 70}});
    given_j -= tank.gained_w(1) * 60;
    CHECK(std::fabs(tank.imbalance_j) < 1e-5);
    if (minute % 120) continue;
    const double expected_c = 70 - 50 * std::exp(-effectiveness * minute * 60 / content_kg());
    for (int k = 0; k < 10; ++k) CHECK(tank.channel("temperature", k) == Approx(expected_c).margin(0.1));
    CHECK(tank.channel("coil_heat") == Approx(-tank.gained_w(1)).epsilon(1e-12));
  }
  CHECK(tank.stored_j() - before_j == Approx(given_j).epsilon(1e-9));
}

TEST_CASE("a coil warms the water beside it and above it, not what lies below", "[parts]") {
  OnePart tank = coil_tank({{"coil_inlet", 0.75}, {"coil_outlet", 0.5}});
  for (int minute = 0; minute < 600; ++minute) tank.step({{0, 20}, {1.0, 70}});
  for (int k = 0; k < 5; ++k) CHECK(tank.channel("temperature", k) == Approx(20).margin(1e-9));
  for (int k = 5; k < 10; ++k) CHECK(tank.channel("temperature", k) > 30);
  OnePart cooled = coil_tank({{"coil_inlet", 0.5}, {"coil_outlet", 0.75}, {"initial", 60.0}});
  for (int minute = 0; minute < 600; ++minute) cooled.step({{0, 60}, {1.0, 10}});
  for (int k = 8; k < 10; ++k) CHECK(cooled.channel("temperature", k) == Approx(60).margin(1e-9));
  for (int k = 0; k < 7; ++k) CHECK(cooled.channel("temperature", k) < 50);  // cold water sinks
}

TEST_CASE("a coil draws from a hot tank as a heat exchanger in still water", "[parts]") {
  // One short step: every layer still has its temperature, so the outlet is that of 1 - exp(-UA / C).
  OnePart tank = coil_tank({{"initial", 60.0}});
  tank.step({{0, 60}, {0.5, 10}}, 1);
  CHECK(tank.out_c(1) == Approx(60 - 50 * std::exp(-5e3 / (0.5 * tank.cp_j_kg_k()))).margin(0.02));
  OnePart reversed = coil_tank({{"initial", 60.0}});
  reversed.step({{0, 60}, {-0.5, 10}}, 1);
  CHECK(reversed.out_c(1) == Approx(tank.out_c(1)).margin(1e-9));
}

TEST_CASE("no temperature leaves the range of what is in and what enters, at any flow and step", "[parts]") {
  for (const double dt_s : {1.0, 60.0, 3600.0, 86400.0})
    for (const double coil_kg_s : {0.0, 1e-9, 0.1, -5.0, 100.0})
      for (const double flow_kg_s : {0.0, 0.1, -3.0, 50.0}) {
        OnePart tank = coil_tank({{"coil_ua", 1e5}});
        for (int i = 0; i < 20; ++i) {
          tank.step({{flow_kg_s, 40}, {coil_kg_s, 70}}, dt_s);
          for (int k = 0; k < 10; ++k) {
            CHECK(tank.channel("temperature", k) > 20 - 1e-6);
            CHECK(tank.channel("temperature", k) < 70 + 1e-6);
            if (k > 0) CHECK(tank.channel("temperature", k) > tank.channel("temperature", k - 1) - 1e-6);
          }
        }
      }
}

TEST_CASE("without flow in its coil a coil_tank is a tank", "[parts]") {
  OnePart with = coil_tank({{"conductivity", 1.0}}),
          without("tank", {{"top", "a.top"}, {"bottom", "a.bottom"}, {"volume", 10.0}, {"loss", 0.0}, {"initial", 20.0}});
  for (int i = 0; i < 200; ++i) {
    const double flow_kg_s = i % 7 < 4 ? 2.0 : -1.5, in_c = flow_kg_s > 0 ? 60 : 25;
    with.step({{flow_kg_s, in_c}, {0, 90}}), without.step({{flow_kg_s, in_c}});
    CHECK(with.out_c() == Approx(without.out_c()).epsilon(1e-12));
  }
}

TEST_CASE("a coil that spans nothing is refused", "[parts]") {
  CHECK_THROWS_WITH(coil_tank({{"coil_inlet", 0.5}, {"coil_outlet", 0.5}}), Catch::Contains("spans no water"));
}
