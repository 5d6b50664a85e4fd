// pressure_regulator: it holds its target while it can, and is at the right limit when it cannot. A valve of Kv K passes
// dp = k m (m + toe), as in parts_boundaries.cpp.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/property/random_component.hpp"
#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using Catch::Matchers::Contains;
using test::PlantBuilder;

namespace {

constexpr double kv_m3_s = 20 / 3600.0;
Fluid water() { return fluid_at({.kind = FluidKind::water, .t_c = 40}); }
double k_of(double kv) { return 1e5 * water().rho_kg_m3 / 1000 / (kv * water().rho_kg_m3 * kv * water().rho_kg_m3); }
double drop_pa(double kv, double flow_kg_s) {
  return k_of(kv) * flow_kg_s * (std::fabs(flow_kg_s) + 0.01 * kv * water().rho_kg_m3);
}
double valve_flow(double kv, double dp_pa) {
  const double toe = 0.01 * kv * water().rho_kg_m3;
  return 0.5 * (std::sqrt(toe * toe + 4 * dp_pa / k_of(kv)) - toe);
}
double flow(const plant::Plant& p, const char* name) { return p.branch_flow_kg_s(p.component(name), 0); }
double node_pa(const plant::Plant& p, const char* name) { return p.node_pressure_pa(p.node(name)); }
double* input(plant::Plant& p, const char* component, const char* name) { return p.input(p.component(component), name); }
void step(plant::Plant& p) {
  const auto report = p.step(test::minute());
  REQUIRE(report.hydraulics == plant::Outcome::converged);
  REQUIRE(report.worst_component_ratio < 1);
}

// Source at 6 bar, regulator to 3 bar, a pipe-like valve, a tap.
PlantBuilder reducing() {
  PlantBuilder b;
  b.circuit("a").add("pressure_boundary", "source", {{"at", "a.x"}, {"pressure", 6e5}});
  b.add("pressure_regulator", "reducer", {{"from", "a.x"}, {"to", "a.y"}, {"senses", "a.y"}, {"target", 3e5}, {"kv", kv_m3_s}});
  b.add("valve", "line", {{"from", "a.y"}, {"to", "a.z"}, {"kv", kv_m3_s}});
  return b.add("flow_boundary", "tap", {{"at", "a.z"}, {"flow", -2.0}});
}

}  // namespace

TEST_CASE("a reducing valve holds the pressure behind it at every draw it can pass, and none", "[parts]") {
  plant::Plant p = reducing().build();
  for (const double draw_kg_s : {2.0, 7.5, 0.1, 0.0, 4.0}) {
    *input(p, "tap", "flow") = -draw_kg_s;
    step(p);
    CHECK(node_pa(p, "a.y") == Approx(3e5).epsilon(1e-9));
    CHECK(flow(p, "reducer") == Approx(draw_kg_s).margin(1e-12));
  }
}

TEST_CASE("a reducing valve is fully open when the pressure does not suffice, and holds again when it does", "[parts]") {
  plant::Plant p = reducing().build();
  step(p);
  *input(p, "source", "pressure") = 2.5e5;
  for (int i = 0; i < 2; ++i) {
    step(p);
    CHECK(node_pa(p, "a.y") == Approx(2.5e5 - drop_pa(kv_m3_s, 2)).epsilon(1e-8));
  }
  *input(p, "source", "pressure") = 3e5 + drop_pa(kv_m3_s, 2) * 1.001;
  step(p);
  CHECK(node_pa(p, "a.y") == Approx(3e5).epsilon(1e-9));
  *input(p, "tap", "flow") = -60.0;  // more than it passes at 3 bar
  step(p);
  CHECK(node_pa(p, "a.y") < 3e5);
  CHECK(node_pa(p, "a.x") - node_pa(p, "a.y") == Approx(drop_pa(kv_m3_s, 60)).epsilon(1e-8));
}

TEST_CASE("a reducing valve shuts against a higher pressure behind it", "[parts]") {
  auto b = reducing();
  b.add("valve", "other", {{"from", "a.w"}, {"to", "a.z"}, {"kv", kv_m3_s}});
  plant::Plant p = b.add("pressure_boundary", "second", {{"at", "a.w"}, {"pressure", 4e5}}).build();
  step(p);
  CHECK(flow(p, "reducer") == 0.0);
  CHECK(flow(p, "other") == Approx(2).epsilon(1e-9));
  *input(p, "second", "pressure") = 2e5;  // now it feeds both
  step(p);
  CHECK(node_pa(p, "a.y") == Approx(3e5).epsilon(1e-9));
  CHECK(flow(p, "other") < 0);
}

TEST_CASE("a sustaining valve keeps the pressure before it", "[parts]") {
  PlantBuilder b;
  b.circuit("a").add("flow_boundary", "in", {{"at", "a.x"}, {"flow", 3.0}});
  b.add("pressure_regulator", "keeper",
        {{"from", "a.x"}, {"to", "a.y"}, {"senses", "a.x"}, {"target", 4e5}, {"opens", 1.0}, {"kv", kv_m3_s}});
  b.add("valve", "bypass", {{"from", "a.x"}, {"to", "a.y"}, {"kv", 1e-4}});
  plant::Plant p = b.add("pressure_boundary", "end", {{"at", "a.y"}, {"pressure", 1e5}}).build();
  step(p);
  CHECK(node_pa(p, "a.x") == Approx(4e5).epsilon(1e-9));
  CHECK(flow(p, "bypass") == Approx(valve_flow(1e-4, 3e5)).epsilon(1e-8));
  *input(p, "in", "flow") = 0.1;  // too little: shut, all through the bypass
  step(p);
  CHECK(flow(p, "keeper") == 0.0);
  CHECK(node_pa(p, "a.x") == Approx(1e5 + drop_pa(1e-4, 0.1)).epsilon(1e-8));
}

TEST_CASE("a difference is held over a consumer, wherever its nodes are", "[parts]") {
  PlantBuilder b;
  b.circuit("a", {.pressure_pa = 3e5});
  b.add("circulation_source", "source", {{"from", "a.r"}, {"to", "a.s"}, {"lift", 2e5}, {"temperature", 70.0}});
  b.add("valve", "supply", {{"from", "a.s"}, {"to", "a.c"}, {"kv", kv_m3_s}});
  b.add("valve", "consumer", {{"from", "a.c"}, {"to", "a.d"}, {"kv", kv_m3_s}});
  b.add("pressure_regulator", "difference",
        {{"from", "a.d"}, {"to", "a.r"}, {"senses", "a.c"}, {"minus", "a.d"}, {"target", 0.5e5}, {"kv", kv_m3_s}});
  plant::Plant p = b.add("expansion_vessel", "vessel", {{"at", "a.s"}, {"volume", 0.1}}).build();
  for (const double target_pa : {0.5e5, 0.2e5, 0.6e5}) {
    *input(p, "difference", "target") = target_pa;
    step(p);
    CHECK(node_pa(p, "a.c") - node_pa(p, "a.d") == Approx(target_pa).epsilon(1e-9));
    CHECK(flow(p, "consumer") == Approx(valve_flow(kv_m3_s, target_pa)).epsilon(1e-8));
  }
  *input(p, "difference", "target") = 1.5e5;  // three equal valves in series on 2 bar: fully open
  step(p);
  CHECK(flow(p, "consumer") == Approx(valve_flow(kv_m3_s, 2e5 / 3)).epsilon(1e-8));
}

TEST_CASE("5,000 random draws, sources and targets: always converged, at its target or at the limit that explains why not",
          "[parts]") {
  auto b = reducing();
  b.add("valve", "other", {{"from", "a.w"}, {"to", "a.z"}, {"kv", kv_m3_s}});
  plant::Plant p = b.add("pressure_boundary", "second", {{"at", "a.w"}, {"pressure", 2e5}}).build();
  test::Draw draw(5);
  int held = 0, open = 0, shut = 0;
  for (int i = 0; i < 5000; ++i) {
    *input(p, "source", "pressure") = draw.between(1e5, 7e5);
    *input(p, "second", "pressure") = draw.between(1e5, 5e5);
    *input(p, "reducer", "target") = draw.between(1.5e5, 4e5);
    *input(p, "tap", "flow") = draw.chance(0.2) ? 0.0 : -draw.between(0, 8);
    INFO(i << ": source " << *input(p, "source", "pressure") << ", second " << *input(p, "second", "pressure") << ", target "
           << *input(p, "reducer", "target") << " Pa, tap " << *input(p, "tap", "flow") << " kg/s");
    step(p);
    const double target_pa = *input(p, "reducer", "target"), m = flow(p, "reducer"), behind_pa = node_pa(p, "a.y"),
                 before_pa = node_pa(p, "a.x");
    if (std::fabs(behind_pa - target_pa) < 1e-6 * target_pa) {
      ++held;
      CHECK(m > -1e-7);
      CHECK(drop_pa(kv_m3_s, m) <= (before_pa - behind_pa) + 1);
    } else if (m > 1e-9) {
      ++open;
      CHECK(behind_pa < target_pa);
      // Flows are within 1e-6 of the circuit's largest, 8 kg/s: of the drop, 2e-5 / m.
      CHECK(before_pa - behind_pa == Approx(drop_pa(kv_m3_s, m)).epsilon(1e-6 + 2e-5 / m));
    } else {
      ++shut;
      CHECK((behind_pa > target_pa || before_pa <= behind_pa));
    }
  }
  INFO(held << " held, " << open << " open, " << shut << " shut");
  CHECK(held > 50);
  CHECK(open > 50);
  CHECK(shut > 50);
}

TEST_CASE("a sensor at a node that nothing makes is told", "[plant]") {
  auto b = reducing();
  b.add("pressure_regulator", "r", {{"from", "a.y"}, {"to", "a.z"}, {"senses", "a.yy"}, {"target", 1e5}, {"kv", kv_m3_s}});
  REQUIRE(b.problems().size() == 1);
  CHECK_THAT(b.problems()[0],
             Contains("components.r.senses: no component meets at node `a.yy`") && Contains("did you mean `a.y`?"));
}

namespace {
// A pump, a supply valve, a consumer valve whose difference is regulated, a return.
PlantBuilder pumped(const std::string& type, const std::vector<std::pair<std::string, test::Value>>& own) {
  PlantBuilder b;
  b.circuit("a", {.initial_c = 40, .pressure_pa = 3e5});
  std::vector<std::pair<std::string, test::Value>> keys{
      {"from", "a.r"}, {"to", "a.s"}, {"nominal_flow", 5e-3}, {"nominal_head", 2e5}};
  keys.insert(keys.end(), own.begin(), own.end());
  b.add(type, "pump", keys);
  b.add("valve", "supply", {{"from", "a.s"}, {"to", "a.c"}, {"kv", kv_m3_s}});
  b.add("valve", "consumer", {{"from", "a.c"}, {"to", "a.d"}, {"kv", kv_m3_s}});
  b.add("valve", "back", {{"from", "a.d"}, {"to", "a.r"}, {"kv", kv_m3_s}});
  return b.add("expansion_vessel", "vessel", {{"at", "a.r"}, {"volume", 0.1}});
}
}  // namespace

TEST_CASE("a regulated pump holds a remote difference, as a pump at the speed it finds would", "[parts]") {
  plant::Plant p = pumped("regulated_pump", {{"senses", "a.c"}, {"minus", "a.d"}, {"target", 0.4e5}}).build();
  plant::Plant plain = pumped("pump", {}).build();
  for (const double target_pa : {0.4e5, 0.1e5, 0.5e5, 0.01e5, 0.3e5})
    for (const double open : {1.0, 0.8, 0.9}) {
      *input(p, "pump", "target") = target_pa, *input(p, "back", "position") = *input(plain, "back", "position") = open;
      step(p);
      CHECK(node_pa(p, "a.c") - node_pa(p, "a.d") == Approx(target_pa).epsilon(1e-8));
      CHECK(flow(p, "consumer") == Approx(valve_flow(kv_m3_s, target_pa)).epsilon(1e-7));
      // Speed from the head: 1.25 x 2 bar at rest, 2 bar at nominal flow.
      const double m = flow(p, "pump"), n = 5e-3 * water().rho_kg_m3, head_pa = node_pa(p, "a.s") - node_pa(p, "a.r");
      const double speed = std::sqrt((head_pa + 0.5e5 / (n * n) * m * (m + 0.02 * n)) / 2.5e5);
      *input(plain, "pump", "speed") = speed;
      step(plain);
      CHECK(flow(plain, "consumer") == Approx(flow(p, "consumer")).epsilon(1e-6));
      CHECK(plain.ledger(plain.component("pump")).electricity_j ==
            Approx(p.ledger(p.component("pump")).electricity_j).epsilon(1e-5));
    }
}

TEST_CASE("a regulated pump is at full or least speed where its target is out of reach, and comes back", "[parts]") {
  plant::Plant p = pumped("regulated_pump", {{"senses", "a.c"}, {"minus", "a.d"}, {"target", 2e5}, {"least_speed", 0.4}}).build();
  plant::Plant plain = pumped("pump", {}).build();
  step(p), step(plain);
  CHECK(flow(p, "pump") == Approx(flow(plain, "pump")).epsilon(1e-6));
  *input(p, "pump", "target") = 0.3e5;
  step(p);
  CHECK(node_pa(p, "a.c") - node_pa(p, "a.d") == Approx(0.3e5).epsilon(1e-8));
  *input(p, "pump", "target") = 10, *input(plain, "pump", "speed") = 0.4;
  step(p), step(plain);
  CHECK(flow(p, "pump") == Approx(flow(plain, "pump")).epsilon(1e-6));
  *input(p, "pump", "available") = 0;
  step(p);
  CHECK(std::fabs(flow(p, "pump")) < 1e-6);
  *input(p, "pump", "available") = 1, *input(p, "pump", "target") = 0.2e5;
  step(p);
  CHECK(node_pa(p, "a.c") - node_pa(p, "a.d") == Approx(0.2e5).epsilon(1e-8));
}
