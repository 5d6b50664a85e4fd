// port_tank: a tank with connections at stated heights. 1 m3 of water, 992 kg; a step moves what the flow says, layer by layer.
#include <catch2/catch.hpp>

#include "tests/property/random_component.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;
using test::Stream;

namespace {

OnePart tank(double upper = 0.8, double middle = 0.5, double lower = 0.2, double start_c = 40) {
  return OnePart("port_tank",
                 {{"top", "a.t"},
                  {"bottom", "a.b"},
                  {"upper.at", "a.u"},
                  {"upper.height", upper},
                  {"middle.at", "a.m"},
                  {"middle.height", middle},
                  {"lower.at", "a.l"},
                  {"lower.height", lower},
                  {"volume", 1.0},
                  {"loss", 0.0},
                  {"conductivity", 0.0},
                  {"layers", 40.0}},
                 {}, start_c);
}
enum Port { top, bottom, upper, middle, lower };

// Into the tank positive. What leaves passes the private node, at the mean of what enters.
void step(OnePart& p, std::vector<Stream> streams, double dt_s = 60) {
  double into_kg_s = 0, heat = 0;
  for (const Stream& s : streams)
    if (s.flow_kg_s > 0) into_kg_s += s.flow_kg_s, heat += s.flow_kg_s * s.in_c;
  for (Stream& s : streams)
    if (s.flow_kg_s <= 0) s.in_c = into_kg_s > 0 ? heat / into_kg_s : 0.0;
  p.step(streams, dt_s);
}

}  // namespace

TEST_CASE("with its top and bottom alone a tank with ports is a tank", "[parts]") {
  OnePart ports("port_tank", {{"top", "a.t"}, {"bottom", "a.b"}, {"volume", 1.0}}),
      plain("tank", {{"top", "a.t"}, {"bottom", "a.b"}, {"volume", 1.0}});
  for (int i = 0; i < 200; ++i) {
    const double m = i % 70 < 35 ? 1.3 : -0.9, in_c = i % 70 < 35 ? 70 : 30;
    step(ports, {{m, in_c}, {-m, in_c}, {}, {}, {}});
    plain.step({{m, in_c}});
    int apart = 0;  // layers are cut at other places: where a front passes a height, it passes it a step sooner or later
    for (int k = 0; k < 10; ++k) apart += std::fabs(ports.channel("temperature", k) - plain.channel("temperature", k)) > 2;
    CHECK(apart <= 2);
    CHECK(ports.stored_j() == Approx(plain.stored_j()).epsilon(0.01));
  }
}

TEST_CASE("a stream moves only the water between its two heights", "[parts]") {
  OnePart p = tank();
  for (int i = 0; i < 100; ++i) step(p, {{}, {-1.0, 0}, {}, {1.0, 20}, {}});  // in at half height, out at the bottom: 6,000 kg
  for (int k = 0; k < 10; ++k) CHECK(p.channel("temperature", k) == Approx(k < 5 ? 20 : 40).margin(1e-9));
  CHECK(p.out_c(bottom) == Approx(20).margin(1e-9));
  for (int i = 0; i < 100; ++i) step(p, {{}, {}, {-1.0, 0}, {1.0, 60}, {}});  // upwards, half to 0.8; the top stays
  for (int k = 0; k < 10; ++k) CHECK(p.channel("temperature", k) == Approx(k < 5 ? 20 : k < 8 ? 60 : 60).margin(20.1));
  CHECK(p.channel("temperature", 6) == Approx(60).margin(1e-9));
  CHECK(p.channel("temperature", 0) == Approx(20).margin(1e-9));
  CHECK(p.out_c(upper) == Approx(60).margin(1e-9));
}

TEST_CASE("the front of a stream arrives when the water between its heights has left", "[parts]") {
  OnePart p = tank(1.0);
  const double between_kg = 0.8 * 992.22;  // from 0.2 to the top
  double left_kg = 0;
  while (left_kg + 30 <= between_kg) {
    step(p, {{}, {}, {0.5, 70}, {}, {-0.5, 0}});
    left_kg += 30;
    CHECK(p.out_c(lower) == Approx(40).margin(1e-9));
  }
  step(p, {{}, {}, {0.5, 70}, {}, {-0.5, 0}});  // the step in which it arrives: what is left of the old water, then the new
  CHECK(p.out_c(lower) == Approx((40 * (between_kg - left_kg) + 70 * (left_kg + 30 - between_kg)) / 30).margin(0.1));
  step(p, {{}, {}, {0.5, 70}, {}, {-0.5, 0}});
  CHECK(p.out_c(lower) == Approx(70).margin(1e-9));
}

TEST_CASE("charging and discharging at once cross nothing: each takes what lies at its height", "[parts]") {
  OnePart p = tank(0.8, 0.5, 0.2, 50);
  // Charged from the top to 0.2 with 2 kg/s, discharged from the bottom to 0.8 with 2 kg/s: no net flow between 0.2 and 0.8.
  for (int i = 0; i < 60; ++i) step(p, {{2.0, 80}, {2.0, 20}, {-2.0, 0}, {}, {-2.0, 0}});
  CHECK(p.out_c(upper) == Approx(80).margin(1e-9));
  CHECK(p.out_c(lower) == Approx(20).margin(1e-9));
  for (int k = 2; k < 8; ++k) CHECK(p.channel("temperature", k) == Approx(50).margin(1e-9));
  CHECK(p.channel("temperature", 9) == Approx(80).margin(1e-9));
  CHECK(p.channel("temperature", 0) == Approx(20).margin(1e-9));
}

TEST_CASE("a tank with ports closes, keeps its order and its range at any flows, heights and steps", "[parts]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    test::Draw draw(seed);
    OnePart p = tank(draw.between(0, 1), draw.between(0, 1), draw.between(0, 1));
    for (int i = 0; i < 300; ++i) {
      std::vector<Stream> streams(5);
      double sum_kg_s = 0;
      for (std::size_t k = 1; k < 5; ++k) {
        streams[k] = {draw.chance(0.3) ? 0.0 : draw.between(-3, 3), draw.between(15, 85)};
        sum_kg_s += streams[k].flow_kg_s;
      }
      streams[0] = {-sum_kg_s, draw.between(15, 85)};
      const double dt_s = draw.chance(0.2) ? 3600 : 60;
      step(p, streams, dt_s);
      CHECK(std::fabs(p.imbalance_j) < 1e-9 * (3e5 * 12 * dt_s + p.stored_j()));
      for (std::size_t k = 0; k < 5; ++k)
        if (streams[k].flow_kg_s < -1e-6) CHECK((p.out_c(k) > 15 - 1e-6 && p.out_c(k) < 85 + 1e-6));
      for (int k = 0; k < 10; ++k) {
        CHECK((p.channel("temperature", k) > 15 - 1e-6 && p.channel("temperature", k) < 85 + 1e-6));
        if (k > 0) CHECK(p.channel("temperature", k) >= p.channel("temperature", k - 1) - 1e-6);
      }
    }
  }
}

TEST_CASE("in a network the ports of a tank share what the pumps say, and one left out is shut", "[parts]") {
  test::PlantBuilder b;
  b.circuit("a");
  b.add("port_tank", "tank",
        {{"top", "a.hot"}, {"bottom", "a.cold"}, {"lower.at", "a.low"}, {"lower.height", 0.3}, {"volume", 1.0}});
  b.add("expansion_vessel", "vessel", {{"at", "a.cold"}, {"volume", 0.05}});
  b.add("heat_consumer", "charge", {{"from", "a.low"}, {"to", "a.hot"}, {"flow", 0.8}, {"power", -3e4}});
  b.add("heat_consumer", "use", {{"from", "a.hot"}, {"to", "a.cold"}, {"flow", 0.5}, {"power", 2e4}});
  plant::Plant p = b.build();
  const int tank = p.component("tank");
  for (int i = 0; i < 600; ++i) {
    const auto r = p.step(test::minute());
    REQUIRE(r.hydraulics == plant::Outcome::converged);
    REQUIRE(r.worst_component_ratio < 1);
    REQUIRE(std::fabs(r.imbalance_j) < 1e-9 * r.throughput_j + 1e-6);
  }
  CHECK(p.branch_flow_kg_s(tank, top) == Approx(0.3));
  CHECK(p.branch_flow_kg_s(tank, bottom) == Approx(0.5));
  CHECK(p.branch_flow_kg_s(tank, lower) == Approx(-0.8));
  CHECK(p.branch_flow_kg_s(tank, upper) == 0.0);
  CHECK_FALSE(p.connected(tank, upper));
  for (const auto& channel : p.channels()) CHECK(channel.name != "upper.flow");
}
