#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart cooler(Keys more = {}) {
  Keys all{{"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1.6e5}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("dry_cooler", all, {fluid_at({.kind = FluidKind::propylene_glycol, .glycol_frac = 0.35, .t_c = 30})});
}
// Effectiveness of crossflow, both unmixed: numerical solution of the two-dimensional balance on a fine grid, an independent
// form of what the law approximates.
double crossflow_grid(double ntu, double ratio) {
  const int n = 800;
  std::vector<double> least(n, 1.0);  // stream of the least capacity, entering at 1; the other enters at 0
  double leaves = 0;
  for (int row = 0; row < n; ++row) {  // the other stream passes row by row
    double other = 0;
    for (int k = 0; k < n; ++k) {
      const double mean = (least[static_cast<std::size_t>(k)] - other) / (1 + 0.5 * ntu / n * (1 + ratio));
      least[static_cast<std::size_t>(k)] -= ntu / n * mean;
      other += ntu / n * ratio * mean;
    }
  }
  for (const double t : least) leaves += t / n;
  return 1 - leaves;
}
}  // namespace

TEST_CASE("a dry cooler meets its nominal point", "[parts]") {
  OnePart c = cooler();
  c.input("fan_speed") = 1;
  c.step({{c.param("nominal_flow"), 42}}, 60, 30);
  CHECK(-c.gained_w() == Approx(1.6e5).epsilon(1e-6));
  CHECK(c.out_c() == Approx(36).margin(1e-4));
  CHECK(c.ledger.heat_out_j == Approx(-c.gained_w() * 60).epsilon(1e-12));
  CHECK(c.ledger.electricity_j / 60 == Approx(0.02 * 1.6e5).epsilon(1e-12));
}

TEST_CASE("the crossflow law is within 4 % of the solved balance", "[parts]") {
  // UA at the nominal point, so that ntu and ratio are known: air 1.6e5 / 7 W/K.
  for (const double ua_w_k : {5e3, 1.5e4, 4e4}) {
    OnePart c = cooler({{"ua", ua_w_k}});
    c.input("fan_speed") = 1;
    const double m = c.param("nominal_flow"), fluid_w_k = m * c.cp_j_kg_k(), air_w_k = 1.6e5 / 7;
    const double least = std::min(fluid_w_k, air_w_k), ratio = least / std::max(fluid_w_k, air_w_k);
    c.step({{m, 50}}, 60, 20);
    CHECK(-c.gained_w() / (least * 30) == Approx(crossflow_grid(ua_w_k / least, ratio)).epsilon(0.04));
  }
}

TEST_CASE("a fan limit caps the speed, whatever is asked", "[parts]") {
  OnePart capped = cooler(), slow = cooler();
  const double m = capped.param("nominal_flow");
  capped.input("fan_speed") = 0.9, capped.input("fan_limit") = 0.6, slow.input("fan_speed") = 0.6;
  capped.step({{m, 42}}, 60, 30), slow.step({{m, 42}}, 60, 30);
  CHECK(capped.gained_w() == slow.gained_w());
  CHECK(capped.channel("fan_speed") == 0.6);
  CHECK(capped.ledger.electricity_j == Approx(0.6 * 0.6 * 0.6 * 0.02 * 1.6e5 * 60).epsilon(1e-12));
}

TEST_CASE("fan power follows the cube of the speed, natural draught cools a little at rest", "[parts]") {
  OnePart c = cooler();
  const double m = c.param("nominal_flow");
  c.input("fan_speed") = 1;
  c.step({{m, 42}}, 60, 30);
  const double full_w = c.ledger.electricity_j / 60, rejected_w = -c.gained_w();
  c.input("fan_speed") = 0.5;
  c.step({{m, 42}}, 60, 30);
  CHECK(c.ledger.electricity_j / 60 == Approx(full_w / 8).epsilon(1e-12));
  CHECK(-c.gained_w() > 0.5 * rejected_w);  // half the air takes more than half the heat
  CHECK(-c.gained_w() < 0.8 * rejected_w);
  c.input("fan_speed") = 0;
  c.step({{m, 42}}, 60, 30);
  CHECK(c.ledger.electricity_j == 0.0);
  CHECK(-c.gained_w() > 0.01 * rejected_w);
  CHECK(-c.gained_w() < 0.1 * rejected_w);
  c.input("fan_speed") = 1, c.input("available") = 0;  // broken fans: the same
  c.step({{m, 42}}, 60, 30);
  CHECK(c.ledger.electricity_j == 0.0);
  CHECK(-c.gained_w() < 0.1 * rejected_w);
}

TEST_CASE("a dry cooler never cools below the air, and warms a fluid colder than it", "[parts]") {
  OnePart c = cooler();
  c.input("fan_speed") = 1;
  for (const double m : {1e-9, 0.01, 1.0, 50.0}) {
    c.step({{m, 42}}, 60, 30);
    CHECK(c.out_c() >= 30 - 1e-6);
    c.step({{m, 5}}, 60, 30);
    CHECK(c.gained_w() > 0);
    CHECK(c.ledger.heat_out_j < 0);
  }
  c.step({{0, 42}}, 60, 30);
  CHECK(c.gained_w() == 0.0);
}

TEST_CASE("nominal points no cooler can meet are refused by name", "[parts]") {
  CHECK_THROWS_WITH(cooler({{"nominal_air", 38.0}}), Catch::Contains("nominal_air"));
  CHECK_THROWS_WITH(cooler({{"nominal_outlet", 45.0}}), Catch::Contains("nominal_outlet"));
  CHECK_THROWS_WITH(cooler({{"nominal_outlet", 30.1}, {"nominal_air_rise", 11.9}}), Catch::Contains("cannot be reached"));
}

TEST_CASE("sprayed air enters the coil nearer its wet bulb, for the water that evaporates", "[parts]") {
  OnePart dry = cooler(), wet = cooler({{"spray_above", 25.0}, {"spray_effectiveness", 0.75}});
  const double m = dry.param("nominal_flow");
  for (OnePart* c : {&dry, &wet}) c->input("fan_speed") = 1;
  dry.step({{m, 42}}, 60, 32 - 0.75 * 2);  // the wet bulb of these steps lies 2 K below the air
  wet.step({{m, 42}}, 60, 32);
  CHECK(wet.gained_w() == Approx(dry.gained_w()).epsilon(1e-12));
  CHECK(wet.ledger.heat_out_j == Approx(dry.ledger.heat_out_j).epsilon(1e-12));
  // Moist air of 32 degC, 26.3 g/kg (wet bulb 30 degC), to 30.5 degC at constant enthalpy 1.006 T + w (2501 + 1.86 T): 0.6187 g/kg.
  const double air_kg_s = 1.6e5 / 7 / 1006;
  CHECK(wet.channel("water") / air_kg_s == Approx(0.6187e-3).epsilon(0.02));
  CHECK(dry.channel("water") == 0.0);
  wet.input("fan_speed") = 0.5;
  const double full_kg_s = wet.channel("water"), before_kg = wet.channel("water_total");
  wet.step({{m, 42}}, 60, 32);
  CHECK(wet.channel("water") == Approx(full_kg_s / 2).epsilon(1e-12));
  CHECK(wet.channel("water_total") == Approx(before_kg + full_kg_s / 2 * 60).epsilon(1e-12));
}

TEST_CASE("spray stays off at or below its temperature and while the fans rest", "[parts]") {
  OnePart dry = cooler(), wet = cooler({{"spray_above", 25.0}, {"spray_effectiveness", 0.75}});
  const double m = dry.param("nominal_flow");
  for (const auto& [speed, outdoor_c] : {std::pair{1.0, 25.0}, {1.0, -5.0}, {0.0, 35.0}}) {
    for (OnePart* c : {&dry, &wet}) c->input("fan_speed") = speed, c->step({{m, 42}}, 60, outdoor_c);
    CHECK(wet.gained_w() == dry.gained_w());
    CHECK(wet.channel("water_total") == 0.0);
  }
  CHECK_THROWS_WITH(cooler({{"spray_above", 25.0}}), Catch::Contains("give `spray_effectiveness` too"));
  CHECK_THROWS_WITH(cooler({{"spray_effectiveness", 0.8}}), Catch::Contains("give `spray_above` too"));
}

TEST_CASE("what a spray drains is water used, and cools nothing", "[parts]") {
  OnePart closed = cooler({{"spray_above", 25.0}, {"spray_effectiveness", 0.75}});
  OnePart bled = cooler({{"spray_above", 25.0}, {"spray_effectiveness", 0.75}, {"spray_bleed", 0.5}});
  const double m = closed.param("nominal_flow");
  for (OnePart* c : {&closed, &bled}) c->input("fan_speed") = 1, c->step({{m, 42}}, 60, 32);
  CHECK(bled.gained_w() == closed.gained_w());
  CHECK(closed.channel("water") > 0.0);
  CHECK(bled.channel("water") == Approx(1.5 * closed.channel("water")).epsilon(1e-12));
  CHECK_THROWS_WITH(cooler({{"spray_bleed", 0.5}}), Catch::Contains("drains a spray that there is not"));
}
