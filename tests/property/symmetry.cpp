// What no choice of the modeller may change: the direction a pipe is written in, and the direction of heat.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/property/random_component.hpp"
#include "tests/support/plant_spec.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;

namespace {

// A mesh of pipes and valves with two pumps and a boiler. Mirrored: every pipe and valve with its ends exchanged.
test::PlantBuilder network(std::uint64_t seed, bool mirrored) {
  test::Draw draw(seed);
  test::PlantBuilder b;
  b.circuit("m", {.initial_c = 40});
  const int nodes = 5 + static_cast<int>(draw.between(0, 8));
  const auto node = [](int i) { return "m.n" + std::to_string(i); };
  const auto link = [&](int from, int to, const std::string& name) {
    const std::string a = node(mirrored ? to : from), z = node(mirrored ? from : to);
    if (draw.chance(0.7))
      b.add("pipe", name, {{"from", a}, {"to", z}, {"length", draw.between(5, 200)}, {"diameter", draw.between(0.02, 0.08)}});
    else b.add("valve", name, {{"from", a}, {"to", z}, {"kv", draw.between(2, 30) / 3600}});
  };
  for (int i = 0; i < nodes; ++i) {
    b.height(node(i), draw.between(-5, 15));
    link(i, (i + 1) % nodes, "ring" + std::to_string(i));
  }
  for (int i = 0; i + 2 < nodes; i += 2) link(i, i + 2, "chord" + std::to_string(i));
  b.add("pump", "pump", {{"from", node(0)}, {"to", std::string("m.hot")}, {"nominal_flow", 6.0 / 3600}, {"nominal_head", 1e5}});
  b.add("boiler", "boiler", {{"from", std::string("m.hot")}, {"to", node(nodes / 2)}, {"nominal_power", 5e4}, {"target", 70.0}});
  b.add("pump", "other", {{"from", node(1)}, {"to", node(nodes - 1)}, {"nominal_flow", 2.0 / 3600}, {"nominal_head", 5e4}});
  return b.add("expansion_vessel", "vessel", {{"at", node(0)}, {"volume", 0.1}});
}

}  // namespace

TEST_CASE("a network written with its pipes and valves the other way round gives the same pressures and temperatures",
          "[property]") {
  double worst_k = 0, worst_pa = 0, worst_kg_s = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    plant::Plant one = network(seed, false).build(), other = network(seed, true).build();
    test::Draw draw(seed + 500);
    for (int i = 0; i < 120; ++i) {
      for (int c = 0; c < one.components(); ++c)
        for (const char* name : {"speed", "position"})
          if (double* input = one.input(c, name); input && draw.chance(0.05))
            *other.input(c, name) = *input = draw.chance(0.2) ? 0.0 : draw.between(0.05, 1);
      REQUIRE(one.step(test::minute()).hydraulics == plant::Outcome::converged);
      REQUIRE(other.step(test::minute()).hydraulics == plant::Outcome::converged);
      for (int n = 0; n < one.nodes(); ++n) {
        worst_k = std::max(worst_k, std::fabs(one.node_temperature_c(n) - other.node_temperature_c(n)));
        worst_pa = std::max(worst_pa, std::fabs(one.node_pressure_pa(n) - other.node_pressure_pa(n)));
      }
      for (int c = 0; c < one.components(); ++c) {
        const std::string_view type = one.type(c).schema->name;
        if (type == "expansion_vessel") continue;
        const double sign = type == "pipe" || type == "valve" ? -1.0 : 1.0;
        worst_kg_s = std::max(worst_kg_s, std::fabs(one.branch_flow_kg_s(c, 0) - sign * other.branch_flow_kg_s(c, 0)));
      }
    }
  }
  WARN("largest difference: " << worst_k << " K, " << worst_pa << " Pa, " << worst_kg_s << " kg/s");
  CHECK(worst_kg_s < 1e-9);
  CHECK(worst_pa < 1e-3);
  CHECK(worst_k < 1e-9);
}

TEST_CASE("entropy never falls in an exchanger, whatever its arrangement, flows and temperatures", "[property]") {
  test::Draw draw(7);
  double worst_w_k = 0;
  for (int i = 0; i < 4000; ++i) {
    const double arrangement = std::floor(draw.between(0, 5));
    test::OnePart exchanger("plate_exchanger", {{"ua", draw.between(10, 1e5)},
                                                {"hot_flow", draw.between(0.05, 5)},
                                                {"cold_flow", draw.between(0.05, 5)},
                                                {"arrangement", arrangement}});
    const double flow[2] = {draw.between(-5, 5), draw.between(-5, 5)}, in_c[2] = {draw.between(1, 99), draw.between(1, 99)};
    exchanger.step({{.flow_kg_s = flow[0], .in_c = in_c[0]}, {.flow_kg_s = flow[1], .in_c = in_c[1]}});
    double made_w_k = 0;
    for (std::size_t k = 0; k < 2; ++k)
      made_w_k += std::fabs(flow[k]) * exchanger.cp_j_kg_k(k) *
                  std::log((exchanger.out_c(k) + kelvin_offset_k) / (in_c[k] + kelvin_offset_k));
    worst_w_k = std::min(worst_w_k, made_w_k);
  }
  INFO("least entropy made: " << worst_w_k << " W/K");
  CHECK(worst_w_k > -1e-9);
}
