// air_coil.
#include <catch2/catch.hpp>

#include "models/core/moist_air.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
constexpr double power_w = 1e5;

OnePart coil(Keys more = {}, double start_c = 30) {
  Keys all{{"hosts", "cpu"}, {"from", "a.in"}, {"to", "a.out"}, {"nominal_power", power_w}, {"fan_power", 0.0}, {"bypass", 0.0}};
  for (auto& one : more) {
    std::erase_if(all, [&](const auto& key) { return key.first == one.first; });
    all.push_back(std::move(one));
  }
  return OnePart("air_coil", all, {}, start_c);
}
void settle(OnePart& part, double flow_kg_s, double water_c, double outdoor_c = 10) {
  for (int i = 0; i < 600; ++i) part.step({{flow_kg_s, water_c}}, 60, outdoor_c);
}
}  // namespace

TEST_CASE("an air coil meets its nominal point", "[parts]") {
  OnePart c = coil();
  c.input("heat_w") = power_w;
  settle(c, c.param("nominal_flow"), 25);
  CHECK(c.out_c() == Approx(35).epsilon(1e-9));
  CHECK(c.channel("air_temperature") == Approx(42).epsilon(1e-9));    // without bypass the coil gets the servers' air
  CHECK(c.channel("inlet_temperature") == Approx(30).epsilon(1e-9));  // 12 K below it
  CHECK(c.gained_w() == Approx(power_w).epsilon(1e-9));
}

TEST_CASE("the approach of an air coil falls with the water flow and rises with the load, as a counterflow exchanger's",
          "[parts]") {
  OnePart c = coil();
  const double m = c.param("nominal_flow"), air_w_k = power_w / 12;
  for (const double load : {0.4, 0.7, 1.0})
    for (const double share : {0.5, 1.0, 2.0}) {
      c.input("heat_w") = load * power_w;
      settle(c, share * m, 25);
      // By hand: air flow follows the load; epsilon-NTU of Kays and London.
      const double water = share * m * c.cp_j_kg_k(), air = load * air_w_k;
      const double ua = c.param("ua") / (0.8 / std::pow(load, 0.6) + 0.2 / std::pow(share, 0.8));
      const double least = std::fmin(water, air), ratio = least / std::fmax(water, air), ntu = ua / least;
      const double e = (1 - std::exp(-ntu * (1 - ratio))) / (1 - ratio * std::exp(-ntu * (1 - ratio)));
      INFO("load " << load << " flow " << share);
      CHECK(c.channel("air_temperature") == Approx(25 + load * power_w / (e * least)).epsilon(1e-9));
    }
}

TEST_CASE("bypass warms the air that servers draw by its share of what the coil cools", "[parts]") {
  OnePart c = coil({{"bypass", 0.2}});
  c.input("heat_w") = power_w;
  settle(c, c.param("nominal_flow"), 25);
  CHECK(c.out_c() == Approx(35).epsilon(1e-9));  // the coil's own point stays
  // Servers take 80 % of the coil's air and warm it by 12 / 0.8 = 15 K above 30 degC; 45 - 12 is what they draw.
  CHECK(c.channel("air_temperature") == Approx(45).epsilon(1e-9));
  CHECK(c.channel("inlet_temperature") == Approx(33).epsilon(1e-9));
}

TEST_CASE("fans of an air coil follow the heat down to their least speed, their power the cube, and it warms the air",
          "[parts]") {
  OnePart c = coil({{"fan_power", 4e3}, {"minimum_speed", 0.4}});
  c.input("minimum_speed") = 0.4;
  for (const auto& [load, speed] : {std::pair{0.1, 0.4}, {0.6, 0.6}, {1.0, 1.0}}) {
    c.input("heat_w") = load * power_w;
    settle(c, c.param("nominal_flow"), 25);
    CHECK(c.channel("fan_speed") == Approx(speed));
    CHECK(c.channel("electricity") == Approx(4e3 * speed * speed * speed).epsilon(1e-12));
    CHECK(c.gained_w() == Approx(load * power_w + 4e3 * speed * speed * speed).epsilon(1e-9));
  }
}

TEST_CASE("without water the air warms at heat over heat capacity, and the result does not depend on how the step is cut",
          "[parts]") {
  OnePart c = coil({{"room_capacity", 2e6}});
  c.input("heat_w") = 5e4;
  c.step({{0, 25}}, 60);
  CHECK(c.channel("air_temperature") == Approx(30 + 5e4 * 60 / 2e6).epsilon(1e-12));
  OnePart whole = coil(), cut = coil();
  whole.input("heat_w") = cut.input("heat_w") = 7e4;
  whole.step({{1.5, 25}}, 60);
  for (int i = 0; i < 12; ++i) cut.step({{1.5, 25}}, 5);
  CHECK(whole.channel("air_temperature") == Approx(cut.channel("air_temperature")).epsilon(1e-12));
}

TEST_CASE("an air coil without water or fans opens its dampers and settles at heat over ventilation above outdoors", "[parts]") {
  OnePart c = coil({{"ventilation", 8e3}});
  c.input("heat_w") = power_w;
  settle(c, c.param("nominal_flow"), 25);
  CHECK(c.reason() == "contained");
  for (int i = 0; i < 120; ++i) c.step({{0, 25}}, 60, 10);
  CHECK(c.reason() == "ventilates to outdoors");
  CHECK(c.channel("air_temperature") == Approx(10 + power_w / 8e3).epsilon(1e-6));
  CHECK(c.channel("ventilated") == Approx(power_w).epsilon(1e-6));
  CHECK(c.channel("inlet_temperature") < 35);
  for (int i = 0; i < 5; ++i) c.step({{c.param("nominal_flow"), 25}}, 60, 10);  // 30 degC are what this water can hold, not 28
  CHECK(c.reason() == "ventilates to outdoors");
  for (int i = 0; i < 5; ++i) c.step({{2 * c.param("nominal_flow"), 15}}, 60, 10);
  CHECK(c.reason() == "contained");
  OnePart fans = coil({{"ventilation", 8e3}});
  fans.input("heat_w") = 2e4, fans.input("available") = 0;
  fans.step({{c.param("nominal_flow"), 25}}, 60);
  CHECK(fans.reason() == "ventilates to outdoors");
  CHECK(fans.channel("electricity") == 0.0);
}

TEST_CASE("a coil whose fans stand gets the air that the servers push", "[parts]") {
  OnePart rear_door = coil({{"passive_flow", 1.0}});
  rear_door.input("heat_w") = power_w, rear_door.input("available") = 0;
  settle(rear_door, rear_door.param("nominal_flow"), 25);
  CHECK(rear_door.channel("inlet_temperature") == Approx(30).epsilon(1e-9));
  OnePart room = coil();
  room.input("heat_w") = power_w, room.input("available") = 0;
  settle(room, room.param("nominal_flow"), 25);
  CHECK(room.channel("inlet_temperature") > 60);
}

TEST_CASE("the junction lies above the drawn air by resistance times the device's power", "[parts]") {
  OnePart c = coil({{"junction.resistance", 0.1}, {"junction.device_power", 300.0}, {"junction.hosts_power", 1e5}});
  c.input("heat_w") = power_w, c.input("hosts_peak_w") = 1.2e5;
  settle(c, c.param("nominal_flow"), 25);
  CHECK(c.channel("junction_temperature") == Approx(30 + 0.1 * 300 * 1.2).epsilon(1e-9));
}

TEST_CASE("dew point of moist air against ASHRAE's chart, and the margin of the coil's water", "[parts]") {
  // 25 degC at 50 %: 13.9 degC; 0 degC saturated: 0 degC; -10 degC over ice (saturation at 259.9 Pa).
  CHECK(dew_point_c(0.5 * saturation_pressure_pa(25.0)) == Approx(13.9).margin(0.1));
  CHECK(dew_point_c(saturation_pressure_pa(60.0)) == Approx(60).margin(0.3));
  CHECK(dew_point_c(259.9) == Approx(-10).margin(0.3));
  CHECK(vapour_pressure_wet_bulb_pa(30.0, 20.0) == Approx(1667).epsilon(0.01));  // chart: 20.0 degC wet, 30 dry: 39.5 %
  OnePart c = coil();
  c.step({{1, 16}}, 60, 20);  // 18 degC wet bulb
  CHECK(c.channel("dew_point_margin") == Approx(16 - 16.9).margin(0.3));
}

TEST_CASE("air coils with impossible nominal points are refused", "[parts]") {
  CHECK_THROWS_WITH(coil({{"nominal_outlet", 20.0}}), Catch::Contains("nominal_outlet: is not above"));
  CHECK_THROWS_WITH(coil({{"nominal_outlet", 50.0}}), Catch::Contains("nominal_outlet: is not below"));
  CHECK_THROWS_WITH(coil({{"nominal_air", 36.0}}), Catch::Contains("nominal_inlet: is not below"));
  CHECK_THROWS_WITH(coil({{"bypass", 0.5}}), Catch::Contains("air_limit: is not above"));
}
