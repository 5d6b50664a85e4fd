// flow_regulator and flow_pump: what they hold, and what they do at their limits.
#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {

constexpr double kv_m3_s = 16 / 3600.0;
OnePart regulator(double target_kg_s) {
  OnePart p("flow_regulator", {{"from", "a.in"}, {"to", "a.out"}, {"target", target_kg_s}, {"kv", kv_m3_s}});
  p.input("target") = target_kg_s;
  return p;
}

// Supply and return held 1 bar apart; two branches of a valve and a flow regulator between them.
test::PlantBuilder branches(double first_kg_s, double second_kg_s) {
  test::PlantBuilder b;
  b.circuit("a");
  b.add("circulation_source", "source", {{"from", "a.r"}, {"to", "a.s"}, {"lift", 1e5}, {"temperature", 60.0}});
  b.add("expansion_vessel", "vessel", {{"at", "a.s"}, {"volume", 0.05}});
  for (const auto& [name, target] : {std::pair{"one", first_kg_s}, std::pair{"two", second_kg_s}}) {
    const std::string n = name;
    b.add("valve", n + "_valve", {{"from", "a.s"}, {"to", "a." + n}, {"kv", kv_m3_s}});
    b.add("flow_regulator", n, {{"from", "a." + n}, {"to", "a.r"}, {"target", target}, {"kv", kv_m3_s}});
  }
  return b;
}

test::PlantBuilder loop(const std::string& type, const std::vector<std::pair<std::string, test::Value>>& keys) {
  std::vector<std::pair<std::string, test::Value>> all{
      {"from", "a.x"}, {"to", "a.y"}, {"nominal_flow", 2e-3}, {"nominal_head", 8e4}};
  all.insert(all.end(), keys.begin(), keys.end());
  test::PlantBuilder b;
  b.circuit("a");
  b.add(type, "pump", all);
  b.add("valve", "valve", {{"from", "a.y"}, {"to", "a.x"}, {"kv", 2e-3}});
  b.add("expansion_vessel", "vessel", {{"at", "a.x"}, {"volume", 0.05}});
  return b;
}
double flow_of(plant::Plant& p, const char* name) { return p.branch_flow_kg_s(p.component(name), 0); }

}  // namespace

TEST_CASE("a flow regulator holds its flow while it can, then is an open valve, backwards too", "[parts]") {
  OnePart p = regulator(2.0), open("valve", {{"from", "a.in"}, {"to", "a.out"}, {"kv", kv_m3_s}});
  CHECK(p.flow_kg_s(1e5) == Approx(2.0).epsilon(1e-12));
  CHECK(p.flow_kg_s(1e6) == Approx(2.0).epsilon(1e-12));
  CHECK(p.flow_kg_s(1e4) == Approx(open.flow_kg_s(1e4)).epsilon(1e-9));
  CHECK(p.flow_kg_s(-1e5) == Approx(open.flow_kg_s(-1e5)).epsilon(1e-9));
  p.input("capacity_frac") = 0.5;  // half its Kv
  CHECK(p.flow_kg_s(2e4) == Approx(open.flow_kg_s(5e3)).epsilon(0.006));
  p.input("available") = 0;
  CHECK(p.flow_kg_s(1e5) == 0.0);
}

TEST_CASE("flow regulators side by side hold what each is asked for", "[parts]") {
  plant::Plant p = branches(1.5, 0.4).build();
  for (const double target : {1.5, 0.7, 0.0, 50.0}) {
    *p.input(p.component("one"), "target") = target;
    REQUIRE(p.step(test::minute()).hydraulics == plant::Outcome::converged);
    CHECK(flow_of(p, "two") == Approx(0.4).epsilon(1e-7));
    if (target < 50) CHECK(flow_of(p, "one") == Approx(target).margin(1e-7));
    else CHECK(flow_of(p, "one") == Approx(4.41 / std::sqrt(2.0)).epsilon(0.01));  // two open valves in a row
  }
}

TEST_CASE("of two flow regulators in a row the lesser holds, the other is open", "[parts]") {
  test::PlantBuilder b;
  b.circuit("a");
  b.add("circulation_source", "source", {{"from", "a.r"}, {"to", "a.s"}, {"lift", 1e5}, {"temperature", 60.0}});
  b.add("expansion_vessel", "vessel", {{"at", "a.s"}, {"volume", 0.05}});
  b.add("flow_regulator", "first", {{"from", "a.s"}, {"to", "a.m"}, {"target", 1.0}, {"kv", kv_m3_s}});
  b.add("flow_regulator", "second", {{"from", "a.m"}, {"to", "a.r"}, {"target", 0.6}, {"kv", kv_m3_s}});
  plant::Plant p = b.build();
  for (const auto& [first, second] :
       {std::pair{1.0, 0.6}, std::pair{0.3, 0.6}, std::pair{0.5, 0.2}, std::pair{0.0, 0.2}, std::pair{2.0, 0.9}}) {
    *p.input(p.component("first"), "target") = first;
    *p.input(p.component("second"), "target") = second;
    const auto r = p.step(test::minute());
    INFO(first << " and " << second << ", iterations " << r.hydraulic_iterations);
    CHECK(r.hydraulics == plant::Outcome::converged);
    CHECK(flow_of(p, "first") == Approx(std::min(first, second)).margin(1e-7));
  }
}

TEST_CASE("a flow pump holds its flow at the speed that a pump would need", "[parts]") {
  plant::Plant held = loop("flow_pump", {{"target", 1.0}}).build(), free = loop("pump", {}).build();
  for (const double target : {1.0, 1.4, 0.3}) {
    *held.input(held.component("pump"), "target") = target;
    for (int i = 0; i < 2; ++i) REQUIRE(held.step(test::minute()).hydraulics == plant::Outcome::converged);
    CHECK(flow_of(held, "pump") == Approx(target).epsilon(1e-7));
    double speed = 0;
    std::vector<double> values(64);
    held.read_channels(values);
    std::size_t at = 0;
    for (const auto& channel : held.channels()) {
      if (channel.component == "pump" && channel.name == "speed") speed = values[at];
      at += static_cast<std::size_t>(channel.columns);
    }
    *free.input(free.component("pump"), "speed") = speed;
    free.step(test::minute());
    CHECK(flow_of(free, "pump") == Approx(target).epsilon(1e-6));
    CHECK(free.ledger(free.component("pump")).electricity_j ==
          Approx(held.ledger(held.component("pump")).electricity_j).epsilon(1e-5));
  }
}

TEST_CASE("a flow pump at its limits is the pump's curve, and stands without target or out of order", "[parts]") {
  plant::Plant held = loop("flow_pump", {{"target", 100.0}, {"least_speed", 0.5}}).build(), free = loop("pump", {}).build();
  held.step(test::minute()), free.step(test::minute());
  CHECK(flow_of(held, "pump") == Approx(flow_of(free, "pump")).epsilon(1e-6));
  *held.input(held.component("pump"), "target") = 1e-3;
  *free.input(free.component("pump"), "speed") = 0.5;
  held.step(test::minute()), free.step(test::minute());
  CHECK(flow_of(held, "pump") == Approx(flow_of(free, "pump")).epsilon(1e-6));
  for (const char* input : {"target", "available"}) {
    plant::Plant p = loop("flow_pump", {{"target", 1.0}, {"least_speed", 0.5}}).build();
    p.step(test::minute());
    *p.input(p.component("pump"), input) = 0;
    p.step(test::minute());
    CHECK(std::fabs(flow_of(p, "pump")) < 1e-9);
    CHECK(p.ledger(p.component("pump")).electricity_j == 0.0);
  }
}
