// radiator: the characteristic of EN 442-2 and the cooling of what stands.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart radiator(const Keys& more = {}, double start_c = 20) {
  Keys all{{"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 2e3}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("radiator", all, {}, start_c);
}
double log_mean_k(double in_k, double out_k) { return (in_k - out_k) / std::log(in_k / out_k); }
// The formula with the heat that the stream gives off, solved for the outlet by bisection.
double formula_w(double flow_w_k, double in_k, double exponent = 1.3) {
  double low = 1e-9, high = in_k - 1e-9;
  for (int i = 0; i < 200; ++i) {
    const double out_k = 0.5 * (low + high), emits_w = 2e3 * std::pow(log_mean_k(in_k, out_k) / log_mean_k(55, 45), exponent);
    (emits_w > flow_w_k * (in_k - out_k) ? high : low) = out_k;
  }
  return flow_w_k * (in_k - low);
}
}  // namespace

TEST_CASE("a radiator meets its nominal point, and gives the room what the water loses", "[parts]") {
  OnePart r = radiator();
  const double flow_kg_s = 2e3 / (10 * r.cp_j_kg_k());
  for (int i = 0; i < 600; ++i) r.step({{flow_kg_s, 75}});
  CHECK(r.out_c() == Approx(65).margin(1e-6));
  CHECK(r.channel("heat") == Approx(2e3).epsilon(1e-6));
  CHECK(-r.gained_w() == Approx(r.channel("heat")).epsilon(1e-6));
}

TEST_CASE("a radiator follows the formula of EN 442-2 away from its nominal point", "[parts]") {
  for (const double exponent : {1.0, 1.3, 1.45})
    for (const double share : {0.25, 0.5, 1.0, 2.0})
      for (const double in_c : {35.0, 55.0, 75.0, 90.0}) {
        OnePart r = radiator({{"exponent", exponent}});
        for (int i = 0; i < 1200; ++i) r.step({{share * 2e3 / (10 * r.cp_j_kg_k()), in_c}});
        INFO("exponent " << exponent << ", flow " << share << ", inlet " << in_c);
        CHECK(r.channel("heat") == Approx(formula_w(share * 200, in_c - 20, exponent)).epsilon(0.025));
      }
}

TEST_CASE("water that stands in a radiator cools as the power of its excess says", "[parts]") {
  OnePart r = radiator({{"water", 12.0}, {"metal", 50.0}}, 70);
  const double capacity_j_k = 12 * r.cp_j_kg_k() + 50 * 490, rate = 2e3 / std::pow(log_mean_k(55, 45), 1.3) / capacity_j_k;
  for (int minute = 1; minute <= 120; ++minute) {
    r.step({{0, 70}});
    if (minute % 30) continue;
    const double excess_k = 50 * std::pow(1 + 0.3 * rate * std::pow(50, 0.3) * minute * 60, -1 / 0.3);
    CHECK(r.stored_j() / capacity_j_k - 20 == Approx(excess_k).margin(0.25));  // of 50 K: 0.6 % of the rate
  }
}

TEST_CASE("a radiator in a room warmer than its water takes heat, at any flow and step, within the range of both", "[parts]") {
  for (const double dt_s : {1.0, 60.0, 86400.0})
    for (const double flow_kg_s : {0.0, 1e-9, 0.05, -0.05, 10.0}) {
      OnePart r = radiator({}, 15);
      r.input("room_temperature") = 25;
      for (int i = 0; i < 20; ++i) {
        r.step({{flow_kg_s, 15}}, dt_s);
        CHECK(r.channel("heat") <= 0);  // 0 once still water is as warm as the room
        if (i == 0) CHECK(r.channel("heat") < 0);
        CHECK(std::fabs(r.imbalance_j) <= 1e-9 * std::fmax(1.0, std::fabs(flow_kg_s) * dt_s * 15 * r.cp_j_kg_k()) + 1e-7);
        if (flow_kg_s != 0) CHECK((r.out_c() > 15 - 1e-6 && r.out_c() < 25 + 1e-6));
      }
    }
}

TEST_CASE("a nominal point that cannot be is refused by name", "[parts]") {
  CHECK_THROWS_WITH(radiator({{"nominal_return", 80.0}}), Catch::Contains("nominal_return"));
  CHECK_THROWS_WITH(radiator({{"nominal_return", 30.0}, {"nominal_room", 35.0}}), Catch::Contains("nominal_room"));
}
