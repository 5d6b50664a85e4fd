// valve, three_way_valve, check_valve and expansion_vessel. Kv 16 m3/h: 4.4099 kg/s of water at 40 degC (992.22 kg/m3) under
// 1 bar x 0.99222, from IEC 60534-2-1.
#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
constexpr double kv_m3_s = 16 / 3600.0, full_kg_s = 4.4099, kv_pa = 99222;
OnePart valve(double characteristic) {
  return OnePart("valve", {{"from", "a.in"}, {"to", "a.out"}, {"kv", kv_m3_s}, {"characteristic", characteristic}});
}
}  // namespace

TEST_CASE("an open valve passes its Kv, half of it at a quarter of the pressure", "[parts]") {
  OnePart v = valve(0);
  CHECK(v.flow_kg_s(kv_pa) == Approx(full_kg_s).epsilon(0.006));  // the toe keeps 0.5 %
  CHECK(v.flow_kg_s(kv_pa / 4) == Approx(full_kg_s / 2).epsilon(0.011));
  CHECK(v.flow_kg_s(-kv_pa) == Approx(-v.flow_kg_s(kv_pa)).epsilon(1e-9));
}

TEST_CASE("a linear valve passes its position, an equal-percentage one rangeability to the power of what is missing", "[parts]") {
  OnePart linear = valve(0), equal = valve(1);
  for (const double position : {0.1, 0.25, 0.5, 0.75, 1.0}) {
    linear.input("position") = equal.input("position") = position;
    CHECK(linear.flow_kg_s(100 * kv_pa) == Approx(10 * full_kg_s * position).epsilon(0.006));
    CHECK(equal.flow_kg_s(100 * kv_pa) == Approx(10 * full_kg_s * std::pow(50, position - 1)).epsilon(0.02));
  }
  // By hand: 50^-0.5 = 0.141421.
  equal.input("position") = 0.5;
  CHECK(equal.flow_kg_s(100 * kv_pa) == Approx(10 * full_kg_s * 0.141421).epsilon(0.005));
}

TEST_CASE("a shut valve passes nothing at any pressure", "[parts]") {
  for (const double characteristic : {0.0, 1.0}) {
    OnePart v = valve(characteristic);
    v.input("position") = 0;
    CHECK(v.flow_kg_s(1e6) == 0.0);
    CHECK(v.flow_kg_s(-1e6) == 0.0);
  }
}

TEST_CASE("the two ways of a three-way valve share its stroke", "[parts]") {
  OnePart v("three_way_valve", {{"inlet", "a.in"}, {"outlet_a", "a.a"}, {"outlet_b", "a.b"}, {"kv", kv_m3_s}});
  for (const double position : {0.25, 0.5, 0.8}) {
    v.input("position") = position;
    CHECK(v.flow_kg_s(kv_pa, 0) == Approx(full_kg_s * position).epsilon(0.03));
    CHECK(v.flow_kg_s(kv_pa, 1) == Approx(full_kg_s * (1 - position)).epsilon(0.03));
  }
  for (const double position : {0.0, 1.0}) {  // what is shut leaks a share of 1 / rangeability, 50
    v.input("position") = position;
    const std::size_t open = position > 0.5 ? 0 : 1;
    CHECK(v.flow_kg_s(kv_pa, open) == Approx(full_kg_s).epsilon(0.006));
    CHECK(v.flow_kg_s(kv_pa, 1 - open) < 0.021 * full_kg_s);
    CHECK(v.flow_kg_s(kv_pa, 1 - open) > 0);
  }
}

TEST_CASE("a check valve passes its Kv forward and a thousandth of it back", "[parts]") {
  OnePart v("check_valve", {{"from", "a.in"}, {"to", "a.out"}, {"kv", kv_m3_s}});
  CHECK(v.flow_kg_s(kv_pa) == Approx(full_kg_s).epsilon(0.006));
  CHECK(v.flow_kg_s(-kv_pa) < 0);
  CHECK(v.flow_kg_s(-kv_pa) > -1.001e-3 * full_kg_s);
}

TEST_CASE("a valve out of order stays where it was, or goes where its spring takes it", "[parts]") {
  for (const double when_failed : {0.0, 1.0, 2.0}) {  // stays, closed, open
    OnePart v("valve", {{"from", "a.in"}, {"to", "a.out"}, {"kv", kv_m3_s}, {"when_failed", when_failed}});
    v.input("position") = 0.4;
    v.step({{1.0, 20}});
    const double before_kg_s = v.flow_kg_s(kv_pa), expected_frac = when_failed == 0.0 ? 0.4 : when_failed - 1;
    v.input("available") = 0, v.input("position") = 0.9;
    for (int i = 0; i < 3; ++i) v.step({{1.0, 20}});
    CHECK(v.channel("position") == expected_frac);
    if (when_failed == 0.0) CHECK(v.flow_kg_s(kv_pa) == before_kg_s);
    else CHECK(v.flow_kg_s(kv_pa) == Approx((when_failed - 1) * full_kg_s).epsilon(0.006));
    v.input("available") = 1;  // repaired: it follows again
    v.step({{1.0, 20}});
    CHECK(v.channel("position") == 0.9);
  }
  OnePart mixing("three_way_valve",
                 {{"inlet", "a.in"}, {"outlet_a", "a.a"}, {"outlet_b", "a.b"}, {"kv", kv_m3_s}, {"when_failed", 2.0}});
  mixing.input("available") = 0;
  CHECK(mixing.flow_kg_s(kv_pa, 0) == Approx(full_kg_s).epsilon(0.006));
  OnePart flap("check_valve", {{"from", "a.in"}, {"to", "a.out"}, {"kv", kv_m3_s}});
  flap.input("available") = 0;
  CHECK(flap.flow_kg_s(-kv_pa) == Approx(-full_kg_s).epsilon(0.006));
}

TEST_CASE("dirt takes its share of a valve's Kv", "[parts]") {
  OnePart v = valve(0), mixing("three_way_valve", {{"inlet", "a.in"}, {"outlet_a", "a.a"}, {"outlet_b", "a.b"}, {"kv", kv_m3_s}});
  v.input("capacity_frac") = mixing.input("capacity_frac") = 0.5;
  CHECK(v.flow_kg_s(4 * kv_pa) == Approx(full_kg_s).epsilon(0.006));
  CHECK(mixing.flow_kg_s(4 * kv_pa, 1) == Approx(full_kg_s).epsilon(0.006));
  v.input("capacity_frac") = 0;  // no division by it
  CHECK(v.flow_kg_s(kv_pa) > 0);
}

TEST_CASE("what is isolated for repair passes nothing", "[parts]") {
  const std::vector<std::pair<std::string, test::Value>> ends{{"from", "a.in"}, {"to", "a.out"}};
  const auto with = [&](std::vector<std::pair<std::string, test::Value>> keys) {
    keys.insert(keys.end(), ends.begin(), ends.end());
    return keys;
  };
  std::vector<OnePart> parts;
  parts.emplace_back("pipe", with({{"length", 10.0}, {"diameter", 0.05}}));
  parts.emplace_back("radiator", with({{"nominal_power", 1e4}}));
  parts.emplace_back("tank",
                     std::vector<std::pair<std::string, test::Value>>{{"top", "a.t"}, {"bottom", "a.b"}, {"volume", 1.0}});
  parts.emplace_back(
      "plate_exchanger",
      std::vector<std::pair<std::string, test::Value>>{
          {"hot.from", "a.a"}, {"hot.to", "a.b"}, {"cold.from", "a.c"}, {"cold.to", "a.d"}, {"nominal_power", 1e5}});
  for (OnePart& part : parts) {
    INFO(part.params.schema()->name);
    CHECK(part.flow_kg_s(1e4) > 0);
    part.input("available") = 0;
    CHECK(part.flow_kg_s(1e4) == 0.0);
    CHECK(part.flow_kg_s(-1e4) == 0.0);
  }
}

TEST_CASE("valves pass heat unchanged", "[parts]") {
  OnePart v = valve(0);
  v.step({{2.0, 55}});
  CHECK(v.out_c() == Approx(55).epsilon(1e-12));
  CHECK(v.stored_j() == 0.0);
}

TEST_CASE("a vessel holds the rest pressure, which moves every pressure of its circuit and no flow", "[parts]") {
  test::PlantBuilder b;
  b.circuit("a", {.pressure_pa = 1.8e5});
  b.add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 1e5}});
  b.add("valve", "valve", {{"from", "a.d"}, {"to", "a.s"}, {"kv", 1e-3}});
  b.add("expansion_vessel", "vessel", {{"at", "a.s"}, {"volume", 0.05}});
  plant::Plant p = b.build();
  p.step(test::minute());
  const double flow_kg_s = p.branch_flow_kg_s(p.component("valve"), 0), high_pa = p.node_pressure_pa(p.node("a.d"));
  CHECK(p.node_pressure_pa(p.node("a.s")) == Approx(1.8e5).margin(1));
  CHECK(high_pa > 1.8e5 + 0.9e5);
  CHECK(std::fabs(p.branch_flow_kg_s(p.component("vessel"), 0)) < 1e-6);
  *p.input(p.component("vessel"), "pressure") = 2.5e5;
  p.step(test::minute());
  CHECK(p.node_pressure_pa(p.node("a.s")) == Approx(2.5e5).margin(1));
  CHECK(p.node_pressure_pa(p.node("a.d")) - high_pa == Approx(0.7e5).margin(2));
  CHECK(p.branch_flow_kg_s(p.component("valve"), 0) == Approx(flow_kg_s).epsilon(1e-6));
}
