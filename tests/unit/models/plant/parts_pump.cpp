// pump: its curve, the affinity laws, its power and where the heat of it goes.
#include <catch2/catch.hpp>

#include "models/plant/pump_law.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
// 10 m3/h at 1 bar: 10/3.6 x 0.99222 = 2.7562 kg/s. Shaft 10/3600 x 1e5 / 0.6 = 462.96 W, electric 462.96 / 0.85 = 544.66 W.
OnePart pump(Keys more = {}) {
  Keys all{{"from", "a.in"}, {"to", "a.out"}, {"nominal_flow", 10 / 3600.0}, {"nominal_head", 1e5}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("pump", all);
}
constexpr double nominal_kg_s = 2.7562, shaft_w = 462.96, electric_w = 544.66;
}  // namespace

TEST_CASE("a pump lifts its nominal flow by its nominal head", "[parts]") {
  OnePart p = pump();                                               // flow under a rise: dp = from - to is negative
  CHECK(p.flow_kg_s(-1e5) == Approx(nominal_kg_s).epsilon(0.012));  // the toe keeps 1 %
  CHECK(p.flow_kg_s(-1.25e5) == Approx(0).margin(1e-6));            // shut-off head
  // On the parabola: 1.25 - 0.25 q^2 bar, q = 0.6: 1.16 bar; q = 1.5: 0.6875 bar.
  CHECK(p.flow_kg_s(-1.16e5) == Approx(0.6 * nominal_kg_s).epsilon(0.02));
  CHECK(p.flow_kg_s(-0.6875e5) == Approx(1.5 * nominal_kg_s).epsilon(0.01));
}

TEST_CASE("affinity laws: flow follows speed, head its square, power its cube", "[parts]") {
  OnePart p = pump();
  const double full_kg_s = p.flow_kg_s(-1e5);
  for (const double speed : {0.9, 0.5, 0.3}) {
    p.input("speed") = speed;
    CHECK(p.flow_kg_s(-1e5 * speed * speed) == Approx(full_kg_s * speed).epsilon(0.03));  // the toe does not scale
    p.step({{nominal_kg_s * speed, 40}});
    CHECK(p.ledger.electricity_j / 60 == Approx(electric_w * speed * speed * speed).epsilon(1e-4));
  }
}

TEST_CASE("shaft power warms the fluid, of the motor's loss only the given share", "[parts]") {
  for (const double share : {0.0, 0.5, 1.0}) {
    OnePart p = pump({{"motor_heat_to_fluid", share}});
    for (int i = 0; i < 60; ++i) p.step({{nominal_kg_s, 40}});
    CHECK(p.ledger.electricity_j / 60 == Approx(electric_w).epsilon(1e-4));
    CHECK(p.gained_w() == Approx(shaft_w + share * (electric_w - shaft_w)).epsilon(1e-4));
    CHECK(p.ledger.power_in_j / 60 == Approx(p.gained_w()).epsilon(1e-9));
  }
}

TEST_CASE("a dead-headed pump warms its content with the shaft power of zero flow, then trips", "[parts]") {
  OnePart p = pump({{"content", 5.0}});  // 0.4 of nominal shaft power
  const double before_j = p.stored_j();
  p.step({{0, 20}});
  CHECK(p.reason() == "ready");  // a minute, not more
  p.step({{0, 20}});
  CHECK(p.gained_w() == 0.0);
  CHECK(p.stored_j() - before_j == Approx(0.4 * shaft_w * 120).epsilon(1e-4));
  CHECK(p.reason() == "tripped: no flow");
  for (int i = 0; i < 9; ++i) p.step({{0, 20}});
  CHECK(p.ledger.electricity_j == 0.0);
  CHECK(p.stored_j() - before_j == Approx(0.4 * shaft_w * 120).epsilon(1e-4));
  p.step({{0, 20}});  // ten minutes are over
  CHECK(p.reason() == "ready");
  p.step({{nominal_kg_s, 20}});
  CHECK(p.ledger.electricity_j > 0);
}

TEST_CASE("a tripped pump tries again when it was taken out of order, slow pumps and broken flow do not trip", "[parts]") {
  OnePart p = pump();
  for (int i = 0; i < 3; ++i) p.step({{0, 20}});
  REQUIRE(p.reason() == "tripped: no flow");
  p.input("available") = 0;
  p.step({{0, 20}});
  CHECK(p.reason() == "ready");
  OnePart slow = pump();
  slow.input("speed") = 0.1;
  for (int i = 0; i < 10; ++i) slow.step({{0, 20}});
  CHECK(slow.reason() == "ready");
  OnePart broken = pump();
  for (int i = 0; i < 10; ++i) broken.step({{i % 2 ? 0 : nominal_kg_s, 20}});
  CHECK(broken.reason() == "ready");
}

TEST_CASE("a stopped or failed pump uses nothing, passes forward flow and holds backflow", "[parts]") {
  for (const char* input : {"speed", "available"}) {
    OnePart p = pump();
    p.input(input) = 0;
    p.step({{1.0, 40}});
    CHECK(p.ledger.electricity_j == 0.0);
    CHECK(p.flow_kg_s(0.25e5) == Approx(nominal_kg_s).epsilon(0.012));  // shut-off minus nominal head at nominal flow
    CHECK(std::fabs(p.flow_kg_s(-0.25e5)) < 0.011 * nominal_kg_s);
  }
}

TEST_CASE("a shut-off head below the nominal head is refused", "[parts]") {
  CHECK_THROWS_WITH(pump({{"shut_off_head", 0.9e5}}), Catch::Contains("shut_off_head"));
  CHECK(pump({{"shut_off_head", 1.6e5}}).flow_kg_s(-1.6e5) == Approx(0).margin(1e-6));
}

TEST_CASE("a pump curve that rises, has one point, or is no parabola is told", "[parts]") {
  const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = 40});
  const auto told = [&](std::vector<std::pair<double, double>> points) {  // m3/h and bar; nominal 10 m3/h at 1 bar
    plant::PumpParams p;
    p.nominal_flow_m3_s = 10 / 3600.0, p.nominal_head_pa = 1e5;
    for (const auto& [flow, head] : points) p.curve.push_back({flow / 3600, head * 1e5});
    Problems found;
    plant::PumpLaw::size(p, &water, found);
    std::string text;
    for (const auto& item : found.items) text += (item.warning ? "warning " : "error ") + item.key + ": " + item.text + "\n";
    return text;
  };
  CHECK(told({}).empty());
  CHECK(told({{0, 1.25}, {10, 1}, {15, 0.6875}}).empty());
  CHECK(told({{15, 0.6875}, {0, 1.25}}).empty());  // the order as written does not matter
  CHECK_THAT(told({{0, 1.1}, {3, 1.3}, {15, 0.6}}), Catch::StartsWith("error curve.1.head: is above that of point 0"));
  CHECK_THAT(told({{15, 0.6}, {3, 1.3}, {0, 1.1}}), Catch::StartsWith("error curve.1.head: is above that of point 2"));
  CHECK_THAT(told({{2, 1.2}}), Catch::StartsWith("error curve: has one point"));
  // Fitted H0 of (0, 2) and (15, 0.9): 1 + (1 x 1 + 1.25 x 0.1) / (1 + 1.25^2) = 1.439 bar; the first is missed by 0.561 / 1.439.
  CHECK_THAT(told({{0, 2}, {15, 0.9}}), Catch::StartsWith("warning curve.0.head: is missed by 39 % of the shut-off head"));
}
