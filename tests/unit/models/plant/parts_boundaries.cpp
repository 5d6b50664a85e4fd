// Open networks and prescribed parts against closed forms. A valve of Kv K passes dp = k m (m + toe), k = 1e5 rho / 1000 / (K rho)^2,
// toe = 0.01 K rho, so its flow under a given pressure difference is a root of a quadratic equation.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/plant_spec.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

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
double flow(const plant::Plant& p, const char* name, int branch = 0) { return p.branch_flow_kg_s(p.component(name), branch); }
double node_pa(const plant::Plant& p, const char* name) { return p.node_pressure_pa(p.node(name)); }
double node_c(const plant::Plant& p, const char* name) { return p.node_temperature_c(p.node(name)); }

plant::StepReport settle(plant::Plant& p) {
  plant::StepReport report;
  for (int i = 0; i < 20; ++i) {
    auto step = test::minute(3600);
    step.steady = true;
    report = p.step(step);
    REQUIRE(report.hydraulics == plant::Outcome::converged);
    REQUIRE(report.worst_component_ratio < 1);
  }
  return report;
}

PlantBuilder open_network() {
  PlantBuilder b;
  return b.circuit("a", {.initial_c = 20});
}

}  // namespace

TEST_CASE("two pressure boundaries drive the flow of the valve between them, at exact pressures", "[parts]") {
  for (const double high_pa : {2.5e5, 1.6e5, 1.5001e5}) {
    auto b = open_network().add("valve", "v", {{"from", "a.x"}, {"to", "a.y"}, {"kv", kv_m3_s}});
    b.add("pressure_boundary", "high", {{"at", "a.x"}, {"pressure", high_pa}, {"temperature", 55.0}});
    b.add("pressure_boundary", "low", {{"at", "a.y"}, {"pressure", 1.5e5}});
    plant::Plant p = b.build();
    settle(p);
    CHECK(std::fabs(node_pa(p, "a.x") - high_pa) < 1e-9 * high_pa);
    CHECK(std::fabs(node_pa(p, "a.y") - 1.5e5) < 1e-9 * 1.5e5);
    CHECK(flow(p, "v") == Approx(valve_flow(kv_m3_s, high_pa - 1.5e5)).epsilon(1e-9));
    CHECK(flow(p, "high") == Approx(flow(p, "v")).epsilon(1e-12));
    CHECK(flow(p, "low") == Approx(-flow(p, "v")).epsilon(1e-12));
    CHECK(node_c(p, "a.y") == Approx(55).epsilon(1e-12));
    // What comes in and what goes out are booked, liquid counted from 0 degC.
    CHECK(p.ledger(p.component("high")).heat_in_j == Approx(flow(p, "v") * water().cp_j_kg_k * 55 * 3600).epsilon(1e-12));
    CHECK(p.ledger(p.component("low")).heat_out_j == Approx(flow(p, "v") * water().cp_j_kg_k * 55 * 3600).epsilon(1e-12));
  }
}

TEST_CASE("the flow turns when the pressures do, and brings the other end's temperature", "[parts]") {
  auto b = open_network().add("valve", "v", {{"from", "a.x"}, {"to", "a.y"}, {"kv", kv_m3_s}});
  b.add("pressure_boundary", "one", {{"at", "a.x"}, {"pressure", 2e5}, {"temperature", 70.0}});
  b.add("pressure_boundary", "two", {{"at", "a.y"}, {"pressure", 1e5}, {"temperature", 30.0}});
  plant::Plant p = b.build();
  settle(p);
  CHECK(node_c(p, "a.y") == Approx(70));
  *p.input(p.component("one"), "pressure") = 0.5e5;
  settle(p);
  CHECK(flow(p, "v") == Approx(-valve_flow(kv_m3_s, 0.5e5)).epsilon(1e-9));
  CHECK(node_c(p, "a.x") == Approx(30));
  *p.input(p.component("one"), "pressure") = 1e5;  // equal pressures: nothing moves
  settle(p);
  CHECK(std::fabs(flow(p, "v")) < 1e-6);
  *p.input(p.component("v"), "position") = 0;  // nothing but the boundary holds a.x
  settle(p);
  CHECK(node_pa(p, "a.x") == Approx(1e5).epsilon(1e-9));
  CHECK(flow(p, "one") == Approx(0).margin(1e-12));
}

TEST_CASE("three reservoirs meet at a junction: continuity and every valve's law hold", "[parts]") {
  auto b = open_network().height("a.r1", 40).height("a.r2", 20).height("a.r3", 0);
  const double kv[] = {20 / 3600.0, 10 / 3600.0, 35 / 3600.0}, height_m[] = {40, 20, 0};
  for (int i = 0; i < 3; ++i) {
    const std::string end = "r" + std::to_string(i + 1);
    b.add("valve", "v" + end, {{"from", "a." + end}, {"to", std::string("a.j")}, {"kv", kv[i]}});
    b.add("pressure_boundary", end, {{"at", "a." + end}, {"pressure", 1e5}});
  }
  plant::Plant p = b.build();
  settle(p);
  double sum_kg_s = 0;
  for (int i = 0; i < 3; ++i) {
    const std::string end = "r" + std::to_string(i + 1), node = "a." + end;
    CHECK(node_pa(p, node.c_str()) == Approx(1e5).epsilon(1e-9));
    const double m = flow(p, ("v" + end).c_str());
    sum_kg_s += m;
    const double rho_kg_m3 = plant::CircuitSpec{}.density_kg_m3(node_c(p, "a.j"));  // of one temperature everywhere
    CHECK(1e5 - node_pa(p, "a.j") + rho_kg_m3 * 9.80665 * height_m[i] == Approx(drop_pa(kv[i], m)).epsilon(1e-8));
  }
  CHECK(std::fabs(sum_kg_s) < 1e-12 * flow(p, "vr1"));
}

TEST_CASE("flow boundaries put in and take out what they say, and the pressure boundary the rest", "[parts]") {
  auto b = open_network();
  b.add("valve", "v", {{"from", "a.x"}, {"to", "a.y"}, {"kv", kv_m3_s}})
      .add("valve", "w", {{"from", "a.y"}, {"to", "a.z"}, {"kv", kv_m3_s}});
  b.add("flow_boundary", "in", {{"at", "a.x"}, {"flow", 3.0}, {"temperature", 80.0}});
  b.add("flow_boundary", "in2", {{"at", "a.y"}, {"flow", 1.0}, {"temperature", 40.0}});
  b.add("flow_boundary", "tap", {{"at", "a.z"}, {"flow", -1.5}});
  b.add("pressure_boundary", "end", {{"at", "a.z"}, {"pressure", 2e5}});
  plant::Plant p = b.build();
  const plant::StepReport report = settle(p);
  CHECK(flow(p, "v") == Approx(3).epsilon(1e-12));
  CHECK(flow(p, "w") == Approx(4).epsilon(1e-12));
  CHECK(flow(p, "end") == Approx(-2.5).epsilon(1e-12));
  CHECK(node_c(p, "a.y") == Approx((3 * 80 + 40) / 4.0).epsilon(1e-12));
  CHECK(node_pa(p, "a.x") == Approx(2e5 + drop_pa(kv_m3_s, 3) + drop_pa(kv_m3_s, 4)).epsilon(1e-9));
  CHECK(std::fabs(report.imbalance_j) < 1e-12 * report.throughput_j);
  CHECK(p.ledger(p.component("tap")).heat_out_j == Approx(1.5 * water().cp_j_kg_k * 70 * 3600).epsilon(1e-12));
}

TEST_CASE("a prescribed heat warms its stream by power over flow and cp", "[parts]") {
  for (const double power_w : {5e4, -3e4}) {
    auto b = open_network();
    b.add("heat_input", "coil",
          {{"from", "a.x"}, {"to", "a.y"}, {"power", power_w}, {"nominal_flow", 1e-3}, {"nominal_drop", 1e4}});
    b.add("flow_boundary", "in", {{"at", "a.x"}, {"flow", 0.8}, {"temperature", 45.0}});
    b.add("pressure_boundary", "out", {{"at", "a.y"}, {"pressure", 1e5}});
    plant::Plant p = b.build();
    settle(p);
    CHECK(node_c(p, "a.y") == Approx(45 + power_w / (0.8 * water().cp_j_kg_k)).epsilon(1e-9));
    CHECK(p.ledger(p.component("coil")).heat_in_j == Approx(power_w * 3600));
  }
}

TEST_CASE("prescribed cooling stops at the freezing point and books what it took", "[parts]") {
  for (const double dt_s : {1.0, 60.0, 3600.0})
    for (const double flow_kg_s : {0.0, 0.01, 0.8}) {
      test::OnePart coil("heat_input",
                         {{"from", "a.x"}, {"to", "a.y"}, {"power", -1e6}, {"nominal_flow", 1e-3}, {"content", 20.0}});
      coil.input("power") = -1e6;
      double taken_j = 0;
      for (int k = 0; k < 50; ++k) {
        coil.step({{flow_kg_s, 12}}, dt_s);
        taken_j -= coil.ledger.heat_in_j;
        CHECK(coil.channel("heat") == Approx(coil.ledger.heat_in_j / dt_s));
        CHECK(std::fabs(coil.imbalance_j) < 1e-9 * 1e6 * dt_s);
        CHECK(coil.stored_j() > -1e-3);
      }
      CHECK(coil.stored_j() == Approx(0).margin(1e-3));  // 0 degC
      const double settled_w = -flow_kg_s * coil.cp_j_kg_k() * 12;
      CHECK(coil.ledger.heat_in_j / dt_s == Approx(settled_w).margin(1e-3));
      CHECK(taken_j > 0);
    }
  test::OnePart frozen("heat_input", {{"from", "a.x"}, {"to", "a.y"}, {"power", -1e6}, {"nominal_flow", 1e-3}}, {}, -5);
  frozen.input("power") = -1e6;
  frozen.step({{0.5, -5}});  // below the floor already: nothing is taken, and nothing given
  CHECK(frozen.ledger.heat_in_j == 0);
}

namespace {
// A ring of source and consumer, the vessel at the supply.
plant::Plant ring(const std::vector<std::pair<std::string, test::Value>>& source,
                  const std::vector<std::pair<std::string, test::Value>>& takes) {
  PlantBuilder b;
  b.circuit("a", {.initial_c = 60, .pressure_pa = 3e5});
  auto keys = source;
  keys.insert(keys.end(), {{"from", "a.r"}, {"to", "a.s"}, {"temperature", 80.0}});
  b.add("circulation_source", "source", keys);
  b.add("valve", "line", {{"from", "a.s"}, {"to", "a.c"}, {"kv", kv_m3_s}});
  if (takes.empty()) {
    b.add("valve", "consumer", {{"from", "a.c"}, {"to", "a.r"}, {"kv", kv_m3_s}});
  } else {
    keys = takes;
    keys.insert(keys.end(), {{"from", "a.c"}, {"to", "a.r"}});
    b.add("heat_consumer", "consumer", keys);
  }
  return b.add("expansion_vessel", "vessel", {{"at", "a.s"}, {"volume", 0.1}}).build();
}
}  // namespace

TEST_CASE("a circulation source moves its flow, or lifts by its pressure, exactly", "[parts]") {
  plant::Plant by_flow = ring({{"flow", 2.5}}, {});
  settle(by_flow);
  CHECK(flow(by_flow, "line") == Approx(2.5).epsilon(1e-12));
  CHECK(node_pa(by_flow, "a.s") == Approx(3e5).epsilon(1e-9));
  CHECK(node_pa(by_flow, "a.r") == Approx(3e5 - 2 * drop_pa(kv_m3_s, 2.5)).epsilon(1e-9));
  plant::Plant by_lift = ring({{"lift", 1.2e5}}, {});
  settle(by_lift);
  CHECK(node_pa(by_lift, "a.s") - node_pa(by_lift, "a.r") == Approx(1.2e5).epsilon(1e-10));
  CHECK(flow(by_lift, "line") == Approx(valve_flow(kv_m3_s, 0.6e5)).epsilon(1e-9));
  CHECK(node_c(by_lift, "a.r") == Approx(80).epsilon(1e-12));
}

TEST_CASE("two of flow, power, temperature drop and return temperature fix a consumer", "[parts]") {
  const double cp = water().cp_j_kg_k, flow_kg_s = 1.5, drop_k = 30, power_w = flow_kg_s * cp * drop_k;
  for (const auto& keys :
       std::vector<std::vector<std::pair<std::string, test::Value>>>{{{"flow", flow_kg_s}, {"power", power_w}},
                                                                     {{"flow", flow_kg_s}, {"temperature_drop", drop_k}},
                                                                     {{"flow", flow_kg_s}, {"return_temperature", 80 - drop_k}},
                                                                     {{"power", power_w}, {"temperature_drop", drop_k}},
                                                                     {{"power", power_w}, {"return_temperature", 80 - drop_k}}}) {
    INFO(keys[0].first << " and " << keys[1].first);
    plant::Plant p = ring({{"lift", 2e5}}, keys);
    settle(p);
    CHECK(flow(p, "consumer") == Approx(flow_kg_s).epsilon(1e-9));
    CHECK(node_c(p, "a.r") == Approx(80 - drop_k).epsilon(1e-9));
    CHECK(p.ledger(p.component("consumer")).heat_out_j == Approx(power_w * 3600).epsilon(1e-9));
    CHECK(p.ledger(p.component("source")).heat_in_j == Approx(power_w * 3600).epsilon(1e-9));
  }
}

TEST_CASE("a consumer takes no more than its stream carries, and warms it only when told to", "[parts]") {
  plant::Plant greedy = ring({{"lift", 2e5}}, {{"flow", 0.01}, {"power", 1e6}});
  settle(greedy);
  CHECK(node_c(greedy, "a.r") == Approx(0).margin(1e-9));
  CHECK(greedy.ledger(greedy.component("consumer")).heat_out_j == Approx(0.01 * water().cp_j_kg_k * 80 * 3600));
  plant::Plant warm = ring({{"lift", 2e5}}, {{"flow", 1.0}, {"return_temperature", 95.0}});
  settle(warm);
  CHECK(node_c(warm, "a.r") == Approx(80));
  plant::Plant feeds = ring({{"lift", 2e5}}, {{"flow", 1.0}, {"power", -2e4}});
  settle(feeds);
  CHECK(node_c(feeds, "a.r") == Approx(80 + 2e4 / water().cp_j_kg_k));
}

TEST_CASE("what an open network may not have is told", "[plant]") {
  const auto network = [] { return open_network().add("valve", "v", {{"from", "a.x"}, {"to", "a.y"}, {"kv", kv_m3_s}}); };
  auto vessel = network().add("expansion_vessel", "tank", {{"at", "a.y"}, {"volume", 0.1}});
  auto both = vessel;
  both.add("pressure_boundary", "end", {{"at", "a.x"}, {"pressure", 1e5}});
  REQUIRE(both.problems().size() == 1);
  CHECK_THAT(both.problems()[0], Contains("components.tank.at: circuit a is open at the pressure boundary `end`"));
  auto tap = vessel;
  tap.add("flow_boundary", "tap", {{"at", "a.x"}, {"flow", -1.0}});
  REQUIRE(tap.problems().size() == 1);
  CHECK_THAT(tap.problems()[0], Contains("components.tap.at: circuit a is closed by the expansion vessel `tank`"));
  auto alone = network()
                   .add("flow_boundary", "in", {{"at", "a.x"}, {"flow", 1.0}})
                   .add("flow_boundary", "out", {{"at", "a.y"}, {"flow", -1.0}});
  REQUIRE(alone.problems().size() == 1);
  CHECK_THAT(alone.problems()[0], Contains("circuits.a: has no expansion vessel") && Contains("pressure_boundary"));
  auto twice = network()
                   .add("pressure_boundary", "p", {{"at", "a.x"}, {"pressure", 1e5}})
                   .add("pressure_boundary", "q", {{"at", "a.x"}, {"pressure", 2e5}});
  twice.add("flow_boundary", "out", {{"at", "a.y"}, {"flow", -1.0}});
  REQUIRE(twice.problems().size() == 1);
  CHECK_THAT(twice.problems()[0], Contains("components.q: sets a pressure difference that others set already"));
  auto series = open_network();
  series.add("heat_consumer", "c", {{"from", "a.x"}, {"to", "a.y"}, {"flow", 1.0}, {"power", 1e3}});
  series.add("flow_boundary", "out", {{"at", "a.y"}, {"flow", -1.0}})
      .add("pressure_boundary", "p", {{"at", "a.x"}, {"pressure", 1e5}});
  REQUIRE(series.problems().size() == 1);
  CHECK_THAT(series.problems()[0], Contains("are fixed flows in series"));
}

TEST_CASE("keys of prescribed parts that leave too much or too little open are told", "[plant]") {
  const auto told = [](const char* type, const std::vector<std::pair<std::string, test::Value>>& keys) {
    const Typed params = PlantBuilder::make(type, keys);
    Problems problems;
    params.schema()->check(params.object(), problems);
    return problems.items.empty() ? std::string() : problems.items[0].key + ": " + problems.items[0].text;
  };
  CHECK_THAT(told("heat_consumer", {{"flow", 1.0}}),
             Contains("1 of flow, power, temperature_drop and return_temperature are given"));
  CHECK_THAT(told("heat_consumer", {{"flow", 1.0}, {"power", 1.0}, {"temperature_drop", 1.0}}), Contains("3 of flow"));
  CHECK_THAT(told("heat_consumer", {{"return_temperature", 40.0}, {"temperature_drop", 10.0}}),
             Contains("neither says how much flows"));
  CHECK(told("heat_consumer", {{"flow", 1.0}, {"power", 1e3}}).empty());
  CHECK_THAT(told("circulation_source", {{"temperature", 70.0}}), Contains("neither flow nor lift is given"));
  CHECK_THAT(told("circulation_source", {{"flow", 1.0}, {"lift", 1e5}}), Contains("lift: does not go with flow"));
  CHECK(told("circulation_source", {{"flow", 1.0}}).empty());
}

TEST_CASE("a pipe relaxes to its own surroundings, and steady it does so by the exponential of its length", "[parts]") {
  auto b = open_network();
  b.add(
      "pipe", "line",
      {{"from", "a.x"}, {"to", "a.y"}, {"length", 800.0}, {"diameter", 0.08}, {"loss", 0.6}, {"surroundings_temperature", -4.0}});
  b.add("flow_boundary", "in", {{"at", "a.x"}, {"flow", 0.7}, {"temperature", 75.0}});
  b.add("pressure_boundary", "out", {{"at", "a.y"}, {"pressure", 1e5}});
  plant::Plant p = b.build();
  settle(p);
  const double wanted_c = -4 + 79 * std::exp(-0.6 * 800 / (0.7 * water().cp_j_kg_k));
  CHECK(node_c(p, "a.y") == Approx(wanted_c).epsilon(1e-12));
  plant::Plant marched = b.build();  // the same by plug flow, an hour and more after the front has passed
  for (int i = 0; i < 1000; ++i) marched.step(test::minute(30));
  CHECK(node_c(marched, "a.y") == Approx(wanted_c).margin(0.02));
  CHECK(-marched.branch_heat_w(marched.component("line"), 0) == Approx(-p.branch_heat_w(p.component("line"), 0)).epsilon(5e-3));
}
