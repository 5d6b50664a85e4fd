// heat_pump: its two laws by hand, consistency with outlets, envelope, times, and what closes.
#include <catch2/catch.hpp>

#include "models/plant/heat_pump_laws.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {

using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart unit(Keys more = {}, double start_c = 30) {
  Keys all{{"source.from", "a.in"}, {"source.to", "a.out"}, {"sink.from", "b.in"}, {"sink.to", "b.out"}, {"nominal_power", 1e5}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("heat_pump", all, {}, start_c);
}
constexpr double inlet = 1, outlet = 2, mean = 3;  // plant::Axis
const Keys free_times{{"minimum_run", 0.0}, {"minimum_rest", 0.0}};

plant::HeatPumpMap small_map() {
  return {{{0, 35, 8e4, 2e4}, {0, 55, 7e4, 2.8e4}, {10, 35, 1e5, 2.1e4}, {10, 55, 9e4, 3e4}, {20, 35, 1.2e5, 2.2e4}}, {}, {}};
}

}  // namespace

TEST_CASE("a heat pump's coefficient of performance is the given share of Lorenz's", "[parts]") {
  // Source 30 -> about 25, sink 50 -> 85 degC, share 0.54: the published point of a data-centre plant has COP 4.35.
  OnePart hp = unit({{"lorenz.fraction", 0.54}});
  const double sink_kg_s = 1e5 / (hp.cp_j_kg_k(1) * 35);
  for (int i = 0; i < 60; ++i) hp.step({{1.84, 30}, {sink_kg_s, 50}});
  CHECK(hp.gained_w(1) == Approx(1e5).epsilon(1e-6));
  CHECK(hp.out_c(1) == Approx(85).margin(1e-3));
  const auto log_mean_k = [](double one_c, double other_c) {
    return (other_c - one_c) / std::log((other_c + 273.15) / (one_c + 273.15));
  };
  const double sink_k = log_mean_k(50, hp.out_c(1)), source_k = log_mean_k(30, hp.out_c(0));
  CHECK(hp.channel("cop") == Approx(0.54 * sink_k / (sink_k - source_k)).epsilon(1e-6));
  CHECK(-hp.gained_w(0) == Approx(1e5 - hp.ledger.electricity_j / 60).epsilon(1e-6));
}

TEST_CASE("the share of Lorenz's coefficient follows the lift, its ceiling holds", "[parts]") {
  // Inlet axes: lift 50 - 30 = 20 K, share 0.5 + 0.01 (20 - 40) = 0.3; COP 0.3 x 323.15 / 20 = 4.847.
  OnePart hp = unit({{"lorenz.slope", 0.01}, {"source_axis", inlet}, {"sink_axis", inlet}});
  hp.step({{4, 30}, {4, 50}});
  CHECK(hp.channel("cop") == Approx(0.3 * 323.15 / 20).epsilon(1e-9));
  hp.step({{4, 45}, {4, 40}});  // no lift
  CHECK(hp.channel("cop") == Approx(12).epsilon(1e-9));
}

TEST_CASE("part load changes heat, and power by its factor", "[parts]") {
  OnePart hp = unit({{"part_load_loss", 0.3}, {"source_axis", inlet}, {"sink_axis", inlet}});
  hp.step({{4, 30}, {4, 50}});
  const double full_cop = hp.channel("cop");
  hp.input("load") = 0.5;
  for (int i = 0; i < 60; ++i) hp.step({{4, 30}, {4, 50}});
  CHECK(hp.gained_w(1) == Approx(5e4).epsilon(1e-6));
  CHECK(hp.channel("cop") == Approx(0.85 * full_cop).epsilon(1e-9));
  hp.input("capacity_frac") = 0.8;
  for (int i = 0; i < 60; ++i) hp.step({{4, 30}, {4, 50}});
  CHECK(hp.gained_w(1) == Approx(4e4).epsilon(1e-6));
}

TEST_CASE("a heat pump's map is exact on its points and bilinear between them", "[parts]") {
  const plant::HeatPumpGrid<double> grid = plant::make_grid(small_map());
  for (const plant::MapPoint& point : small_map().points) {
    const auto p = plant::look_up(grid, point.source_c, point.sink_c);
    CHECK(p.heat_w == point.capacity_w);
    CHECK(p.power_w == point.power_w);
    CHECK(p.inside == 1.0);
  }
  const auto p = plant::look_up(grid, 2.5, 40.0);  // a quarter of the way in both
  CHECK(p.heat_w == Approx(0.75 * 0.75 * 8e4 + 0.75 * 0.25 * 7e4 + 0.25 * 0.75 * 1e5 + 0.25 * 0.25 * 9e4).epsilon(1e-12));
  CHECK(p.inside == 1.0);
  for (const auto& [source_c, sink_c] :
       {std::pair{-1.0, 40.0}, {21.0, 35.0}, {5.0, 34.0}, {5.0, 56.0}, {20.0, 36.0}, {11.0, 45.0}})
    CHECK(plant::look_up(grid, source_c, sink_c).inside == 0.0);
}

TEST_CASE("the slopes of map and Lorenz share are those of their values", "[parts]") {
  const plant::HeatPumpGrid<double> grid = plant::make_grid(small_map());
  const plant::LorenzData<double> share{1e5, 0.5, 40, 0.004, 12};
  const auto check = [](const auto& law) {
    const double source_c = 6, sink_c = 44, step_k = 1e-4;
    const auto p = law(source_c, sink_c);
    const auto by_source = law(source_c + step_k, sink_c), by_sink = law(source_c, sink_c + step_k);
    CHECK(p.heat_w_k[0] == Approx((by_source.heat_w - p.heat_w) / step_k).epsilon(1e-4).margin(1e-6));
    CHECK(p.heat_w_k[1] == Approx((by_sink.heat_w - p.heat_w) / step_k).epsilon(1e-4).margin(1e-6));
    CHECK(p.power_w_k[0] == Approx((by_source.power_w - p.power_w) / step_k).epsilon(1e-4).margin(1e-6));
    CHECK(p.power_w_k[1] == Approx((by_sink.power_w - p.power_w) / step_k).epsilon(1e-4).margin(1e-6));
  };
  check([&](double source_c, double sink_c) { return plant::look_up(grid, source_c, sink_c); });
  check([&](double source_c, double sink_c) { return plant::lorenz(share, source_c, sink_c); });
}

TEST_CASE("heat and power belong to the outlets they make", "[parts]") {
  OnePart hp = unit({{"source_axis", outlet}, {"sink_axis", outlet}});
  for (int i = 0; i < 30; ++i) hp.step({{3, 20}, {3, 40}});
  const double sink_k = hp.out_c(1) + 273.15, lift_k = hp.out_c(1) - hp.out_c(0);
  CHECK(hp.channel("cop") == Approx(0.5 * sink_k / lift_k).epsilon(1e-7));
  OnePart hour = unit({{"source_axis", outlet}, {"sink_axis", mean}});  // a transient: the mean of the step
  hour.step({{3, 20}, {3, 40}}, 600);
  CHECK(std::fabs(hour.imbalance_j) < 1e-9 * 6e7);
}

TEST_CASE("the whole approaches hold at the nominal point", "[parts]") {
  // 50 + 3 degC less 17 - 4 degC is the nominal lift; COP 0.5 x 326.15 / 40 = 4.0769, evaporator heat 100 (1 - 1 / 4.0769) = 75.47 kW.
  OnePart hp =
      unit({{"source_axis", inlet}, {"sink_axis", inlet}, {"lorenz.source_approach", 4.0}, {"lorenz.sink_approach", 3.0}});
  for (int i = 0; i < 30; ++i) hp.step({{4, 17}, {4, 50}});
  CHECK(hp.channel("cop") == Approx(4.0769).epsilon(1e-4));
  CHECK(-hp.gained_w(0) == Approx(75471.4).epsilon(1e-4));
}

TEST_CASE("approaches lower the coefficient of performance with the heat", "[parts]") {
  OnePart hp =
      unit({{"source_axis", outlet}, {"sink_axis", outlet}, {"lorenz.source_approach", 4.0}, {"lorenz.sink_approach", 3.0}});
  hp.input("load") = 0.6;
  for (int i = 0; i < 30; ++i) hp.step({{3, 20}, {3, 40}});
  const double sink_c = hp.out_c(1) + 3 * 0.6, source_c = hp.out_c(0) + 4 * hp.gained_w(0) / 75471.4;
  CHECK(hp.channel("cop") == Approx(0.5 * (sink_c + 273.15) / (sink_c - source_c)).epsilon(1e-7));
}

TEST_CASE("a heat pump refuses outside its limits, rests, and tells why", "[parts]") {
  OnePart hp = unit({{"source_min", 15.0}, {"sink_max", 60.0}});
  hp.step({{4, 30}, {4, 40}});
  CHECK(hp.gained_w(1) > 0);
  hp.step({{4, 14.9}, {4, 40}});
  CHECK(hp.ledger.electricity_j == 0);
  CHECK(hp.reason() == "off: source below its lowest temperature");
  hp.step({{4, 30}, {4, 40}});
  CHECK(hp.reason() == "off: rests");
  for (int i = 0; i < 9; ++i) hp.step({{4, 30}, {4, 40}});  // ten minutes in all
  CHECK(hp.reason() == "runs");
  hp.step({{4, 30}, {4, 59}});
  CHECK(hp.reason() == "off: sink above its highest temperature");
  CHECK(hp.ledger.electricity_j == 0);
}

TEST_CASE("a heat pump without flow stops before it freezes or boils", "[parts]") {
  OnePart hp = unit(free_times);
  for (int i = 0; i < 60; ++i) {
    hp.step({{0, 30}, {4, 40}});
    REQUIRE(std::fabs(hp.imbalance_j) < 1e-3);
  }
  CHECK(hp.reason() == "off: evaporator would fall below its lowest temperature");
  OnePart other = unit(free_times);
  for (int i = 0; i < 60; ++i) other.step({{4, 30}, {0, 40}});
  CHECK(other.reason() == "off: sink above its highest temperature");
}

TEST_CASE("a heat pump runs its least time and stops at once when broken", "[parts]") {
  OnePart hp = unit();
  hp.step({{4, 30}, {4, 40}});
  hp.input("load") = 0.1;  // below the least load
  for (int i = 0; i < 9; ++i) {
    hp.step({{4, 30}, {4, 40}});
    CHECK(hp.reason() == "runs");
  }
  CHECK(hp.channel("electricity") > 0);
  hp.step({{4, 30}, {4, 40}});
  CHECK(hp.reason() == "off: no demand");
  OnePart broken = unit();
  broken.step({{4, 30}, {4, 40}});
  broken.input("available") = 0;
  broken.step({{4, 30}, {4, 40}});
  CHECK(broken.reason() == "off: out of order");
  CHECK(broken.ledger.electricity_j == 0);
}

TEST_CASE("a sink colder than the map is refused, or held at the map's edge", "[parts]") {
  for (const bool hold : {false, true}) {
    Typed params = test::PlantBuilder::make("heat_pump", {{"cold_sink", hold ? 1.0 : 0.0}});
    const Located place = locate(*params.schema(), params.object(), "map");
    place.type->resize(place.member, 1);
    *static_cast<plant::HeatPumpMap*>(place.type->at(place.member, 0)) = small_map();
    OnePart hp(std::move(params));
    for (int i = 0; i < 60; ++i) hp.step({{20, 5}, {20, 20}});
    CHECK(hp.reason() == (hold ? "runs" : "off: sink below the map (`cold_sink: hold` would run)"));
    CHECK(hp.gained_w(1) == Approx(hold ? 9e4 : 0).epsilon(1e-9));  // half way from 80 to 100 kW
    for (int i = 0; i < 60; ++i) hp.step({{20, 5}, {4, 40}});       // outlet t: 40 + (9e4 - 500 (t - 35)) / (4 x 4182) = 45.2
    const double sink_c = hp.out_c(1);
    CHECK(hp.gained_w(1) == Approx(9e4 - 500 * (sink_c - 35)).epsilon(1e-7));
    CHECK(hp.ledger.electricity_j / 60 == Approx(20500 + 425 * (sink_c - 35)).epsilon(1e-7));
  }
}

TEST_CASE("a heat pump starts where its settled outlet is inside the map, whatever the step", "[parts]") {
  // 10 kW into 0.5 kg/s: 31 -> 35.8 degC; a cold content's first outlet over a minute is below the map's lowest sink temperature.
  for (const double dt_s : {10.0, 60.0, 600.0, 3600.0})
    for (const double inlet_c : {29.0, 31.0}) {
      Typed params = test::PlantBuilder::make("heat_pump", {{"sink_content", 100.0}});
      const Located place = locate(*params.schema(), params.object(), "map");
      place.type->resize(place.member, 1);
      *static_cast<plant::HeatPumpMap*>(place.type->at(place.member, 0)) = {
          {{0, 35, 1e4, 2e3}, {0, 55, 1e4, 3e3}, {10, 35, 1e4, 2e3}, {10, 55, 1e4, 3e3}}, {}, {}};
      OnePart hp(std::move(params), {}, 20);
      hp.step({{1, 5}, {0.5, inlet_c}}, dt_s);
      CHECK(hp.reason() == (inlet_c > 30 ? "runs" : "off: sink below the map (`cold_sink: hold` would run)"));
      CHECK(std::fabs(hp.imbalance_j) < 1e-9 * 1e4 * dt_s);
    }
}

TEST_CASE("shell loss is power that reaches neither stream", "[parts]") {
  OnePart hp = unit({{"shell_loss", 0.1}});
  for (int i = 0; i < 60; ++i) hp.step({{4, 30}, {4, 40}});
  CHECK(hp.ledger.power_in_j == Approx(0.9 * hp.ledger.electricity_j).epsilon(1e-12));
  CHECK(hp.gained_w(0) + hp.gained_w(1) == Approx(hp.ledger.power_in_j / 60).epsilon(1e-6));
}

TEST_CASE("a map that is no map, or nothing to size by, is told", "[parts]") {
  CHECK_THROWS_WITH(OnePart("heat_pump", {{"source.from", "a.in"}, {"source.to", "a.out"}}), Catch::Contains("nominal_power"));
  const auto problems = [](plant::HeatPumpMap map) {
    Problems found;
    map.check(found);
    std::string text;
    for (const auto& item : found.items) text += item.key + ": " + item.text + "\n";
    return text;
  };
  CHECK_THAT(problems(small_map()), Catch::StartsWith("points: leave out source 20 degC with sink 55 degC (the unit"));
  plant::HeatPumpMap cell{{{0, 35, 8e4, 2e4}, {0, 55, 7e4, 2.8e4}, {10, 35, 1e5, 2.1e4}, {10, 55, 9e4, 3e4}}, {}, {}};
  CHECK(problems(cell).empty());
  cell.points.pop_back();
  CHECK_THAT(problems(cell), Catch::StartsWith("points: has no two neighbouring"));
  cell.capacity_file.path = cell.power_file.path = "table.csv";
  CHECK_THAT(problems(cell), Catch::StartsWith("capacity_file: has no two neighbouring"));
  CHECK_THAT(problems({{{0, 35, 8e4, 2e4}, {0, 55, 7e4, 2.8e4}}, {}, {}}), Catch::Contains("1 different source"));
  auto map = small_map();
  map.points[1].power_w = 8e4;
  CHECK_THAT(problems(map), Catch::Contains("points.1.power: is not below `capacity`"));
  map = small_map();
  map.capacity_file.path = "q.csv";
  CHECK_THAT(problems(map), Catch::Contains("power_file: is missing"));
  map = small_map();
  map.points[3] = map.points[0];
  CHECK_THAT(problems(map), Catch::Contains("points.3: repeats the temperatures of point 0"));
}
