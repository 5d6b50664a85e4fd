#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
// 2 kg/s at most, 3 K of approach; wants 60 kW from 20 to 50 degC on its own side.
OnePart user(double start_c) {
  const double rho_kg_m3 = fluid_at({.t_c = 40}).rho_kg_m3;
  OnePart u("heat_user",
            {{"from", "a.in"}, {"to", "a.out"}, {"max_flow", 2.0 / rho_kg_m3}, {"minimum_approach", 3.0}, {"nominal_drop", 2e4}},
            {}, start_c);
  u.input("demand_w") = 6e4, u.input("supply_c") = 50, u.input("return_c") = 20;
  return u;
}
constexpr double plenty_pa = 1e5;
}  // namespace

TEST_CASE("a warm source covers all, the primary leaves at return plus approach", "[parts]") {
  OnePart u = user(63);
  const double m = u.flow_kg_s(plenty_pa);
  CHECK(m == Approx(6e4 / (u.cp_j_kg_k() * (63 - 23))).epsilon(1e-12));
  u.step({{m, 63}});
  CHECK(-u.gained_w() == Approx(6e4).epsilon(1e-9));
  CHECK(u.out_c() == Approx(23).margin(1e-6));
  CHECK(u.ledger.heat_out_j == Approx(6e4 * 60).epsilon(1e-9));
}

TEST_CASE("a lukewarm source preheats: the share of the span it reaches, no more", "[parts]") {
  OnePart u = user(38);  // reaches 35 of 20 to 50: half
  u.step({{u.flow_kg_s(plenty_pa), 38}});
  CHECK(-u.gained_w() == Approx(3e4).epsilon(1e-9));
  u.step({{2.0, 38}});  // four times the flow does not reach further
  CHECK(-u.gained_w() == Approx(3e4).epsilon(1e-9));
}

TEST_CASE("nothing is taken below the approach, a bypass keeps the sensor warm", "[parts]") {
  OnePart u = user(22);
  const double m = u.flow_kg_s(plenty_pa);
  CHECK(m == Approx(0.01 * 2).epsilon(1e-9));
  u.step({{m, 22}});
  CHECK(u.gained_w() == 0.0);
  CHECK(u.ledger.heat_out_j == 0.0);
  for (int i = 0; i < 20; ++i) u.step({{m, 63}});  // heat comes back: the valve sees it and opens
  CHECK(u.flow_kg_s(plenty_pa) == Approx(6e4 / (u.cp_j_kg_k() * 40)).epsilon(1e-6));
}

TEST_CASE("the flow is limited by what is wanted, the maximum and the pressure there is", "[parts]") {
  OnePart u = user(63);
  u.input("demand_w") = 1e6;
  CHECK(u.flow_kg_s(plenty_pa) == Approx(2.0).epsilon(1e-9));
  CHECK(u.flow_kg_s(5e3) == Approx(1.0).epsilon(0.02));  // wide open: a quarter of the drop, half the flow
  u.input("demand_w") = 0;
  CHECK(u.flow_kg_s(plenty_pa) == Approx(0.02).epsilon(1e-9));
  u.step({{0.02, 63}});
  CHECK(u.gained_w() == 0.0);
}

TEST_CASE("heat taken is never more than the demand nor than the flow carries", "[parts]") {
  for (const double m : {0.0, 1e-13, 0.05, 0.5, 2.0})
    for (const double in_c : {5.0, 22.9, 23.1, 35.0, 53.0, 90.0}) {
      OnePart u = user(40);
      u.step({{m, in_c}});
      const double taken_w = -u.gained_w(), carried_w = std::max(0.0, m * u.cp_j_kg_k() * (in_c - 23));
      CHECK(taken_w >= -1e-6);
      CHECK(taken_w <= 6e4 * (1 + 1e-12));
      CHECK(taken_w <= carried_w * (1 + 1e-9) + 1e-9);
    }
}

TEST_CASE("a disconnected user draws only its bypass", "[parts]") {
  OnePart u = user(63);
  u.input("available") = 0;
  const double m = u.flow_kg_s(plenty_pa);
  CHECK(m == Approx(0.02).epsilon(1e-9));
  u.step({{m, 63}});
  CHECK(u.gained_w() == 0.0);
}

TEST_CASE("the sensor follows with its own time constant, however the step is cut", "[parts]") {
  OnePart whole = user(20), cut = user(20);
  whole.step({{0.02, 60}}, 60);
  for (int i = 0; i < 12; ++i) cut.step({{0.02, 60}}, 5);
  CHECK(whole.channel("sensed_temperature") == Approx(20 + 40 * (1 - std::exp(-1.0))).epsilon(1e-12));
  CHECK(cut.channel("sensed_temperature") == Approx(whole.channel("sensed_temperature")).epsilon(1e-12));
}
