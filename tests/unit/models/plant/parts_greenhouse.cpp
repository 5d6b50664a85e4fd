// greenhouse: the cover's loss by wind and screen, transpiration, drying and vents, the heating, against hand calculations.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/demand/greenhouse_law.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;

OnePart house(const Keys& more = {}) {
  Keys all{{"area", 1000.0}, {"set_point", 18.0}, {"nominal_power", 2e5}};
  all.insert(all.end(), more.begin(), more.end());
  OnePart part("greenhouse", all);
  part.input("set_point") = 18;
  return part;
}
// Only glass: no leaks, nothing into the ground.
Keys bare(const Keys& more = {}) {
  Keys all{{"leakage", 0.0}, {"ground_transfer", 0.0}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
void run(OnePart& part, double hours, double supply_c = 60, double outdoor_c = 0) {
  for (int i = 0; i < hours * 60; ++i) part.step({{part.flow_kg_s(1e5), supply_c}}, 60, outdoor_c);
}
}  // namespace

TEST_CASE("a greenhouse at night takes what its cover loses", "[parts]") {
  OnePart p = house(bare());
  p.input("leaf_area") = 0;
  run(p, 96);
  // Still air: 4.41 of the 6.01 W/(m2 K) at 4 m/s; 1,290 m2 of cover.
  const double cover_w_k = 6.0 * 4.41 / 6.01 * 1290;
  CHECK(p.channel("air") == Approx(18).margin(0.02));
  CHECK(-p.gained_w() == Approx(cover_w_k * p.channel("air")).epsilon(5e-3));
  CHECK(p.need().demand_j / 60 == Approx(cover_w_k * 18).epsilon(5e-3));
  CHECK(p.need().unmet_j == 0);
  CHECK(std::fabs(p.imbalance_j) < 1e-3);
}

TEST_CASE("wind takes more through glass, as measured on winter nights", "[parts]") {
  CHECK(demand::wind_factor(4.0) == Approx(1));
  CHECK(6.01 * demand::wind_factor(0.0) == Approx(4.41));
  CHECK(6.01 * demand::wind_factor(10.0) == Approx(8.41));
  CHECK(demand::leaks_m_s(1e-4, 5.0) == Approx(5e-4));
  CHECK(demand::leaks_m_s(1e-4, 0.0) == Approx(2.5e-5));
}

TEST_CASE("a screen closes while it is dark and keeps its share back", "[parts]") {
  OnePart open = house(bare()), closed = house(bare({{"screen_saving", 0.4}}));
  open.input("leaf_area") = closed.input("leaf_area") = 0;
  run(open, 96), run(closed, 96);
  CHECK(closed.channel("screen") == Approx(1));
  CHECK(closed.channel("cover_loss") / closed.channel("air") ==
        Approx(0.6 * open.channel("cover_loss") / open.channel("air")).epsilon(1e-6));
  closed.light = {.diffuse_w_m2 = 200};
  run(closed, 1);
  CHECK(closed.channel("screen") == 0);
  closed.light = {}, closed.input("screen") = 0;
  run(closed, 1);
  CHECK(closed.channel("screen") == 0);
}

TEST_CASE("leaves turn sun into vapour as the big leaf says", "[parts]") {
  // 2 x 1.2 x 1006 / (2.45e6 x 65.8) = 1.49767e-5; resistances 275 + 82 x 204.30 / 200.54 x (1 + 4.3) = 717.75 s/m.
  CHECK(demand::transpiration_kg_s_pa_m2(2.5, 200.0, 1000.0) == Approx(1.49767e-5 * 2.5 / 717.75).epsilon(1e-4));
  // At night the stomata are shut: 82 x 4.30 / 0.54 x (1 + 4.3e-6 x 250,000) = 1354.9.
  CHECK(demand::transpiration_kg_s_pa_m2(2.5, 0.0, 500.0) == Approx(1.49767e-5 * 2.5 / (275 + 1354.9)).epsilon(1e-4));
  CHECK(demand::leaf_share(2.5) == Approx(1 - 0.5 * (std::exp(-1.75) + std::exp(-0.675))));
  CHECK(demand::leaf_share(0.0) == 0);

  OnePart p = house();
  p.light = {.diffuse_w_m2 = 400};
  run(p, 6, 60, 10);
  CHECK(p.channel("sun") == Approx(0.65 * 400 * 1000));
  const double share = p.channel("transpiration_heat") / p.channel("sun");
  CHECK(share > 0.4);  // of a well watered crop between a half and three quarters of the sun within
  CHECK(share < 0.9);
  CHECK(-p.gained_w() < 1);  // the sun is enough
  CHECK(p.channel("vents") > 0);
  CHECK(p.channel("air") < 18 + 3 + 4 + 3);
  CHECK(std::fabs(p.imbalance_j) < 1e-3);
}

TEST_CASE("the vapour of a step goes where the balance says", "[parts]") {
  const demand::HouseVapour<double> v{.dt_s = 60,
                                      .air_kg = 5000,
                                      .ratio = 0.010,
                                      .leaf_kg_s_pa = 2e-5,
                                      .leaf_pa = 2063,
                                      .cover_kg_s_pa = 1e-5,
                                      .cover_pa = 1000,
                                      .fresh_kg_s = 2.0,
                                      .fresh_ratio = 0.004};
  const auto step = demand::house_vapour(v);
  const double stored_kg = v.air_kg * (step.ratio - v.ratio);
  CHECK(stored_kg == Approx(60 * (step.transpired_kg_s - step.condensed_kg_s - v.fresh_kg_s * (step.ratio - v.fresh_ratio))));
  CHECK(step.condensed_kg_s > 0);
  demand::HouseVapour<double> warm = v;
  warm.cover_pa = 3000;  // a cover above the dew point takes nothing, and gives nothing
  CHECK(demand::house_vapour(warm).condensed_kg_s == 0);
}

TEST_CASE("damp air is dried by outdoor air, and that takes heat", "[parts]") {
  OnePart damp = house({{"humidity", 1.0}}), dry = house({{"humidity", 0.5}});
  run(damp, 48), run(dry, 48);
  CHECK(dry.channel("relative_humidity") < damp.channel("relative_humidity"));
  CHECK(-dry.gained_w() > -damp.gained_w());
}

TEST_CASE("a cold source does not cool a greenhouse, its boiler holds it", "[parts]") {
  OnePart p = house({{"backup.power", 2e5}, {"backup.efficiency", 0.8}});
  run(p, 48, 10);
  CHECK(std::fabs(p.gained_w()) < 1e-6);
  CHECK(p.channel("air") == Approx(17.5).margin(0.02));
  CHECK(p.ledger.fuel_j == Approx(p.ledger.heat_in_j / 0.8));
  OnePart alone = house();
  run(alone, 48, 10);
  CHECK(alone.channel("air") < 12);
  CHECK(alone.need().unmet_j > 0);
  CHECK(alone.need().short_s == 60);
}

TEST_CASE("steps of five minutes and of one agree on the heat a greenhouse takes in a day", "[parts]") {
  const auto day_j = [](double dt_s) {
    OnePart p = house({{"screen_saving", 0.4}});
    double sum_j = 0;
    for (int i = 0; i < 3 * 86400 / dt_s; ++i) {
      const double hour = std::fmod(i * dt_s / 3600, 24);
      p.light = {.diffuse_w_m2 = hour > 8 && hour < 16 ? 150.0 : 0.0};
      p.step({{p.flow_kg_s(1e5), 60}}, dt_s, 4);
      if (i * dt_s >= 2 * 86400) sum_j -= p.gained_w() * dt_s;
    }
    return sum_j;
  };
  CHECK(day_j(300) == Approx(day_j(60)).epsilon(0.02));
}
