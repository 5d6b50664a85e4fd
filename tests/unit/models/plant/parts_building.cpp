// The building: its emitter against EN 442 and closed forms; rooms that are kept warm, cool without heat and catch up; need and backup.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/plant/building_spec.hpp"
#include "models/plant/emitter.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using Keys = std::vector<std::pair<std::string, test::Value>>;

namespace {

// 1,000 m2, about 25 kW at -12 degC.
test::OnePart house(const Keys& more = {}) {
  Keys keys{{"connection.from", std::string("a.in")},
            {"connection.to", std::string("a.out")},
            {"floor_area", 1000.0},
            {"storeys", 3.0},
            {"u_value", 0.25},
            {"gains", 0.0},
            {"infiltration", 0.1 / 3600},
            {"heat_recovery", 0.5}};
  keys.insert(keys.end(), more.begin(), more.end());
  test::OnePart part(test::PlantBuilder::make("building", keys));
  part.input("set_point") = 20;
  return part;
}
// A step with the flow that the valve lets through.
void follow(test::OnePart& part, double inlet_c, double outdoor_c, double dt_s = 60) {
  const double flow_kg_s = std::max(0.0, part.flow_kg_s(1e5));
  part.step({{flow_kg_s, inlet_c}}, dt_s, outdoor_c);
}

}  // namespace

TEST_CASE("an emitter meets its nominal point and follows the characteristic of EN 442") {
  for (const double exponent : {1.0, 1.1, 1.3, 1.45}) {
    const plant::EmitterPoint point{.power_w = 1000, .supply_c = 75, .return_c = 65, .room_c = 20, .exponent = exponent};
    const auto emitter = plant::make_emitter(point);
    const double nominal_w_k = 100.0, nominal_k = 10 / std::log(55.0 / 45.0);
    for (const double flow_share : {0.2, 0.5, 1.0, 2.0})
      for (const double in_k : {27.5, 40.0, 55.0}) {
        const double carried_w_k = flow_share * nominal_w_k;
        const double heat_w =
            in_k * plant::emitter_conductance_w_k(emitter, carried_w_k, plant::emitter_spread_w_k(emitter, in_k));
        // EN 442: heat = nominal (log mean / nominal log mean)^n, solved for the outlet by bisection.
        double low = 1e-9, high = in_k;
        for (int i = 0; i < 200; ++i) {
          const double out_k = 0.5 * (low + high), mean_k = (in_k - out_k) / std::log(in_k / out_k);
          (carried_w_k * (in_k - out_k) > 1000 * std::pow(mean_k / nominal_k, exponent) ? low : high) = out_k;
        }
        INFO("n " << exponent << ", flow " << flow_share << ", inlet " << in_k << " K above the room");
        CHECK(heat_w == Approx(carried_w_k * (in_k - low)).epsilon(0.02));
        if (flow_share == 1.0 && in_k == 55.0) CHECK(heat_w == Approx(1000).epsilon(1e-9));
        if (exponent == 1.0) CHECK(heat_w == Approx(carried_w_k * (in_k - low)).epsilon(1e-5));
      }
    CHECK(plant::emitter_conductance_w_k(emitter, 0.0, plant::emitter_spread_w_k(emitter, 30.0)) == 0);
  }
}

TEST_CASE("a building in steady cold takes what it loses and stays within its thermostat's band") {
  for (const double dt_s : {60.0, 900.0, 3600.0}) {
    test::OnePart part = house();
    double taken_w = 0, imbalance_j = 0;
    const int steps = static_cast<int>(40 * 86400 / dt_s);
    for (int i = 0; i < steps; ++i) {
      follow(part, 50, 0, dt_s);
      taken_w = -part.gained_w(), imbalance_j = std::max(imbalance_j, std::fabs(part.imbalance_j));
    }
    const double room_c = part.channel("room_temperature");
    INFO("step " << dt_s << " s: room " << room_c << " degC");
    CHECK(room_c == Approx(20).margin(0.55));
    CHECK(taken_w == Approx(part.ledger.heat_out_j / dt_s).epsilon(0.01));
    // Loss by the planner's numbers: U A, and half the ventilation with the leaks.
    const double loss_w_k = part.param("transmission") + plant::air_j_m3_k * 2800 * (0.1 + 0.5 * 0.4) / 3600;
    CHECK(taken_w == Approx(loss_w_k * room_c).epsilon(0.04));
    CHECK(imbalance_j < 1e-9 * taken_w * dt_s + 1e-4);
    CHECK(part.need().demand_j / dt_s == Approx(loss_w_k * 20).epsilon(0.04));
    CHECK(part.need().unmet_j == 0);
  }
}

TEST_CASE("a building without heat cools, counts what it lacks, and takes more when heat comes back") {
  test::OnePart part = house();
  for (int i = 0; i < 20 * 1440; ++i) follow(part, 50, 0);
  const double usual_j = part.need().demand_j;
  double demand_j = 0, unmet_j = 0, short_s = 0;
  for (int i = 0; i < 2 * 1440; ++i) {
    part.step({{0, 20}}, 60, 0);
    demand_j += part.need().demand_j, unmet_j += part.need().unmet_j, short_s += part.need().short_s;
  }
  CHECK(part.channel("room_temperature") < 18);
  CHECK(demand_j == Approx(2 * 1440 * usual_j).epsilon(0.02));  // wanted as ever: the twin was kept warm
  CHECK(unmet_j > 0.5 * demand_j);
  CHECK(unmet_j <= demand_j);
  CHECK(short_s > 86400);
  double back_j = 0, wanted_j = 0;
  for (int i = 0; i < 1440; ++i) {
    follow(part, 50, 0);
    back_j -= part.gained_w() * 60, wanted_j += part.need().demand_j;
  }
  CHECK(back_j > 1.1 * wanted_j);  // the rebound
}

TEST_CASE("a building's own backup keeps it at the bottom of the band and burns fuel") {
  test::OnePart part = house({{"backup.efficiency", 0.9}});
  for (int i = 0; i < 20 * 1440; ++i) part.step({{0, 20}}, 60, -5);
  CHECK(part.channel("room_temperature") == Approx(19.5).margin(0.01));
  CHECK(part.need().unmet_j == 0);
  CHECK(part.need().backup_j == Approx(part.ledger.heat_out_j).epsilon(0.01));
  CHECK(part.ledger.fuel_j == Approx(part.need().backup_j / 0.9).epsilon(1e-12));
}

TEST_CASE("a set-back saves heat, and the morning shows in comfort") {
  test::OnePart part = house({{"emitter.nominal_power", 60e3}});
  double short_s = 0, coldest_c = 30;
  for (int i = 0; i < 6 * 1440; ++i) {
    part.input("set_point") = i % 1440 < 360 || i % 1440 >= 1320 ? 16 : 20;
    follow(part, 50, -5);
    if (i >= 5 * 1440) short_s += part.need().short_s, coldest_c = std::min(coldest_c, part.channel("room_temperature"));
  }
  CHECK(coldest_c < 19);
  CHECK(short_s > 0);
  CHECK(short_s < 4 * 3600);
}

TEST_CASE("a building says what is wrong with its numbers") {
  Problems problems;
  plant::BuildingSpec spec;
  spec.floor_m2 = 1000, spec.emitter.nominal_power_w = 5e3;
  plant::size_building(spec, fluid_at({.kind = FluidKind::water, .t_c = 40}), problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].warning);
  CHECK(problems.items[0].text.starts_with("of 5.0 kW is below the design load of "));
  spec.transmission_w_k = 5e4;
  problems.items.clear();
  spec.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "transmission");
}

TEST_CASE("the design load of ventilation by calendar is that of the open hours") {
  plant::BuildingSpec always, by_day;
  for (plant::BuildingSpec* spec : {&always, &by_day})
    spec->floor_m2 = 500, spec->transmission_w_k = 400, spec->infiltration_s_1 = 0, spec->heat_recovery_frac = 0;
  always.air_change.constant = 2.0 / 3600;
  by_day.air_change.calendar = "opening", by_day.air_change.during = 2.0 / 3600, by_day.air_change.otherwise = 0;
  CHECK(by_day.design_load_w() == always.design_load_w());
  always.set_point.constant = 21, by_day.set_point.constant = 21;
  by_day.set_point.calendar = "opening", by_day.set_point.during = 21, by_day.set_point.otherwise = 15;
  CHECK(by_day.design_load_w() == always.design_load_w());
}

TEST_CASE("sun through a window warms a room, blinds keep it out") {
  const auto warmed_c = [](double shading_frac) {
    Typed params = test::PlantBuilder::make("building", {{"floor_area", 100.0}, {"gains", 0.0}});
    auto& spec = *params.as<plant::BuildingSpec>();
    spec.windows.entries.push_back({"south", {.area_m2 = 15, .azimuth_rad = pi}});
    test::OnePart part(params);
    part.input("shading") = shading_frac;
    part.light = {.beam_north_w_m2 = -300, .beam_up_w_m2 = 200, .diffuse_w_m2 = 80};
    for (int i = 0; i < 480; ++i) part.step({{0, 20}}, 60, 15);
    if (shading_frac == 1) CHECK(part.channel("sun") == Approx(15 * 0.7 * 0.6 * (300 + 40)).epsilon(1e-9));
    return part.channel("room_temperature");
  };
  CHECK(warmed_c(1) > warmed_c(0.2) + 1);
}
