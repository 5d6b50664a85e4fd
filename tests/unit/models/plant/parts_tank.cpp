// tank: displacement, buoyancy, conduction and loss against closed forms.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
Keys keys(Keys more = {}) {
  Keys all{{"top", "a.top"}, {"bottom", "a.bottom"}, {"volume", 10.0}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
double rho() { return fluid_at({.t_c = 40}).rho_kg_m3; }
Keys ideal(Keys more = {}) {  // no loss, no conduction
  Keys all = keys({{"loss", 0.0}, {"conductivity", 0.0}, {"initial", 20.0}});
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
}  // namespace

TEST_CASE("charging pushes a sharp front through a tank", "[parts]") {
  OnePart tank("tank", ideal());
  const double flow_kg_s = rho() * 10 / 7200;  // two hours to fill
  double hot_minutes = 0;
  for (int minute = 0; minute < 118; ++minute) {
    tank.step({{flow_kg_s, 60}});
    CHECK(std::fabs(tank.imbalance_j) < 1e-9 * flow_kg_s * 60 * tank.cp_j_kg_k() * 60 + 1e-4);
    if (minute < 116) CHECK(tank.out_c() == Approx(20).margin(1e-9));
    if (minute == 59)  // half full: a hot half over a cold half
      for (int k = 0; k < 10; ++k) CHECK(tank.channel("temperature", k) == Approx(k < 5 ? 20 : 60).margin(1e-6));
  }
  for (int minute = 118; minute < 126; ++minute) {
    tank.step({{flow_kg_s, 60}});
    hot_minutes += (tank.out_c() - 20) / 40;
  }
  CHECK(hot_minutes == Approx(6).margin(0.01));  // hot water leaves from minute 120 on
}

TEST_CASE("discharging gives back what was charged, at its temperature", "[parts]") {
  OnePart tank("tank", ideal());
  const double flow_kg_s = rho() * 10 / 7200;
  for (int minute = 0; minute < 60; ++minute) tank.step({{flow_kg_s, 60}});
  for (int minute = 0; minute < 57; ++minute) {
    tank.step({{-flow_kg_s, 20}});
    CHECK(tank.out_c() == Approx(60).margin(1e-9));
  }
  for (int minute = 0; minute < 6; ++minute) tank.step({{-flow_kg_s, 20}});
  CHECK(tank.out_c() == Approx(20).margin(1e-9));
  CHECK(tank.channel("stored") == Approx(0).margin(1e3));
}

TEST_CASE("a step that moves several contents passes the rest straight through", "[parts]") {
  OnePart tank("tank", ideal());
  const double content_kg = rho() * 10;
  tank.step({{4 * content_kg / 3600, 60}}, 3600);
  CHECK(tank.out_c() == Approx((20 + 3 * 60) / 4.0).epsilon(1e-12));  // one content at 20, three at 60
  tank.step({{0, 99}}, 3600);
  CHECK(tank.gained_w() == 0.0);
  CHECK(tank.stored_j() == Approx(content_kg * tank.cp_j_kg_k() * 60).epsilon(1e-12));
}

TEST_CASE("warm water that enters below rises and mixes, nothing stands upside down", "[parts]") {
  OnePart tank("tank", ideal({{"initial", 40.0}}));
  const double content_kg = rho() * 10;
  for (int minute = 0; minute < 30; ++minute) tank.step({{-content_kg / 6000, 60}});  // 30 % of the content, warm, at the bottom
  for (int k = 0; k < 10; ++k) CHECK(tank.channel("temperature", k) == Approx(46).margin(0.8));
  for (int minute = 0; minute < 10; ++minute) tank.step({{content_kg / 6000, 10}});  // and cold at the top
  for (int k = 1; k < 10; ++k) CHECK(tank.channel("temperature", k) >= tank.channel("temperature", k - 1) - 1e-9);
}

TEST_CASE("standing loss is exponential in its time constant, whatever the step", "[parts]") {
  for (const double dt_s : {60.0, 3600.0, 86400.0}) {
    OnePart tank("tank", keys({{"initial", 60.0}, {"loss", 12.0}, {"ambient", 15.0}}));
    double lost_j = 0;
    const double before_j = tank.stored_j();
    for (double t = 0; t < 10 * 86400.0; t += dt_s) {
      tank.step({{0, 20}}, dt_s);
      lost_j += tank.ledger.heat_out_j;
    }
    const double capacity_j_k = rho() * 10 * tank.cp_j_kg_k(), left_k = 45 * std::exp(-12 * 10 * 86400.0 / capacity_j_k);
    CHECK(tank.stored_j() / capacity_j_k - 15 == Approx(left_k).epsilon(1e-9));
    CHECK(lost_j == Approx(before_j - tank.stored_j()).epsilon(1e-9));
  }
}

TEST_CASE("a still front spreads by conduction as the closed form says", "[parts]") {
  // 3 m of water, k = 5 W/(m K): T = 40 + 20 erf(z / sqrt(4 a t)), a = k / (rho cp). Within a day the ends are not felt. The ten
  // reported heights are the centres of layers when there are 30.
  OnePart tank("tank", keys({{"loss", 0.0}, {"conductivity", 5.0}, {"initial", 20.0}, {"height", 3.0}, {"layers", 30.0}}));
  const double flow_kg_s = rho() * 10 / 7200;
  for (int minute = 0; minute < 60; ++minute) tank.step({{flow_kg_s, 60}});
  const double days = 1, spread_m = std::sqrt(4 * 5 / (rho() * tank.cp_j_kg_k()) * days * 86400);
  for (int minute = 0; minute < days * 1440; ++minute) tank.step({{0, 20}});
  for (int k = 0; k < 10; ++k) {
    const double z_m = 3 * (k + 0.5) / 10 - 1.5;
    CHECK(tank.channel("temperature", k) == Approx(40 + 20 * std::erf(z_m / spread_m)).margin(0.25));
  }
}

TEST_CASE("a tank resists little, whatever its size", "[parts]") {
  for (const double volume_m3 : {0.1, 10.0, 1000.0}) {
    OnePart tank("tank", {{"top", "a.top"}, {"bottom", "a.bottom"}, {"volume", volume_m3}});
    CHECK(tank.flow_kg_s(500) >= rho() * volume_m3 / 3600);  // a content an hour for 5 cm of water
  }
}

TEST_CASE("standing loss of a measured store", "[parts][validation]") {
  // A 2.96 m x 1.15 m store (oemof-thermal): 82 over 55 degC, 100 mm of insulation at 0.039 W/(m K), films 7 and 4 W/(m2 K), room
  // at 25 degC; the level is (mean - 55) / 27. Every parameter is the set's own; the measured slope is by least squares.
  std::ifstream file(test::validation_file("tank/oemof_standby/storage_soc_measured.csv"));
  std::string line;
  std::vector<double> levels;
  std::getline(file, line);
  while (std::getline(file, line)) levels.push_back(std::stod(line.substr(line.find(',') + 1)) / 100);
  REQUIRE(levels.size() == 23);
  double t_level = 0, t_mean = 0, level_mean = 0, t_t = 0;
  for (std::size_t k = 0; k < levels.size(); ++k) t_mean += 0.25 * static_cast<double>(k) / 23, level_mean += levels[k] / 23;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    const double t_h = 0.25 * static_cast<double>(k) - t_mean;
    t_level += t_h * (levels[k] - level_mean), t_t += t_h * t_h;
  }
  const double measured_per_h = t_level / t_t;

  const double height_m = 2.96, diameter_m = 1.15, volume_m3 = pi / 4 * diameter_m * diameter_m * height_m;
  const double u_w_m2_k = 1 / (1 / 7.0 + 0.1 / 0.039 + 1 / 4.0);
  OnePart tank("tank", {{"top", "a.top"},
                        {"bottom", "a.bottom"},
                        {"volume", volume_m3},
                        {"height", height_m},
                        {"initial", 55.0},
                        {"ambient", 25.0},
                        {"insulation", u_w_m2_k}});
  const double capacity_j_k = volume_m3 * rho() * tank.cp_j_kg_k(), empty_j = tank.stored_j();
  const auto level = [&] { return (tank.stored_j() - empty_j) / (27 * capacity_j_k); };
  while (level() < 0.785) tank.step({{0.5, 82}}, 5);
  const double start = level();
  for (int minute = 0; minute < 330; ++minute) tank.step({{0, 20}});
  const double model_per_h = (level() - start) / 5.5;
  INFO("measured " << 100 * measured_per_h << " %/h, model " << 100 * model_per_h << " %/h");
  CHECK(measured_per_h == Approx(-0.003).margin(0.0015));
  CHECK(model_per_h < -0.0015);
  CHECK(model_per_h > -0.0045);
}
