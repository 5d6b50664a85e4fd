#include <catch2/catch.hpp>

#include "models/plant/plant.hpp"

using namespace hypocaust;
using plant::CircuitSpec;

namespace {

std::vector<std::string> told(const CircuitSpec& circuit) {
  Problems problems;
  circuit.check(problems);
  std::vector<std::string> keys;
  for (const auto& item : problems.items) keys.push_back((item.warning ? "warning " : "") + item.key);
  return keys;
}
using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a constant fluid has the properties given, and needs all of them") {
  const CircuitSpec oil{.fluid = FluidKind::constant, .rho_kg_m3 = 850, .cp_j_kg_k = 2100, .mu_pa_s = 5e-3, .k_w_m_k = 0.13};
  CHECK(told(oil).empty());
  const Fluid f = oil.properties();
  CHECK(f.rho_kg_m3 == 850);
  CHECK(f.cp_j_kg_k == 2100);
  CHECK(f.mu_pa_s == 5e-3);
  CHECK(f.k_w_m_k == 0.13);
  CHECK(told({.fluid = FluidKind::constant, .rho_kg_m3 = 850, .cp_j_kg_k = 2100}) == Keys{"viscosity", "conductivity"});
  CHECK(told({.rho_kg_m3 = 850, .freezing_c = -10}) == Keys{"density", "freezing"});
}

TEST_CASE("a tabulated fluid is interpolated at the design temperature, in a table that rises") {
  const FluidPoint cold{20, 1800, 1000, 2e-3, 0.07}, warm{40, 1700, 1100, 1e-3, 0.06};
  CircuitSpec circuit{.fluid = FluidKind::tabulated, .design_c = 30, .points = {cold, warm}, .freezing_c = -90};
  CHECK(told(circuit).empty());
  CHECK(circuit.properties().rho_kg_m3 == Approx(1750));
  CHECK(circuit.properties().freezing_c == -90);
  circuit.design_c = 41;
  CHECK(told(circuit) == Keys{"design_temperature"});
  circuit.points = {warm, cold, warm, warm};
  CHECK(told(circuit) == Keys{"points.1.temperature", "points.3.temperature"});
  circuit.points = {warm};
  CHECK(told(circuit) == Keys{"points"});
  CHECK(told({.points = {cold, warm}}) == Keys{"points"});
  CHECK(circuit.properties().rho_kg_m3 == CircuitSpec{.design_c = 41}.properties().rho_kg_m3);  // refused, never undefined
}

TEST_CASE("glycol needs a glycol, and a fluid that would be frozen is told") {
  CHECK(told({.glycol_frac = 0.3}) == Keys{"glycol"});
  CHECK(told({.fluid = FluidKind::propylene_glycol, .glycol_frac = 0.3}).empty());
  CHECK(told({.fluid = FluidKind::propylene_glycol, .glycol_frac = 0.3, .design_c = -20}) == Keys{"warning design_temperature"});
}
