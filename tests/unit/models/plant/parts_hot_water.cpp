// hot_water: draw-offs against closed balances, preheating, top-up, loop, hygiene; store and exchanger.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
constexpr double store = 0, instantaneous = 1, none = 0, hot_store = 1, periodic = 2, gas = 0, electric = 1;

OnePart hot_water(double system, double hygiene, const Keys& more = {}) {
  Keys all{{"system", system}, {"hygiene", hygiene}, {"nominal_power", 2e4}, {"draw", 0.0}, {"cold_water", 10.0}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("hot_water", all);
}
void run(OnePart& part, double hours, double supply_c) {
  for (int i = 0; i < std::lround(hours * 60); ++i) part.step({{part.flow_kg_s(1e5), supply_c}});
}
const double litre_a_minute_m3_s = 1e-3 / 60;
}  // namespace

TEST_CASE("a hot-water store gives what is drawn, by recovered heat and top-up", "[parts]") {
  for (const double supply_c : {20.0, 40.0, 55.0, 75.0}) {
    OnePart w = hot_water(store, none, {{"volume", 0.5}, {"top_up.kind", electric}, {"top_up.power", 5e4}, {"initial", 60.0}});
    w.input("draw") = 4 * litre_a_minute_m3_s;
    run(w, 48, supply_c);
    const double wanted_w = 4 * litre_a_minute_m3_s * 992.2 * 4179 * 35;
    INFO("supply " << supply_c);
    CHECK(w.channel("drawn_heat") == Approx(wanted_w).epsilon(2e-3));
    CHECK(-w.gained_w() + w.channel("top_up") == Approx(w.channel("drawn_heat") + w.channel("losses")).epsilon(1e-3));
    CHECK(w.ledger.electricity_j == Approx(w.ledger.heat_in_j / 0.99));
    if (supply_c < 41) CHECK(w.channel("top_up") > 0.2 * wanted_w);
    if (supply_c > 20) CHECK(w.out_c() < supply_c);
    CHECK(std::fabs(w.imbalance_j) < 1e-3);
  }
}

TEST_CASE("the colder what is drawn leaves a store, the colder the plant gets its return", "[parts]") {
  const auto return_c = [](double litres_a_minute) {
    OnePart w = hot_water(store, none, {{"volume", 0.5}, {"top_up.kind", gas}});
    w.input("draw") = litres_a_minute * litre_a_minute_m3_s;
    run(w, 24, 60);
    return w.out_c();
  };
  CHECK(return_c(8) < return_c(4));
  CHECK(return_c(4) < return_c(1));
  CHECK(return_c(8) > 10);
}

TEST_CASE("a draw-off that store and top-up cannot meet is told as unmet", "[parts]") {
  OnePart w = hot_water(store, none, {{"volume", 0.2}, {"top_up.kind", electric}, {"top_up.power", 2e3}, {"initial", 60.0}});
  w.input("draw") = 8 * litre_a_minute_m3_s;
  run(w, 0.1, 20);
  CHECK(w.need().unmet_j == 0);
  CHECK(w.need().short_s == 0);
  run(w, 2, 20);
  const double wanted_w = 8 * litre_a_minute_m3_s * 992.2 * 4179 * 35;
  CHECK(w.channel("supply") < 45);
  CHECK(w.need().unmet_j == Approx((wanted_w - w.channel("drawn_heat")) * 60).epsilon(1e-3));
  CHECK(w.need().short_s == 60);
}

TEST_CASE("a standing store cools as its loss says, and its top-up replaces just that", "[parts]") {
  OnePart w = hot_water(store, none, {{"volume", 0.3}, {"loss", 3.0}, {"initial", 60.0}, {"ambient", 20.0}});
  const double start_j = w.stored_j();
  run(w, 24, 15);
  const double capacity_j_k = start_j / 60;
  CHECK(w.stored_j() / capacity_j_k == Approx(20 + 40 * std::exp(-3.0 * 86400 / capacity_j_k)).epsilon(1e-4));
  OnePart held =
      hot_water(store, none, {{"volume", 0.3}, {"loss", 3.0}, {"initial", 60.0}, {"ambient", 20.0}, {"top_up.kind", gas}});
  run(held, 24, 15);
  CHECK(held.channel("top_up") > 0);
  CHECK(held.channel("layer", 5) == Approx(60).margin(0.1));
}

TEST_CASE("an exchanger without store warms what passes, never beyond its set-point", "[parts]") {
  for (const double supply_c : {8.0, 30.0, 50.0, 80.0}) {
    OnePart w = hot_water(instantaneous, none,
                          {{"top_up.kind", gas}, {"set_temperature", 50.0}, {"nominal_supply", 60.0}, {"nominal_outlet", 50.0}});
    w.input("draw") = 6 * litre_a_minute_m3_s, w.input("set_temperature") = 50;
    run(w, 1, supply_c);
    INFO("supply " << supply_c);
    CHECK(w.channel("supply") == Approx(50).margin(1e-6));
    const double wanted_w = 6 * litre_a_minute_m3_s * 992.2 * 4179 * 35;
    CHECK(w.channel("drawn_heat") == Approx(wanted_w).epsilon(2e-3));
    CHECK(-w.gained_w() + w.channel("top_up") == Approx(wanted_w).epsilon(2e-3));
    if (supply_c == 8) CHECK(-w.gained_w() == Approx(0).margin(1e-6));
    if (supply_c == 30) CHECK(-w.gained_w() < 20.0 / 40 * wanted_w);
    if (supply_c == 80) CHECK(w.channel("top_up") < 0.1 * wanted_w);
    CHECK(std::fabs(w.imbalance_j) < 1e-6);
  }
}

TEST_CASE("a circulation loop loses what its length says, back at the temperature of its flow", "[parts]") {
  OnePart w = hot_water(
      store, hot_store,
      {{"volume", 0.5}, {"loss", 0.0}, {"loop_loss", 20.0}, {"top_up.kind", gas}, {"ambient", 18.0}, {"initial", 60.0}});
  run(w, 48, 15);
  CHECK(w.channel("losses") == Approx(20.0 * (59 - 18)).epsilon(0.08));  // mean of 60 and 56 degC, less what the store varies
  CHECK(w.channel("loop_return") == Approx(56.2).margin(0.5));
  CHECK(w.channel("hygienic") == 1);
}

TEST_CASE("a store at 60 degC is hygienic while its top-up can hold it, and only then", "[parts]") {
  OnePart w = hot_water(store, hot_store, {{"volume", 0.5}, {"top_up.kind", electric}, {"top_up.power", 3e3}, {"initial", 60.0}});
  run(w, 1, 20);
  CHECK(w.channel("hygienic_time") == Approx(3600));
  w.input("draw") = 10 * litre_a_minute_m3_s;
  run(w, 3, 20);
  CHECK(w.channel("hygienic") == 0);
  CHECK(w.channel("hygienic_time") < 3600 * 1.8);
}

TEST_CASE("periodic disinfection heats the whole store for its time, then leaves it", "[parts]") {
  OnePart w = hot_water(store, periodic,
                        {{"volume", 0.3},
                         {"set_temperature", 50.0},
                         {"disinfection_every", 2 * 86400.0},
                         {"disinfection_temperature", 70.0},
                         {"disinfection_hold", 1800.0},
                         {"top_up.kind", electric},
                         {"top_up.power", 6e3}});
  w.input("set_temperature") = 50;
  run(w, 47.9, 20);
  CHECK(w.reason() == "normal");
  int disinfecting = 0;
  double coldest_c = 0;
  for (int i = 0; i < 6 * 60; ++i) {
    run(w, 1.0 / 60, 20);
    if (w.reason() == "disinfecting") ++disinfecting, coldest_c = std::max(coldest_c, w.channel("layer", 0));
  }
  CHECK(coldest_c == Approx(70).margin(0.5));
  CHECK(disinfecting > 100);  // 0.3 m3 from about 50 to 70 degC at 6 kW, and half an hour
  CHECK(disinfecting < 330);
  CHECK(w.reason() == "normal");
  CHECK(w.channel("hygienic") == 1);
  // A top-up that cannot: overdue by more than a day is no longer hygienic.
  OnePart weak = hot_water(
      store, periodic,
      {{"volume", 2.0}, {"loss", 50.0}, {"disinfection_every", 86400.0}, {"top_up.kind", electric}, {"top_up.power", 500.0}});
  run(weak, 60, 20);
  CHECK(weak.reason() == "disinfecting");
  CHECK(weak.channel("hygienic") == 0);
}
