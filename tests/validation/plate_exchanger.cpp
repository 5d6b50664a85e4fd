// Two brazed plate exchangers (18 plates, 50 kW) of a district-heating test facility, measured in three runs (Muro Alvarado et al.,
// OSMSES 2024, doi:10.1109/OSMSES62085.2024.10668994). One number a unit is fitted, UA, by least squares of the heat over two runs;
// the third is judged unseen. The exponent, 0.674 on both sides, is the data record's. Both sides have the same plates, so that
// their films are alike at the same flow: the nominal flows are equal (0.5 kg/s).
//
// The runs' cold flows are computed by their authors from the hot side's balance: the heat has one independent measurement.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

namespace {

struct Reading {
  double hot_out_c, hot_in_c, cold_in_c, cold_out_c, hot_kg_s, cold_kg_s;
};
// unit 0: exchanger 711, 1: 721; densities are the facility's own, m3/h.
std::vector<Reading> readings(const std::string& run, std::size_t unit) {
  std::vector<Reading> list;
  for (const auto& row : test::number_rows(test::validation_file("plate_hx/phe_" + run + ".csv.gz"))) {
    const double* x = row.data() + 1 + 6 * unit;
    list.push_back({x[0], x[1], x[2], x[3], x[4] * 985 / 3600, x[5] * 999 / 3600});
  }
  return list;
}

struct Off {
  double heat_frac, hot_k, cold_k;  // rms; the heat's over the rms of the heat
};
Off off(const std::vector<Reading>& run, double ua_w_k) {
  test::OnePart x("plate_exchanger", {{"ua", ua_w_k}, {"hot_flow", 0.5}, {"cold_flow", 0.5}, {"film_exponent", 0.674}},
                  {fluid_at({.kind = FluidKind::water, .t_c = 55}), fluid_at({.kind = FluidKind::water, .t_c = 20})});
  double miss = 0, heat = 0, hot = 0, cold = 0;
  for (const Reading& r : run) {
    x.step({{r.hot_kg_s, r.hot_in_c}, {r.cold_kg_s, r.cold_in_c}});
    const double heat_w = r.hot_kg_s * x.cp_j_kg_k(0) * (r.hot_in_c - r.hot_out_c);
    miss += (x.gained_w(1) - heat_w) * (x.gained_w(1) - heat_w), heat += heat_w * heat_w;
    hot += (x.out_c(0) - r.hot_out_c) * (x.out_c(0) - r.hot_out_c),
        cold += (x.out_c(1) - r.cold_out_c) * (x.out_c(1) - r.cold_out_c);
  }
  const double n = static_cast<double>(run.size());
  return {std::sqrt(miss / heat), std::sqrt(hot / n), std::sqrt(cold / n)};
}

}  // namespace

TEST_CASE("measured plate exchangers, one run unseen", "[validation]") {
  for (const std::size_t unit : {std::size_t{0}, std::size_t{1}}) {
    auto fitted = readings("2401_Test2", unit);
    const auto more = readings("2301_Test2", unit), unseen = readings("1701_Test3", unit);
    fitted.insert(fitted.end(), more.begin(), more.end());
    REQUIRE(fitted.size() == 2595 + 4621);
    REQUIRE(unseen.size() == 3919);
    double low_w_k = 300, high_w_k = 3000;  // golden section: the sum of squares has one minimum
    const double share = (std::sqrt(5.0) - 1) / 2;
    while (high_w_k - low_w_k > 0.5) {
      const double a = high_w_k - share * (high_w_k - low_w_k), b = low_w_k + share * (high_w_k - low_w_k);
      if (off(fitted, a).heat_frac < off(fitted, b).heat_frac) high_w_k = b;
      else low_w_k = a;
    }
    const double ua_w_k = 0.5 * (low_w_k + high_w_k);
    const Off seen = off(fitted, ua_w_k), judged = off(unseen, ua_w_k);
    std::printf(
        "plate exchanger %zu: UA %.0f W/K at 0.5 kg/s; heat %.1f %% fitted, %.1f %% unseen; outlets unseen %.2f and %.2f K\n",
        unit, ua_w_k, 100 * seen.heat_frac, 100 * judged.heat_frac, judged.hot_k, judged.cold_k);
    const std::string set = "plate_hx/unit " + std::to_string(unit);
    test::tell(
        {.set = set, .quantity = "heat of the unseen run (rms)", .limit = 6, .reached = 100 * judged.heat_frac, .unit = "%"});
    test::tell({.set = set, .quantity = "hot outlet RMSE", .limit = 1, .reached = judged.hot_k, .unit = "K"});
    test::tell({.set = set, .quantity = "cold outlet RMSE", .limit = 1, .reached = judged.cold_k, .unit = "K"});
    CHECK(judged.heat_frac <= 0.06);
    CHECK(judged.hot_k <= 1);
    CHECK(judged.cold_k <= 1);
  }
}
