// process_bath: evaporation, walls, goods and coil against hand calculations.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/moist_air.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;

OnePart bath(const Keys& more = {}) {
  Keys all{{"area", 4.0}, {"volume", 4.0}, {"set_point", 60.0}, {"nominal_power", 1e5}};
  all.insert(all.end(), more.begin(), more.end());
  OnePart part("process_bath", all);
  part.input("set_point") = 60;
  return part;
}
void run(OnePart& part, double hours, double supply_c = 80) {
  for (int i = 0; i < hours * 60; ++i) part.step({{part.flow_kg_s(1e5), supply_c}});
}
}  // namespace

TEST_CASE("an open bath evaporates as Carrier's formula says, and loses heat beside it", "[parts]") {
  OnePart p = bath({{"air_speed", 0.4}, {"walls", 20.0}});
  run(p, 12);
  const double bath_c = p.channel("bath");
  CHECK(bath_c == Approx(60).margin(0.02));
  // 0.089 + 0.0782 x 0.4 = 0.12028 W/(m2 Pa); at 60 degC 19,947 Pa (steam tables) against half of 2,339 Pa at 20 degC.
  const double latent_j_kg = 2358e3;
  CHECK(60.0 * p.channel("evaporation") ==
        Approx(60.0 * 4 * 0.12028 * (saturation_pressure_pa(bath_c) - 1169.5) / latent_j_kg).epsilon(0.005));
  CHECK(4 * 0.12028 * (19947 - 1169.5) / latent_j_kg * 3600 ==
        Approx(3600 * p.channel("evaporation")).epsilon(0.02));  // 13.8 kg/h
  // Convection 66.5 x 0.12028 = 8.0 W/(m2 K), radiation 0.95 x 4 x 5.67e-8 x 313.15^3 = 6.6; make-up enters at 12 degC.
  const double vapour_w = p.channel("evaporation") * (2501e3 + 1860 * bath_c - 4180 * 12);
  CHECK(-p.gained_w() == Approx(vapour_w + (4 * (8.0 + 6.62) + 20) * (bath_c - 20)).epsilon(0.005));
  CHECK(std::fabs(p.imbalance_j) < 1e-3);
}

TEST_CASE("goods that pass take their heat and the water they carry away", "[parts]") {
  OnePart p = bath({{"drag_out", 0.05}, {"goods_heat", 500.0}});
  p.input("goods") = 0.5;  // 1.8 t an hour
  run(p, 12);
  const double bath_c = p.channel("bath");
  CHECK(p.channel("goods_heat") == Approx(0.5 * 500 * (bath_c - 20) + 0.5 * 0.05 * 4180 * (bath_c - 12)).epsilon(1e-3));
  OnePart idle = bath({{"drag_out", 0.05}, {"goods_heat", 500.0}});
  run(idle, 12);
  CHECK(idle.gained_w() - p.gained_w() == Approx(p.channel("goods_heat")).epsilon(0.02));
}

TEST_CASE("lids keep vapour in a bath", "[parts]") {
  OnePart open = bath(), closed = bath();
  closed.input("cover") = 1;
  run(open, 12), run(closed, 12);
  CHECK(closed.channel("evaporation") == 0);
  CHECK(-closed.gained_w() ==
        Approx((4 + 4 * 4 / 2.0) * (closed.channel("bath") - 20)).epsilon(1e-3));  // walls and floor alone: 12 W/K
  CHECK(-open.gained_w() > 10 * -closed.gained_w());
}

TEST_CASE("a cold source does not cool a bath, its boiler holds it, and without one the shortfall is told", "[parts]") {
  OnePart p = bath({{"backup.power", 1e5}, {"backup.efficiency", 0.8}});
  run(p, 24, 30);
  CHECK(std::fabs(p.gained_w()) < 1e-6);
  CHECK(p.channel("bath") == Approx(59.5).margin(0.02));
  CHECK(p.ledger.fuel_j == Approx(p.ledger.heat_in_j / 0.8));
  OnePart alone = bath();
  run(alone, 24, 30);
  CHECK(alone.channel("bath") < 55);
  CHECK(alone.need().unmet_j > 0);
  CHECK(alone.need().short_s == 60);
}

TEST_CASE("steps of five minutes and of one agree on the heat a bath takes in a day", "[parts]") {
  const auto day_j = [](double dt_s) {
    OnePart p = bath();
    double sum_j = 0;
    for (int i = 0; i < 86400 / dt_s; ++i) {
      p.input("goods") = i * dt_s < 43200 ? 0.5 : 0;
      p.step({{p.flow_kg_s(1e5), 80}}, dt_s);
      sum_j -= p.gained_w() * dt_s;
    }
    return sum_j;
  };
  CHECK(day_j(300) == Approx(day_j(60)).epsilon(0.01));
}
