#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using test::PlantBuilder;

namespace {

// Colebrook-White by fixed point: independent of the explicit formula the pipe uses.
double colebrook(double reynolds, double relative_roughness) {
  double f = 0.02;
  for (int i = 0; i < 100; ++i) f = std::pow(-2 * std::log10(relative_roughness / 3.7 + 2.51 / (reynolds * std::sqrt(f))), -2);
  return f;
}

PlantBuilder loop() {
  PlantBuilder b;
  b.circuit("a").add("pump", "pump",
                     {{"from", "a.suction"}, {"to", "a.discharge"}, {"nominal_flow", 10 / 3600.0}, {"nominal_head", 1e5}});
  b.add("pipe", "pipe", {{"from", "a.discharge"}, {"to", "a.far"}, {"length", 200.0}, {"diameter", 0.05}, {"roughness", 1e-4}});
  b.add("valve", "valve", {{"from", "a.far"}, {"to", "a.suction"}, {"kv", 16 / 3600.0}});
  b.add("expansion_vessel", "vessel", {{"at", "a.suction"}, {"volume", 0.08}});
  return b;
}

}  // namespace

TEST_CASE("pump, pipe and valve meet where the curves cross", "[plant]") {
  plant::Plant p = loop().build();
  const auto report = p.step(test::minute());
  REQUIRE(report.hydraulics == plant::Outcome::converged);
  const double m = p.branch_flow_kg_s(p.component("pipe"), 0);
  const Fluid f = plant::CircuitSpec{}.properties();
  const double area_m2 = pi * 0.05 * 0.05 / 4, speed = m / f.rho_kg_m3 / area_m2, re = speed * 0.05 * f.rho_kg_m3 / f.mu_pa_s;
  const double pipe_pa = colebrook(re, 1e-4 / 0.05) * 200 / 0.05 * f.rho_kg_m3 * speed * speed / 2;
  const double valve_pa = 1e5 * std::pow(m / f.rho_kg_m3 * 3600 / 16, 2) * f.rho_kg_m3 / 1000;
  const double head_pa = 1e5 * (1.25 - std::pow(m / f.rho_kg_m3 * 3600 / 10, 2) / 4);
  CHECK(m > 1.0);
  CHECK(pipe_pa + valve_pa == Approx(head_pa).epsilon(0.02));  // Haaland is within 2 % of Colebrook-White
  CHECK(p.node_pressure_pa(p.node("a.suction")) == Approx(1.5e5).margin(1e-3));
  CHECK(p.branch_flow_kg_s(p.component("pump"), 0) == Approx(m).margin(1e-12));
}

TEST_CASE("laminar flow follows Hagen-Poiseuille", "[plant]") {
  PlantBuilder b;
  b.circuit("a").add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-5}, {"nominal_head", 300.0}});
  b.add("pipe", "pipe", {{"from", "a.d"}, {"to", "a.s"}, {"length", 50.0}, {"diameter", 0.02}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  plant::Plant p = b.build();
  REQUIRE(p.step(test::minute()).hydraulics == plant::Outcome::converged);
  const double m = p.branch_flow_kg_s(p.component("pipe"), 0);
  const Fluid f = plant::CircuitSpec{}.properties();
  REQUIRE(4 * m / (pi * 0.02 * f.mu_pa_s) < 2000);
  const double drop_pa = p.node_pressure_pa(p.node("a.d")) - p.node_pressure_pa(p.node("a.s"));
  CHECK(drop_pa == Approx(128 * f.mu_pa_s * 50 * m / f.rho_kg_m3 / (pi * std::pow(0.02, 4))).epsilon(1e-5));
}

TEST_CASE("affinity: half speed gives half flow through quadratic resistance", "[plant]") {
  PlantBuilder b;
  b.circuit("a").add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 1e5}});
  b.add("valve", "valve", {{"from", "a.d"}, {"to", "a.s"}, {"kv", 1e-3}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  plant::Plant p = b.build();
  p.step(test::minute());
  const double full = p.branch_flow_kg_s(p.component("valve"), 0), full_w = p.ledger(p.component("pump")).electricity_j;
  *p.input(p.component("pump"), "speed") = 0.5;
  p.step(test::minute());
  CHECK(p.branch_flow_kg_s(p.component("valve"), 0) == Approx(full / 2).epsilon(0.01));  // the toe's share
  CHECK(p.ledger(p.component("pump")).electricity_j == Approx(full_w / 8).epsilon(0.01));
}

TEST_CASE("a stopped pump and a shut valve leave an island at rest, with its pressure", "[plant]") {
  plant::Plant p = loop().build();
  p.step(test::minute());
  const double far_pa = p.node_pressure_pa(p.node("a.far"));
  *p.input(p.component("pump"), "speed") = 0;
  *p.input(p.component("valve"), "position") = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto report = p.step(test::minute());
    REQUIRE(report.hydraulics == plant::Outcome::converged);
    REQUIRE(p.branch_flow_kg_s(p.component("pipe"), 0) == Approx(0).margin(1e-9));
  }
  CHECK(p.branch_flow_kg_s(p.component("valve"), 0) == 0.0);
  CHECK(p.branch_flow_kg_s(p.component("pump"), 0) == 0.0);
  // Flow stopped, so the pipe's drop is gone; discharge and far end share what was between them.
  CHECK(p.node_pressure_pa(p.node("a.far")) == Approx(p.node_pressure_pa(p.node("a.discharge"))).margin(1));
  CHECK(std::fabs(p.node_pressure_pa(p.node("a.far")) - far_pa) < 1e5);
}

TEST_CASE("height changes pressure by density x g x height and, as warm everywhere, no flow", "[plant]") {
  plant::Plant flat = loop().build();
  plant::Plant high = loop().height("a.far", 12).build();
  flat.step(test::minute());
  high.step(test::minute());
  const double rho_kg_m3 = plant::CircuitSpec{}.density_kg_m3(20);  // as warm as it starts
  CHECK(high.branch_flow_kg_s(high.component("pipe"), 0) ==
        Approx(flat.branch_flow_kg_s(flat.component("pipe"), 0)).epsilon(1e-6));
  CHECK(flat.node_pressure_pa(flat.node("a.far")) - high.node_pressure_pa(high.node("a.far")) ==
        Approx(rho_kg_m3 * 9.80665 * 12).epsilon(1e-5));
}

TEST_CASE("a three-way valve shares its flow by stroke and leaks no more than its rangeability says", "[plant]") {
  PlantBuilder b;
  b.circuit("a").add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 5e4}});
  b.add("three_way_valve", "v3", {{"inlet", "a.d"}, {"outlet_a", "a.x"}, {"outlet_b", "a.s"}, {"kv", 2e-3}});
  b.add("pipe", "p", {{"from", "a.x"}, {"to", "a.s"}, {"length", 1.0}, {"diameter", 0.08}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  plant::Plant p = b.build();
  const int v3 = p.component("v3");
  *p.input(v3, "position") = 0.5;
  p.step(test::minute());
  CHECK(p.branch_flow_kg_s(v3, 0) == Approx(p.branch_flow_kg_s(v3, 1)).epsilon(0.02));
  *p.input(v3, "position") = 1;
  p.step(test::minute());
  CHECK(std::fabs(p.branch_flow_kg_s(v3, 1)) < 0.03 * p.branch_flow_kg_s(v3, 0));
  CHECK(p.branch_flow_kg_s(v3, 0) > 0.3);
  *p.input(v3, "position") = 0;
  p.step(test::minute());
  CHECK(std::fabs(p.branch_flow_kg_s(v3, 0)) < 0.03 * p.branch_flow_kg_s(v3, 1));
  CHECK(p.branch_flow_kg_s(v3, 1) > 0.3);
}

TEST_CASE("a check valve lets back less than a thousandth", "[plant]") {
  PlantBuilder b;  // two pumps side by side, one stopped; a check valve behind each
  b.circuit("a");
  for (const std::string n : {"1", "2"}) {
    b.add("pump", "pump" + n, {{"from", "a.s"}, {"to", "a.d" + n}, {"nominal_flow", 1e-3}, {"nominal_head", 1e5}});
    b.add("check_valve", "check" + n, {{"from", "a.d" + n}, {"to", "a.out"}, {"kv", 3e-3}});
  }
  b.add("valve", "valve", {{"from", "a.out"}, {"to", "a.s"}, {"kv", 1e-3}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  plant::Plant p = b.build();
  REQUIRE(p.step(test::minute()).hydraulics == plant::Outcome::converged);
  const double both = p.branch_flow_kg_s(p.component("valve"), 0);
  *p.input(p.component("pump2"), "speed") = 0;
  REQUIRE(p.step(test::minute()).hydraulics == plant::Outcome::converged);
  CHECK(std::fabs(p.branch_flow_kg_s(p.component("check2"), 0)) < 1e-3 * both);
  CHECK(p.branch_flow_kg_s(p.component("valve"), 0) > 0.5 * both);
  CHECK(p.branch_flow_kg_s(p.component("valve"), 0) < both);
}
