// The planning data of an air-water unit (EN 14511 points of the IBPSA library's record Vitocal 251-A08): every point exact, bilinear
// between, refused where the table has none. And a reference run of the Buildings library: Carnot_TCon_etaPL.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "models/plant/heat_pump_laws.hpp"
#include "sim/input/heat_pump_map.hpp"
#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

TEST_CASE("a published heat pump map", "[validation]") {
  const auto heat = test::number_rows(test::validation_file("heatpump_maps/ibpsa_Vitocal251A08_tabQCon_flow.csv")),
             power = test::number_rows(test::validation_file("heatpump_maps/ibpsa_Vitocal251A08_tabPEle.csv"));
  REQUIRE(heat.size() == 6);
  const plant::HeatPumpMap map{.points = input::read_heat_pump_map(
                                   {.capacity = test::validation_file("heatpump_maps/ibpsa_Vitocal251A08_tabQCon_flow.csv"),
                                    .power = test::validation_file("heatpump_maps/ibpsa_Vitocal251A08_tabPEle.csv")}),
                               .capacity_file = {"heat.csv"},
                               .power_file = {"power.csv"}};
  REQUIRE(map.points.size() == 45 - 3);  // three zeros: no operation
  Problems problems;
  map.check(problems);
  REQUIRE(problems.items.empty());
  const plant::HeatPumpGrid<double> grid = plant::make_grid(map);
  for (std::size_t i = 1; i < heat.size(); ++i)
    for (std::size_t j = 1; j < heat[i].size(); ++j) {
      const auto p = plant::look_up(grid, heat[0][j] - 273.15, heat[i][0] - 273.15);
      CHECK(p.inside == (heat[i][j] > 0 ? 1.0 : 0.0));
      if (heat[i][j] > 0) CHECK(p.heat_w == heat[i][j]);
      if (heat[i][j] > 0) CHECK(p.power_w == power[i][j]);
    }
  for (std::size_t i = 1; i + 1 < heat.size(); ++i)  // the middle of every cell
    for (std::size_t j = 1; j + 1 < heat[i].size(); ++j) {
      const double source_c = 0.5 * (heat[0][j] + heat[0][j + 1]) - 273.15, sink_c = 0.5 * (heat[i][0] + heat[i + 1][0]) - 273.15;
      const auto p = plant::look_up(grid, source_c, sink_c);
      const double corners[] = {heat[i][j], heat[i][j + 1], heat[i + 1][j], heat[i + 1][j + 1]};
      const bool whole = corners[0] > 0 && corners[1] > 0 && corners[2] > 0 && corners[3] > 0;
      CHECK(p.inside == (whole ? 1.0 : 0.0));
      if (whole) CHECK(p.heat_w == Approx((corners[0] + corners[1] + corners[2] + corners[3]) / 4).epsilon(1e-12));
    }
  for (const auto& [source_c, sink_c] : {std::pair{-20.1, 45.0}, {35.1, 45.0}, {7.0, 34.9}, {7.0, 70.1}})
    CHECK(plant::look_up(grid, source_c, sink_c).inside == 0.0);
}

TEST_CASE("the part load of the Buildings library's Carnot heat pump", "[validation]") {
  // Its example: fraction 0.3 of Carnot's coefficient, 100 kW with 10 K at the sink (20 degC in; 100 kW / (10 K x 4200) of flow) and 5 K
  // at the source (15 degC in), efficiency 0.7 + 0.3 of the part load; evaporation 2 K below the source's and condensation 2 K above the
  // sink's outlet at the nominal point, in proportion to their heat (the library's default). Its nominal coefficient, 3.1567, says
  // the nominal lift. Given its heat, its power follows; water's properties (0.5 %) are what may differ.
  const std::string path = test::validation_file("tank/Buildings_Fluid_HeatPumps_Validation_Carnot_TCon_etaPL.txt");
  const auto heat_w = test::result_series(path, "heaPum.QCon_flow"), power_w = test::result_series(path, "heaPum.P"),
             taken_w = test::result_series(path, "heaPum.QEva_flow"), sink_out_k = test::result_series(path, "heaPum.sta_b1.T");
  REQUIRE(heat_w.size() == 101);
  double worst_frac = 0, worst_k = 0;
  for (const std::size_t k : {std::size_t{5}, std::size_t{51}, std::size_t{90}}) {
    const double load = heat_w[k] / 1e5, full_w = 1e5 * std::fmax(1, load),
                 fraction = 0.3 * std::fmax(1, 0.7 + 0.3 * load);  // the example runs beyond its nominal power
    test::OnePart hp("heat_pump",
                     {{"nominal_power", full_w},
                      {"lorenz.nominal_lift", fraction * (303.15 + 2 * full_w / 1e5) / 3.1567},
                      {"lorenz.nominal_sink", 30.0},
                      {"lorenz.fraction", fraction},  // its efficiency rises on above nominal power
                      {"lorenz.highest_cop", 30.0},
                      {"lorenz.source_approach", 2 * full_w / 1e5},
                      {"lorenz.sink_approach", 2 * full_w / 1e5},
                      {"source_axis", 2.0},
                      {"sink_axis", 2.0},
                      {"part_load_loss", load > 1 ? 0.0 : 0.3},
                      {"minimum_load", 0.1}},
                     {fluid_at({.kind = FluidKind::water, .t_c = 12.5}), fluid_at({.kind = FluidKind::water, .t_c = 25})});
    hp.input("load") = std::fmin(1, load);
    const double source_kg_s = -taken_w[k] / (hp.cp_j_kg_k(0) * 5);
    for (int i = 0; i < 60; ++i) hp.step({{source_kg_s, 15}, {1e5 / 10 / 4200, 20}});
    const double mine_w = hp.ledger.electricity_j / 60;
    worst_frac = std::fmax(worst_frac, std::fabs(mine_w / power_w[k] - 1));
    worst_k = std::fmax(worst_k, std::fabs(hp.out_c(1) + 273.15 - sink_out_k[k]));
  }
  std::printf("Carnot heat pump: power within %.2f %%, sink outlet within %.3f K\n", 100 * worst_frac, worst_k);
  test::tell({.set = "tank/Carnot", .quantity = "power", .limit = 0.5, .reached = 100 * worst_frac, .unit = "%"});
  test::tell({.set = "tank/Carnot", .quantity = "sink outlet", .limit = 0.05, .reached = worst_k, .unit = "K"});
  CHECK(worst_frac <= 0.005);
  CHECK(worst_k <= 0.05);
}
