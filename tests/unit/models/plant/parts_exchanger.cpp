// plate_exchanger against the logarithmic mean difference, an independent form of the same steady state.
#include <catch2/catch.hpp>

#include "models/plant/effectiveness.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
Keys keys(Keys more = {}) {
  Keys all{{"hot.from", "a.in"}, {"hot.to", "a.out"}, {"cold.from", "b.in"}, {"cold.to", "b.out"}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
double log_mean_k(double a_k, double b_k) { return std::fabs(a_k - b_k) < 1e-9 ? a_k : (a_k - b_k) / std::log(a_k / b_k); }
}  // namespace

TEST_CASE("an exchanger sized by its nominal point meets it", "[parts]") {
  OnePart x("plate_exchanger", keys({{"nominal_power", 112500.0}, {"nominal_approach", 3.0}}));
  // 45 -> 35 hot, 32 -> 42 cold: 3 K everywhere
  x.step({{x.param("hot_flow"), 45}, {x.param("cold_flow"), 32}});
  CHECK(x.gained_w(1) == Approx(112500).epsilon(1e-9));
  CHECK(x.out_c(0) == Approx(35).margin(1e-6));
  CHECK(x.out_c(1) == Approx(42).margin(1e-6));
  CHECK(x.gained_w(0) + x.gained_w(1) == Approx(0).margin(1e-6));
}

TEST_CASE("an exchanger sized with unequal flows meets its nominal point", "[parts]") {
  // 100 kW, approach 5 K (hot in minus cold out): hot from 60, cold to 55.
  for (const auto& [hot_kg_s, cold_kg_s] : {std::pair{4.0, 2.0}, std::pair{3.0, 2.9}}) {
    OnePart x("plate_exchanger",
              keys({{"nominal_power", 1e5}, {"nominal_approach", 5.0}, {"hot_flow", hot_kg_s}, {"cold_flow", cold_kg_s}}));
    const double cold_in_c = 55 - 1e5 / (cold_kg_s * x.cp_j_kg_k(1));
    x.step({{hot_kg_s, 60}, {cold_kg_s, cold_in_c}});
    CHECK(x.gained_w(1) == Approx(1e5).epsilon(1e-9));
  }
}

TEST_CASE("a nominal point that crosses its temperatures is refused", "[parts]") {
  // 2 kg/s lose 100 kW in 12 K, 4 kg/s gain it in 6 K: 2 K of approach would leave the hot stream colder than the cold inlet.
  CHECK_THROWS_WITH(OnePart("plate_exchanger",
                            keys({{"nominal_power", 1e5}, {"nominal_approach", 2.0}, {"hot_flow", 2.0}, {"cold_flow", 4.0}})),
                    Catch::Contains("nominal_approach") && Catch::Contains("K"));
}

TEST_CASE("off its nominal point an exchanger obeys UA x logarithmic mean difference", "[parts]") {
  OnePart x("plate_exchanger",
            keys({{"ua", 20000.0}, {"hot_flow", 2.0}, {"cold_flow", 3.0}, {"fouling", 0.1}, {"film_exponent", 0.7}}));
  x.input("capacity_frac") = 0.8;
  for (const double hot_kg_s : {0.2, 1.0, 2.0, 5.0})
    for (const double cold_kg_s : {0.3, 3.0, 4.0}) {
      x.step({{hot_kg_s, 70}, {cold_kg_s, 20}});
      const double film_hot = std::pow(hot_kg_s / 2, 0.7), film_cold = std::pow(cold_kg_s / 3, 0.7);
      const double ua_w_k = 20000 * 0.9 * 0.8 / (0.5 / film_hot + 0.5 / film_cold);
      CHECK(x.gained_w(1) == Approx(ua_w_k * log_mean_k(70 - x.out_c(1), x.out_c(0) - 20)).epsilon(1e-8));
      x.step({{hot_kg_s, 70}, {-cold_kg_s, 20}});  // one side backwards: parallel flow
      CHECK(x.gained_w(1) == Approx(ua_w_k * log_mean_k(50, x.out_c(0) - x.out_c(1))).epsilon(1e-8));
    }
}

TEST_CASE("effectiveness of every arrangement follows the textbook's tables", "[parts]") {
  // Three decimals, as in Kays and London 1984, chapter 2; unmixed from Mason's series, which the law approximates within 4 %.
  struct Point {
    double ntu, ratio, counterflow, parallel, unmixed, mixed;
  };
  for (const Point& p : {Point{1, 0, 0.632, 0.632, 0.632, 0.632}, Point{1, 0.5, 0.565, 0.518, 0.5475, 0.542},
                         Point{1, 1, 0.500, 0.432, 0.4762, 0.469}, Point{3, 0.5, 0.874, 0.659, 0.8197, 0.756},
                         Point{3, 1, 0.750, 0.499, 0.6813, 0.613}}) {
    INFO("ntu " << p.ntu << " ratio " << p.ratio);
    CHECK(plant::counterflow_effectiveness(p.ntu, p.ratio) == Approx(p.counterflow).margin(6e-4));
    CHECK(plant::parallel_effectiveness(p.ntu, p.ratio) == Approx(p.parallel).margin(6e-4));
    CHECK(plant::crossflow_unmixed_effectiveness(p.ntu, p.ratio) == Approx(p.unmixed).epsilon(0.04));
    CHECK(plant::crossflow_greater_mixed_effectiveness(p.ntu, p.ratio) == Approx(p.mixed).margin(6e-4));
  }
}

TEST_CASE("crossflow with one stream mixed solves its balance", "[parts]") {
  // The unmixed stream flows in many lanes past the mixed one, which they leave and enter as a whole: marched on a fine grid.
  for (const double ntu : {0.3, 1.0, 3.0})
    for (const double ratio : {0.2, 0.7, 1.0})
      for (const bool least_mixed : {false, true}) {
        const int n = 20000;
        const double by_lane = least_mixed ? 1 - std::exp(-ntu * ratio) : 1 - std::exp(-ntu);  // effectiveness of a lane
        double mixed = 1, given = 0;  // the mixed stream enters at 1, lanes at 0
        for (int k = 0; k < n; ++k) {
          const double lane = by_lane * mixed / n;
          given += lane;
          mixed -= lane * (least_mixed ? 1 / ratio : ratio);
        }
        const double effectiveness = least_mixed ? given / ratio : given;
        CHECK((least_mixed ? plant::crossflow_least_mixed_effectiveness(ntu, ratio)
                           : plant::crossflow_greater_mixed_effectiveness(ntu, ratio)) == Approx(effectiveness).epsilon(1e-3));
      }
}

TEST_CASE("an exchanger of any arrangement meets its nominal point and runs both ways", "[parts]") {
  for (const double arrangement : {1.0, 2.0, 3.0, 4.0})
    for (const auto& [hot_kg_s, cold_kg_s] : {std::pair{4.0, 2.0}, std::pair{2.0, 3.0}}) {
      OnePart x("plate_exchanger", keys({{"nominal_power", 1e5},
                                         {"nominal_approach", 12.0},
                                         {"hot_flow", hot_kg_s},
                                         {"cold_flow", cold_kg_s},
                                         {"arrangement", arrangement}}));
      const double cold_in_c = 55 - 1e5 / (cold_kg_s * x.cp_j_kg_k(1));
      x.step({{hot_kg_s, 67}, {cold_kg_s, cold_in_c}});
      CHECK(x.gained_w(1) == Approx(1e5).epsilon(1e-9));
      x.step({{-hot_kg_s, 67}, {cold_kg_s, cold_in_c}});
      if (arrangement == 1.0) CHECK(x.gained_w(1) > 1.01e5);  // counterflow now
      else CHECK(x.gained_w(1) == Approx(1e5).epsilon(1e-9));
    }
  CHECK_THROWS_WITH(OnePart("plate_exchanger", keys({{"nominal_power", 1e5}, {"nominal_approach", 3.0}, {"arrangement", 1.0}})),
                    Catch::Contains("nominal_approach") && Catch::Contains("counterflow"));
}

TEST_CASE("each film of an exchanger has its share and exponent, a resistance of fouling adds", "[parts]") {
  OnePart x("plate_exchanger", keys({{"ua", 20000.0},
                                     {"hot_flow", 2.0},
                                     {"cold_flow", 3.0},
                                     {"hot_film_exponent", 0.8},
                                     {"cold_film_exponent", 0.5},
                                     {"hot_share", 0.7},
                                     {"fouling_resistance", 2e-5}}));
  x.step({{1, 70}, {4, 20}});
  const double ua_w_k = 1 / ((0.7 / std::pow(0.5, 0.8) + 0.3 / std::pow(4.0 / 3, 0.5)) / 20000 + 2e-5);
  CHECK(x.gained_w(1) == Approx(ua_w_k * log_mean_k(70 - x.out_c(1), x.out_c(0) - 20)).epsilon(1e-8));
}

TEST_CASE("an exchanger moves nothing at zero flow and never crosses temperatures", "[parts]") {
  OnePart x("plate_exchanger", keys({{"nominal_power", 1e5}}));
  x.step({{0, 70}, {2, 20}});
  CHECK(x.gained_w(1) == 0.0);
  x.step({{2, 70}, {0, 20}});
  CHECK(x.gained_w(0) == 0.0);
  for (const double trickle : {1e-13, 1e-6, 1e-3}) {
    x.step({{trickle, 70}, {2, 20}});
    CHECK(x.out_c(0) >= 20 - 1e-9);
    CHECK(-x.gained_w(0) <= trickle * x.cp_j_kg_k() * 50 * (1 + 1e-9));
  }
}

TEST_CASE("an exchanger's drop is its nominal drop at nominal flow", "[parts]") {
  OnePart x("plate_exchanger", keys({{"nominal_power", 1e5}, {"hot_drop", 3e4}}));
  CHECK(x.flow_kg_s(3e4) == Approx(x.param("hot_flow")).epsilon(0.01));  // the toe keeps 1 % of nominal flow
  CHECK(x.flow_kg_s(-3e4) == Approx(-x.flow_kg_s(3e4)).epsilon(1e-9));
}
