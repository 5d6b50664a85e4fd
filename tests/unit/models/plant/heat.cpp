#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using test::PlantBuilder;

namespace {
PlantBuilder ring(double loss_w_m_k) {
  PlantBuilder b;
  b.circuit("a", {.initial_c = 60})
      .add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 3e4}});
  b.add("pipe", "go",
        {{"from", "a.d"}, {"to", "a.far"}, {"length", 200.0}, {"diameter", 0.05}, {"loss", loss_w_m_k}, {"wall", 0.0}});
  b.add("pipe", "back",
        {{"from", "a.far"}, {"to", "a.s"}, {"length", 200.0}, {"diameter", 0.05}, {"loss", loss_w_m_k}, {"wall", 0.0}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  return b;
}
}  // namespace

TEST_CASE("still water cools with its own time constant, whatever the step", "[plant]") {
  const Fluid f = plant::CircuitSpec{}.properties();
  const double tau_s = f.rho_kg_m3 * pi * 0.05 * 0.05 / 4 * f.cp_j_kg_k / 2.0;
  for (const double dt_s : {5.0, 60.0, 900.0, 3600.0}) {
    plant::Plant p = ring(2.0).build();
    *p.input(p.component("pump"), "speed") = 0;
    const double start_j = p.stored_j(p.component("go")), rest_j = start_j * 10 / 60;
    for (int i = 0; i < 7200 / static_cast<int>(dt_s); ++i) p.step(test::minute(dt_s));
    CHECK(p.stored_j(p.component("go")) - rest_j == Approx((start_j - rest_j) * std::exp(-7200 / tau_s)).epsilon(1e-9));
  }
}

TEST_CASE("steady loss along a pipe is exponential in residence time, at any step", "[plant]") {
  const Fluid f = plant::CircuitSpec{}.properties();
  for (const double dt_s : {10.0, 60.0, 600.0, 3600.0}) {
    plant::Plant p = ring(2.0).build();
    for (int i = 0; i < 86400 * 2 / static_cast<int>(dt_s); ++i) p.step(test::minute(dt_s));
    const int go = p.component("go");
    const double m = p.branch_flow_kg_s(go, 0), in_k = p.branch_in_c(go, 0) - 10, out_k = p.branch_out_c(go, 0) - 10;
    CHECK(out_k / in_k == Approx(std::exp(-2.0 * 200 / (m * f.cp_j_kg_k))).epsilon(2e-4));
  }
}

TEST_CASE("without loss a loop stores exactly the power of its pump", "[plant]") {
  PlantBuilder b;
  b.circuit("a", {.initial_c = 20})
      .add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 3e4}, {"efficiency", 1.0}});
  b.add("pipe", "go", {{"from", "a.d"}, {"to", "a.s"}, {"length", 300.0}, {"diameter", 0.05}, {"loss", 0.0}, {"wall", 0.0}});
  b.add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  plant::Plant p = b.build();
  const int pump = p.component("pump"), go = p.component("go");
  double before_j = p.stored_j(pump) + p.stored_j(go), power_j = 0;
  for (int i = 0; i < 10000; ++i) {
    p.step(test::minute());
    power_j += p.ledger(pump).power_in_j;
  }
  CHECK(p.stored_j(pump) + p.stored_j(go) - before_j == Approx(power_j).epsilon(1e-9));
  CHECK(power_j > 1e5);
}

TEST_CASE("every step closes, also at zero flow, stops and restarts", "[plant]") {
  plant::Plant p = ring(0.5).build();
  double year_j = 0, through_j = 0;
  for (int i = 0; i < 20000; ++i) {
    *p.input(p.component("pump"), "speed") = i % 7 == 0 ? 0.0 : 0.2 + 0.1 * (i % 5);
    const auto r = p.step(test::minute(i % 11 == 0 ? 5 : 60));
    REQUIRE(r.hydraulics == plant::Outcome::converged);
    REQUIRE(r.heat == plant::Outcome::converged);
    INFO(i << " " << p.component_name(r.worst_component));
    REQUIRE(r.worst_component_ratio < 1);
    REQUIRE(std::fabs(r.imbalance_j) <= 1e-9 * r.throughput_j + 1e-6);
    year_j += r.imbalance_j;
    through_j += r.throughput_j;
  }
  CHECK(std::fabs(year_j) <= 1e-6 * through_j);
}

TEST_CASE("a restored snapshot continues bit for bit", "[plant]") {
  plant::Plant p = ring(0.5).build();
  for (int i = 0; i < 100; ++i) p.step(test::minute());
  const std::vector<double> kept(p.snapshot().begin(), p.snapshot().end());
  const auto run = [&] {
    for (int i = 0; i < 100; ++i) {
      *p.input(p.component("pump"), "speed") = i % 9 ? 1.0 : 0.0;
      p.step(test::minute());
    }
    return std::vector<double>(p.snapshot().begin(), p.snapshot().end());
  };
  const auto first = run();
  p.restore(kept);
  CHECK(run() == first);
}

TEST_CASE("the order of components in a file changes no bit", "[plant]") {
  auto forward = ring(0.5), backward = ring(0.5);
  std::reverse(backward.spec.components.begin(), backward.spec.components.end());
  plant::Plant a = forward.build(), b = backward.build();
  for (int i = 0; i < 50; ++i) a.step(test::minute()), b.step(test::minute());
  CHECK(std::vector<double>(a.snapshot().begin(), a.snapshot().end()) ==
        std::vector<double>(b.snapshot().begin(), b.snapshot().end()));
}
