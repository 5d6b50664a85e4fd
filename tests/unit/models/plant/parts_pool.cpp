// pool: evaporation after both laws, water and hall against closed balances, storing, backup, cold sources.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/moist_air.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
constexpr double hour_s = 3600;

OnePart pool(const Keys& more = {}) {
  Keys all{{"area", 400.0},           {"volume", 800.0},  {"evaporation", 0.0},  {"water_temperature", 28.0},
           {"air_temperature", 30.0}, {"humidity", 0.55}, {"nominal_power", 2e5}};
  all.insert(all.end(), more.begin(), more.end());
  OnePart part("pool", all);
  part.input("water_temperature") = 28, part.input("air_temperature") = 30, part.input("humidity") = 0.55;
  return part;
}
Keys hall(const Keys& more = {}) {
  Keys all{{"hall.volume", 4000.0}, {"hall.heat_loss", 1500.0}, {"hall.heating_power", 1.5e5}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
void run(OnePart& part, double hours, double supply_c = 60, double outdoor_c = 10) {
  for (int i = 0; i < hours * 60; ++i) part.step({{part.flow_kg_s(1e5), supply_c}}, 60, outdoor_c);
}
double difference_pa() { return saturation_pressure_pa(28.0) - 0.55 * saturation_pressure_pa(30.0); }
constexpr double vaporisation_j_kg = 2501e3 + 1860 * 28 - 4180 * 28;  // 2,436 kJ/kg at 28 degC; IAPWS-95: 2,434.6
}  // namespace

TEST_CASE("the water of a pool evaporates as VDI 2089 says, at rest, in use and covered", "[parts]") {
  OnePart p = pool();
  const auto evaporation_w = [&](double occupancy, double cover) {
    p.input("occupancy") = occupancy, p.input("cover") = cover;
    p.step({{0, 20}}, 1);
    return p.channel("evaporation_heat");
  };
  const auto formula_w = [&](double m_h) { return m_h / hour_s / (461.52 * 302.15) * difference_pa() * 400 * vaporisation_j_kg; };
  CHECK(evaporation_w(0, 0) == Approx(formula_w(7)).epsilon(2e-3));
  CHECK(evaporation_w(1, 0) == Approx(formula_w(28)).epsilon(2e-3));
  CHECK(evaporation_w(0.5, 0) == Approx(formula_w(17.5)).epsilon(2e-3));
  CHECK(evaporation_w(0, 1) == Approx(formula_w(0.7)).epsilon(2e-3));
  CHECK(evaporation_w(1, 0.5) == Approx(formula_w(14.35)).epsilon(2e-3));
}

TEST_CASE("the water of a pool evaporates as the ASHRAE handbook says", "[parts]") {
  OnePart p = pool({{"evaporation", 1.0}, {"in_use_activity", 0.65}});
  for (const auto& [occupancy, factor] : {std::pair{0.0, 0.5}, std::pair{1.0, 0.65}}) {
    p.input("occupancy") = occupancy;
    p.step({{0, 20}}, 1);
    CHECK(p.channel("evaporation_heat") == Approx(4e-5 * 400 * difference_pa() / 1e3 * factor * vaporisation_j_kg).epsilon(2e-3));
  }
}

TEST_CASE("a pool takes the heat it loses, and sends it back as cold as its exchanger allows", "[parts]") {
  OnePart p = pool({{"make_up", 1.0 / hour_s}, {"pump_heat", 0.0}, {"ground_loss", 200.0}, {"emissivity", 0.0}});
  p.input("make_up") = 1 / hour_s;
  run(p, 48, 45);
  const double evaporated_kg_s = p.channel("evaporation_heat") / vaporisation_j_kg;
  const double loses_w =
      p.channel("evaporation_heat") + (996.2 / hour_s + evaporated_kg_s) * 4179 * 18 + 200 * 18 - 3.5 * 400 * 2;
  CHECK(-p.gained_w() == Approx(loses_w).epsilon(5e-3));
  CHECK(p.channel("water") == Approx(28).margin(0.03));
  CHECK(p.out_c() > 28);
  CHECK(p.out_c() < 35);  // at part load colder than at the nominal point
  CHECK(std::fabs(p.imbalance_j) < 1e-3);
}

TEST_CASE("a cold source does not cool a pool, and the pool notices when heat comes back", "[parts]") {
  OnePart p = pool();
  run(p, 24, 20);
  CHECK(std::fabs(p.gained_w()) < 1e-6);
  CHECK(p.channel("water") < 27.9);
  const double cold_c = p.channel("water");
  run(p, 0.2, 50);
  CHECK(-p.gained_w() > 1e5);
  run(p, 24, 50);
  CHECK(p.channel("water") > cold_c);
}

TEST_CASE("a pool stores recovered heat in its band, and only when it may", "[parts]") {
  OnePart p = pool({{"store_band", 1.0}});
  run(p, 72, 60);
  CHECK(p.channel("water") == Approx(29).margin(0.03));
  p.input("charge") = 0;
  p.step({{p.flow_kg_s(1e5), 60}});
  CHECK(p.channel("water") < 29);
  const double before_c = p.channel("water");
  run(p, 5, 60);
  CHECK(-p.gained_w() < 1);  // lives on what it stored
  CHECK(p.channel("water") < before_c);
}

TEST_CASE("the own boiler of a pool holds the water when no heat is recovered, by fuel", "[parts]") {
  OnePart p = pool({{"backup.power", 1e5}, {"backup.efficiency", 0.8}});
  run(p, 48, 20);
  CHECK(p.channel("water") == Approx(28).margin(0.05));
  CHECK(p.ledger.heat_in_j / 60 == Approx(p.channel("backup")));
  CHECK(p.ledger.fuel_j == Approx(p.ledger.heat_in_j / 0.8));
  OnePart served = pool();
  run(served, 48, 60);
  CHECK(p.channel("backup") == Approx(-served.gained_w()).epsilon(0.02));
}

TEST_CASE("a hall is held at its set-points, its vapour leaves with the outdoor air", "[parts]") {
  OnePart p = pool(hall({{"hall.ventilation_max", 2e4 / hour_s}}));
  p.input("ventilation") = 4000 / hour_s;
  run(p, 72, 60, 5);
  CHECK(p.channel("air") == Approx(30).margin(0.25));
  CHECK(p.channel("water") == Approx(28).margin(0.05));
  CHECK(p.channel("relative_humidity") < 0.6);
  CHECK(p.channel("relative_humidity") > 0.15);
  // Steady: what evaporates leaves with the air, which comes dry.
  const double ratio =
      humidity_ratio(p.channel("relative_humidity") * saturation_pressure_pa(p.channel("air")), normal_pressure_pa);
  const double evaporated_kg_s = p.channel("evaporation_heat") / vaporisation_j_kg;
  CHECK(evaporated_kg_s / ratio == Approx(4000 / hour_s * 1.2).epsilon(0.01));
  CHECK(std::fabs(p.imbalance_j) < 1e-3);
}

TEST_CASE("a dehumidifier dries the hall to its set-point, and its heat goes where it is told", "[parts]") {
  const auto taken_w = [](double to_water) {
    OnePart p = pool(hall({{"hall.dehumidifier", 100 / hour_s}, {"hall.dehumidifier_to_water", to_water}}));
    run(p, 72, 60, 5);
    CHECK(p.channel("relative_humidity") == Approx(0.55).margin(0.01));
    CHECK(p.ledger.electricity_j > 0);
    return -p.gained_w();
  };
  // While both still need heat, they take as much of it together wherever the dehumidifier's goes.
  CHECK(taken_w(0) == Approx(taken_w(0.2)).epsilon(0.02));
}

TEST_CASE("steps of five minutes and of one agree on the heat a hall takes in a day", "[parts]") {
  const auto day_j = [](double dt_s) {
    OnePart p = pool(hall());
    p.input("ventilation") = 6000 / hour_s;
    double sum_j = 0;
    for (int i = 0; i < 86400 * 3 / dt_s; ++i) {
      p.step({{p.flow_kg_s(1e5), 60}}, dt_s, 5);
      if (i * dt_s >= 2 * 86400) sum_j -= p.gained_w() * dt_s;
    }
    return sum_j;
  };
  CHECK(day_j(300) == Approx(day_j(60)).epsilon(0.01));
}
