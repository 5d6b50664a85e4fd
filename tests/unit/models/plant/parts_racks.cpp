// direct_to_chip and room_unit.
#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart plates() {
  return OnePart(
      "direct_to_chip",
      {{"hosts", "gpu"}, {"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1e5}, {"nominal_rise", 10.0}, {"content", 60.0}},
      {}, 30);
}
OnePart room(Keys more = {}) {
  Keys all{{"hosts", "gpu"}, {"nominal_power", 5e4}, {"nominal_cop", 4.0}, {"nominal_outdoor", 35.0}, {"fan_share", 0.0}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("room_unit", all);
}
}  // namespace

TEST_CASE("cold plates settle at heat over flow, and reach it exponentially", "[parts]") {
  OnePart p = plates();
  p.input("heat_w") = 8e4;
  const double m = 1.5, rise_k = 8e4 / (m * p.cp_j_kg_k());
  p.step({{m, 30}}, 60);
  CHECK(p.channel("plate_temperature") == Approx(30 + rise_k * (1 - std::exp(-m * 60 / 60.0))).epsilon(1e-9));
  for (int i = 0; i < 60; ++i) p.step({{m, 30}}, 60);
  CHECK(p.out_c() == Approx(30 + rise_k).epsilon(1e-9));
  CHECK(p.gained_w() == Approx(8e4).epsilon(1e-9));
}

TEST_CASE("cold plates without flow warm at heat over heat capacity, without bound", "[parts]") {
  OnePart p = plates();
  p.input("heat_w") = 1e5;
  for (int i = 0; i < 10; ++i) p.step({{0, 30}}, 60);
  CHECK(p.channel("plate_temperature") == Approx(30 + 1e5 * 600 / (60 * p.cp_j_kg_k())).epsilon(1e-12));
  CHECK(p.gained_w() == 0.0);
}

TEST_CASE("the result of a step of cold plates does not depend on how it is cut", "[parts]") {
  OnePart whole = plates(), cut = plates();
  whole.input("heat_w") = cut.input("heat_w") = 7e4;
  whole.step({{0.8, 25}}, 60);
  for (int i = 0; i < 12; ++i) cut.step({{0.8, 25}}, 5);
  CHECK(whole.channel("plate_temperature") == Approx(cut.channel("plate_temperature")).epsilon(1e-12));
}

TEST_CASE("the hottest case follows the peak, not the mean", "[parts]") {
  OnePart p = plates();
  p.input("heat_w") = 5e4, p.input("peak_w") = 5e4;
  p.step({{2, 30}});
  const double calm_c = p.channel("case_temperature");
  p.input("peak_w") = 1e5;
  OnePart q = p;
  CHECK(p.channel("case_temperature") - calm_c == Approx(0.5 * p.param("nominal_case_rise")).epsilon(1e-12));
}

TEST_CASE("a junction lies above plates and room by resistance times the device's power at the peak", "[parts]") {
  const Keys junction{{"junction.resistance", 0.04}, {"junction.device_power", 700.0}, {"junction.hosts_power", 1.5e5}};
  Keys keys{{"hosts", "gpu"}, {"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1e5}};
  keys.insert(keys.end(), junction.begin(), junction.end());
  OnePart p("direct_to_chip", keys, {}, 30);
  p.input("heat_w") = 8e4, p.input("hosts_peak_w") = 1.2e5;
  p.step({{2, 30}});
  CHECK(p.channel("junction_temperature") == Approx(p.channel("plate_temperature") + 0.04 * 700 * 0.8).epsilon(1e-12));
  OnePart r = room(junction);
  r.input("heat_w") = 3e4, r.input("hosts_peak_w") = 1.5e5;
  r.step({}, 60, 35);
  CHECK(r.channel("junction_temperature") == Approx(27 + 0.04 * 700).epsilon(1e-9));
  CHECK(room().param("air_limit") == 35);
  CHECK(room({{"set_point", 40.0}}).param("air_limit") == 45);
  CHECK_THROWS_WITH(room({{"air_limit", 27.0}}), Catch::Contains("air_limit"));
}

TEST_CASE("plates whose limit is not above their outlet are refused", "[parts]") {
  CHECK_THROWS_WITH(OnePart("direct_to_chip", {{"hosts", "gpu"},
                                               {"from", "a.in"},
                                               {"to", "a.out"},
                                               {"nominal_power", 1e5},
                                               {"outlet", 50.0},
                                               {"outlet_limit", 50.0}}),
                    Catch::Contains("outlet_limit"));
}

TEST_CASE("room cooling uses its nominal COP at its nominal point, and less electricity when it is cold outside", "[parts]") {
  OnePart r = room();
  r.input("heat_w") = 4e4;
  r.step({}, 60, 35);
  CHECK(r.ledger.electricity_j / 60 == Approx(1e4).epsilon(1e-9));
  CHECK(r.ledger.heat_out_j / 60 == Approx(5e4).epsilon(1e-9));  // heat and compressor to the outdoor air
  CHECK(r.channel("room_temperature") == Approx(27).margin(1e-9));
  // A constant share of Carnot: lift 35 + 12 - 15 = 32 K at the nominal point, 22 K at 25 degC.
  r.step({}, 60, 25);
  CHECK(4e4 / (r.ledger.electricity_j / 60) == Approx(4.0 * 32 / 22).epsilon(1e-9));
  r.step({}, 60, -20);
  CHECK(4e4 / (r.ledger.electricity_j / 60) == Approx(9.0).epsilon(1e-9));  // maximum_cop
  CHECK(std::fabs(r.imbalance_j) < 1e-3);
}

TEST_CASE("fan power is electricity and warms the room it cools", "[parts]") {
  OnePart r = room({{"fan_share", 0.1}});
  r.input("heat_w") = 3.6e4;
  r.step({}, 60, 35);
  CHECK(r.channel("cooling") == Approx(4e4).epsilon(1e-9));
  CHECK(r.ledger.electricity_j / 60 == Approx(1e4 + 4e3).epsilon(1e-9));
}

TEST_CASE("a room unit that fails lets the room warm at heat over heat capacity", "[parts]") {
  OnePart r = room();
  r.input("heat_w") = 3e4, r.input("available") = 0;
  for (int i = 0; i < 10; ++i) r.step({}, 60, 35);
  CHECK(r.ledger.electricity_j == 0.0);
  CHECK(r.channel("room_temperature") == Approx(27 + 3e4 * 600 / (300 * 5e4)).epsilon(1e-12));
  r.input("available") = 1;
  r.input("heat_w") = 8e4;  // beyond capacity: 30 kW stay
  const double before_c = r.channel("room_temperature");
  r.step({}, 60, 35);
  CHECK(r.channel("room_temperature") - before_c == Approx(3e4 * 60 / (300 * 5e4)).epsilon(1e-9));
}
