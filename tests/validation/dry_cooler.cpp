// The dry cooler of the Buildings library (reference run of its example DryCooler): sized like ours by its nominal point (35 to 30 degC,
// air at 25 degC, equal capacity flows: effectiveness 0.5) and crossflow, both unmixed. Compared where its fan runs at full speed and
// its pump runs: there flows are nominal, and the outlet follows from inlet and air. Its films follow their temperatures, ours
// do not (its effectiveness is 0.487 to 0.515): hence 3 % of the heat.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

TEST_CASE("the Buildings library's dry cooler at full fan speed", "[validation]") {
  const std::string path = test::validation_file("tank/Buildings_Fluid_HeatExchangers_CoolingTowers_Examples_DryCooler.txt");
  const auto in_k = test::result_series(path, "TEnt.T"), out_k = test::result_series(path, "tow.TLvg"),
             air_k = test::result_series(path, "tow.TDryBul"), fan_w = test::result_series(path, "tow.PFan");
  REQUIRE(in_k.size() == 101);
  test::OnePart cooler("dry_cooler", {{"from", "a.in"},
                                      {"to", "a.out"},
                                      {"nominal_power", 1e5},
                                      {"nominal_inlet", 35.0},
                                      {"nominal_outlet", 30.0},
                                      {"nominal_air", 25.0},
                                      {"nominal_air_rise", 5.0}});
  cooler.input("fan_speed") = 1;
  double squares = 0, heat = 0;
  int compared = 0;
  for (std::size_t k = 0; k < in_k.size(); ++k) {
    if (fan_w[k] < 524.99 || in_k[k] - out_k[k] < 0.01) continue;
    cooler.step({{cooler.param("nominal_flow"), in_k[k] - 273.15}}, 60, air_k[k] - 273.15);
    const double off_k = cooler.out_c() + 273.15 - out_k[k];
    squares += off_k * off_k, ++compared;
    heat += (in_k[k] - out_k[k]) * (in_k[k] - out_k[k]);
  }
  REQUIRE(compared > 40);
  const double rmse_k = std::sqrt(squares / compared), heat_frac = std::sqrt(squares / heat);
  std::printf("dry cooler at full speed, %d times: outlet rmse %.3f K, heat %.1f %%\n", compared, rmse_k, 100 * heat_frac);
  test::tell({.set = "tank/DryCooler", .quantity = "heat (rms)", .limit = 3, .reached = 100 * heat_frac, .unit = "%"});
  test::tell({.set = "tank/DryCooler", .quantity = "outlet RMSE", .limit = 0.1, .reached = rmse_k, .unit = "K"});
  CHECK(heat_frac <= 0.03);
  CHECK(rmse_k <= 0.1);
}
