// Hourly means of a network with scheduled actuators do not depend on the step: 60 s within 0.1 K and 300 s within 0.5 K of 10 s.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/plant_spec.hpp"

using namespace hypocaust;

namespace {

// A heat source with a tank, a pipe pair to a station, and a building behind it.
plant::Plant network() {
  test::PlantBuilder b;
  b.circuit("source", {.initial_c = 55}).circuit("house", {.initial_c = 35});
  b.add("pump", "charge",
        {{"from", std::string("source.return")},
         {"to", std::string("source.cold")},
         {"nominal_flow", 6.0 / 3600},
         {"nominal_head", 6e4}});
  b.add("boiler", "boiler",
        {{"from", std::string("source.cold")}, {"to", std::string("source.hot")}, {"nominal_power", 8e4}, {"target", 65.0}});
  b.add("tank", "tank", {{"top", std::string("source.hot")}, {"bottom", std::string("source.return")}, {"volume", 4.0}});
  b.add("pump", "draw",
        {{"from", std::string("source.hot")},
         {"to", std::string("source.out")},
         {"nominal_flow", 5.0 / 3600},
         {"nominal_head", 8e4}});
  b.add("pipe", "supply",
        {{"from", std::string("source.out")}, {"to", std::string("source.far")}, {"length", 150.0}, {"diameter", 0.05}});
  b.add("valve", "regulating", {{"from", std::string("source.far")}, {"to", std::string("source.station")}, {"kv", 10.0 / 3600}});
  b.add("plate_exchanger", "station",
        {{"hot.from", std::string("source.station")},
         {"hot.to", std::string("source.back")},
         {"cold.from", std::string("house.in")},
         {"cold.to", std::string("house.out")},
         {"nominal_power", 6e4},
         {"nominal_approach", 5.0}});
  b.add("pipe", "back",
        {{"from", std::string("source.back")}, {"to", std::string("source.return")}, {"length", 150.0}, {"diameter", 0.05}});
  b.add("expansion_vessel", "source_vessel", {{"at", std::string("source.return")}, {"volume", 0.2}});
  b.add("pump", "round",
        {{"from", std::string("house.return")},
         {"to", std::string("house.in")},
         {"nominal_flow", 5.0 / 3600},
         {"nominal_head", 5e4}});
  b.add("pipe", "floor",
        {{"from", std::string("house.out")}, {"to", std::string("house.floor")}, {"length", 80.0}, {"diameter", 0.04}});
  b.add(
      "heat_input", "building",
      {{"from", std::string("house.floor")}, {"to", std::string("house.return")}, {"power", -3e4}, {"nominal_flow", 5.0 / 3600}});
  b.add("expansion_vessel", "house_vessel", {{"at", std::string("house.return")}, {"volume", 0.1}});
  return b.build();
}

// Hourly mean temperatures of all nodes over a day and a half, the first half day left out.
std::vector<double> hourly_c(double dt_s) {
  plant::Plant p = network();
  const auto set = [&](const char* component, const char* input, double value) {
    *p.input(p.component(component), input) = value;
  };
  std::vector<double> means;
  const int steps_an_hour = static_cast<int>(3600 / dt_s);
  for (int hour = 0; hour < 36; ++hour) {
    const double day = 2 * pi * hour / 24;
    set("charge", "speed", hour % 6 == 3 ? 0.0 : 0.7 + 0.2 * std::sin(3 * day));  // stands still for an hour, four times a day
    set("draw", "speed", 0.7 + 0.25 * std::cos(day));
    set("round", "speed", 0.8 + 0.15 * std::sin(2 * day));
    set("regulating", "position", 0.55 + 0.35 * std::sin(day + 1));
    set("building", "power", -3e4 - 2e4 * std::sin(day));
    std::vector<double> sum_c(static_cast<std::size_t>(p.nodes()), 0.0);
    for (int i = 0; i < steps_an_hour; ++i) {
      const auto report = p.step({.dt_s = dt_s, .outdoor_c = 5 + 5 * std::sin(day), .wet_bulb_c = 3, .ground_c = 8});
      REQUIRE(report.hydraulics == plant::Outcome::converged);
      for (int n = 0; n < p.nodes(); ++n) sum_c[static_cast<std::size_t>(n)] += p.node_temperature_c(n);
    }
    for (const double sum : sum_c)
      if (hour >= 12) means.push_back(sum / steps_an_hour);
  }
  return means;
}

double largest_k(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest;
}

}  // namespace

TEST_CASE("hourly means converge with the step", "[property]") {
  const auto fine = hourly_c(10), minute = hourly_c(60), coarse = hourly_c(300);
  const double at_minute_k = largest_k(minute, fine), at_coarse_k = largest_k(coarse, fine);
  WARN("hourly means against 10 s: 60 s within " << at_minute_k << " K, 300 s within " << at_coarse_k << " K");
  CHECK(at_minute_k < 0.1);
  CHECK(at_coarse_k < 0.5);
  CHECK(at_minute_k < 0.5 * at_coarse_k);  // shrinks about linearly: 50 / 290 when exactly
}
