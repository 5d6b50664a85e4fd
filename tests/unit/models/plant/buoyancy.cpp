// Natural circulation: flow that warm fluid drives by itself.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/math.hpp"
#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using test::PlantBuilder;

namespace {

// A loop of two pipes, heater below (0 to 1 m) and cooler above (10 to 9 m); all but the heater lets water pass almost freely.
struct Loop {
  double power_w = 5e3, room_c = 20;
  PlantBuilder builder() const {
    PlantBuilder b;
    b.circuit("a", {.design_c = 50, .initial_c = 50});
    b.height("a.hot_in", 0).height("a.hot_out", 1).height("a.cold_in", 10).height("a.cold_out", 9);
    b.add("heat_input", "heater",
          {{"from", "a.hot_in"}, {"to", "a.hot_out"}, {"power", power_w}, {"nominal_flow", 1.0 / 3600}, {"nominal_drop", 3e3}});
    b.add("radiator", "cooler",
          {{"from", "a.cold_in"},
           {"to", "a.cold_out"},
           {"nominal_power", 10e3},
           {"nominal_drop", 1.0},
           {"room_temperature", room_c}});
    for (const auto& [name, from, to] : {std::tuple{"there", "a.hot_out", "a.cold_in"}, {"back", "a.cold_out", "a.hot_in"}})
      b.add("pipe", name,
            {{"from", std::string(from)}, {"to", std::string(to)}, {"length", 9.0}, {"diameter", 0.05}, {"loss", 0.0}});
    b.add("expansion_vessel", "v", {{"at", std::string("a.hot_in")}, {"volume", 0.05}});
    return b;
  }
};

void settle(plant::Plant& p) {
  plant::Step<double> step = test::minute();
  step.steady = true;
  for (int i = 0; i < 1440; ++i) {
    const auto report = p.step(step);
    REQUIRE(report.hydraulics == plant::Outcome::converged);
    REQUIRE(report.worst_component_ratio < 1);
  }
}

}  // namespace

TEST_CASE("a thermosiphon settles where the lightness of its hot leg meets the drop", "[plant]") {
  plant::Plant p = Loop{}.builder().build();
  for (int i = 0; i < 10; ++i) p.step(test::minute());  // from rest the contents start it
  CHECK(p.branch_flow_kg_s(p.component("heater"), 0) > 0.001);
  settle(p);
  const double m = p.branch_flow_kg_s(p.component("heater"), 0);
  REQUIRE(m > 0.01);
  const double hot_c = p.node_temperature_c(p.node("a.hot_out")), cold_c = p.node_temperature_c(p.node("a.cold_out"));
  const plant::CircuitSpec water{.design_c = 50};
  CHECK(hot_c - cold_c == Approx(5e3 / (m * water.properties().cp_j_kg_k)).epsilon(1e-3));
  // Heater and riser stand at the hot temperature, the downcomer at the cold one, the cooler's last metre between the two.
  const double per_m_pa = gravity_m_s2 * (water.density_kg_m3(cold_c) - water.density_kg_m3(hot_c));
  const double nominal_kg_s = water.properties().rho_kg_m3 / 3600;
  const double drop_pa = 3e3 * m * (m + 0.01 * nominal_kg_s) / (nominal_kg_s * nominal_kg_s);
  CHECK(drop_pa < 10 * per_m_pa);
  CHECK(drop_pa > 0.95 * 9 * per_m_pa);  // the pipes' share
}

TEST_CASE("what is as warm everywhere drives nothing, whatever the heights", "[plant]") {
  plant::Plant p = Loop{.power_w = 0, .room_c = 50}.builder().build();
  for (int i = 0; i < 1440; ++i) p.step(test::minute());
  CHECK(std::fabs(p.branch_flow_kg_s(p.component("there"), 0)) < 1e-9);
}

TEST_CASE("densities of a circuit: those of its fluid, at the ends of its range beyond it, constant where it is", "[plant]") {
  const plant::CircuitSpec water{},
      constant{.fluid = FluidKind::constant, .rho_kg_m3 = 900, .cp_j_kg_k = 4000, .mu_pa_s = 1e-3, .k_w_m_k = 0.6};
  CHECK(water.density_kg_m3(20) == Approx(998.2).epsilon(2e-4));  // IAPWS-95 at 1 bar: 998.21
  CHECK(water.density_kg_m3(80) == Approx(971.8).epsilon(2e-4));  // 971.79
  CHECK(water.density_kg_m3(150) == water.density_kg_m3(100));
  CHECK(constant.density_kg_m3(80) == 900);
}
