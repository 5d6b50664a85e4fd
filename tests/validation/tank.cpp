// Standing loss of a measured hot-water store (oemof-thermal's validation data, source Naturstrom AG): 2.96 m high, 1.15 m wide,
// 100 mm of insulation. The set's own parameters and assumptions: 0.039 W/(m K), 7 and 4 W/(m2 K) inside and outside, air at
// 25 degC, layers at 82 and 55 degC. U = 1 / (1/7 + 0.1/0.039 + 1/4) = 0.33817 W/(m2 K), content pi/4 x 1.15^2 x 2.96 = 3.0745 m3.
// The level is (mean - 55) / (82 - 55). The set's statement: 0.15 to 0.45 % of the level an hour.
//
// The seven-layer tanks of the Buildings library are not compared: their layers are stirred, so that their fronts smear over
// the whole height, which this tank avoids.
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

TEST_CASE("the standing loss of a measured store", "[validation]") {
  const auto measured =
      test::number_rows(test::validation_file("tank/oemof_standby/storage_soc_measured.csv"));  // quarter hours, %
  REQUIRE(measured.size() == 23);
  test::OnePart tank("tank",
                     {{"top", "a.top"},
                      {"bottom", "a.bottom"},
                      {"volume", 3.0745},
                      {"height", 2.96},
                      {"insulation", 0.33817},
                      {"ambient", 25.0},
                      {"initial", 55.0}},
                     {fluid_at({.kind = FluidKind::water, .t_c = 75})});
  const double capacity_j_k = tank.stored_j() / 55;
  const auto level = [&] { return 100 * (tank.stored_j() / capacity_j_k - 55) / 27; };
  tank.step({{measured[0][1] / 100 * capacity_j_k / tank.cp_j_kg_k() / 1e-3, 82}}, 1e-3);  // charged within an instant
  const double start = level();
  REQUIRE(start == Approx(measured[0][1]).epsilon(1e-6));
  double worst = 0, mean_x = 0, mean_y = 0, xy = 0, xx = 0;
  for (std::size_t i = 1; i < measured.size(); ++i) {
    for (int minute = 0; minute < 15; ++minute) tank.step({{0, 25}});
    worst = std::max(worst, std::fabs(level() - measured[i][1]));
  }
  for (const auto& row : measured) mean_x += row[0] / 4 / 23, mean_y += row[1] / 23;
  for (const auto& row : measured)
    xy += (row[0] / 4 - mean_x) * (row[1] - mean_y), xx += (row[0] / 4 - mean_x) * (row[0] / 4 - mean_x);
  const double slope = (level() - start) / 5.5;
  std::printf("standing loss %.3f %% an hour, measured %.3f; largest difference of the level %.2f %%\n", slope, xy / xx, worst);
  std::printf("validation,tank/oemof_standby,standing loss,-0.15 to -0.45 %%/h,%.3f %%/h\n", slope);
  CHECK(slope < -0.15);
  CHECK(slope > -0.45);
  CHECK(worst < 1.5);  // the measured level itself jumps by up to 0.95 between readings
}
