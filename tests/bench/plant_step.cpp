// What a plant step costs, audited, hydraulics every minute. Must: 4.5 us for 34 looped pipes with 16 users; the aim for the
// leisure centre (three heat exchangers, a tank, a dry cooler, four circuits) is 3 us. docs/methods/hydraulics.md has the last result.
#include <time.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using test::PlantBuilder;

namespace {

double cpu_s() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// configs/sites/leisure_centre.yaml without its room unit.
PlantBuilder leisure_centre() {
  PlantBuilder b;
  b.circuit("centre", {.initial_c = 35}).circuit("reuse", {.initial_c = 35}).circuit("rack", {.initial_c = 35});
  b.circuit("roof", {.fluid = FluidKind::propylene_glycol, .glycol_frac = 0.35, .initial_c = 20});
  const double h = 1.0 / 3600;
  b.add("direct_to_chip", "plates",
        {{"from", "rack.cold"}, {"to", "rack.hot"}, {"nominal_power", 112.5e3}, {"nominal_rise", 10.0}});
  b.add("plate_exchanger", "recovery",
        {{"hot.from", "rack.hot"},
         {"hot.to", "rack.after"},
         {"cold.from", "reuse.pumped"},
         {"cold.to", "reuse.supply"},
         {"nominal_power", 112.5e3},
         {"nominal_approach", 3.0}});
  b.add("three_way_valve", "dump_valve",
        {{"inlet", "rack.after"}, {"outlet_a", "rack.to_dump"}, {"outlet_b", "rack.cool"}, {"kv", 25 * h}});
  b.add("plate_exchanger", "dump",
        {{"hot.from", "rack.to_dump"},
         {"hot.to", "rack.cool"},
         {"cold.from", "roof.cold"},
         {"cold.to", "roof.hot"},
         {"nominal_power", 125e3},
         {"nominal_approach", 3.0}});
  b.add("pump", "rack_pump", {{"from", "rack.cool"}, {"to", "rack.cold"}, {"nominal_flow", 10 * h}, {"nominal_head", 1.2e5}});
  b.add("expansion_vessel", "rack_vessel", {{"at", "rack.cool"}, {"volume", 0.08}});
  b.add("pump", "roof_pump", {{"from", "roof.back"}, {"to", "roof.cold"}, {"nominal_flow", 11 * h}, {"nominal_head", 1e5}});
  b.add("dry_cooler", "cooler", {{"from", "roof.hot"}, {"to", "roof.back"}, {"nominal_power", 160e3}});
  b.add("expansion_vessel", "roof_vessel", {{"at", "roof.back"}, {"volume", 0.08}});
  b.add("pump", "reuse_pump",
        {{"from", "reuse.return"}, {"to", "reuse.pumped"}, {"nominal_flow", 10 * h}, {"nominal_head", 0.6e5}});
  b.add("tank", "tank", {{"top", "reuse.supply"}, {"bottom", "reuse.return"}, {"volume", 10.0}, {"layers", 12.0}});
  b.add("expansion_vessel", "reuse_vessel", {{"at", "reuse.return"}, {"volume", 0.5}});
  b.add("pump", "station_pump",
        {{"from", "reuse.supply"}, {"to", "reuse.station"}, {"nominal_flow", 10 * h}, {"nominal_head", 0.6e5}});
  b.add("plate_exchanger", "station",
        {{"hot.from", "reuse.station"},
         {"hot.to", "reuse.return"},
         {"cold.from", "centre.pumped"},
         {"cold.to", "centre.flow"},
         {"nominal_power", 120e3},
         {"nominal_approach", 2.0}});
  b.add("pipe", "centre_pipe", {{"from", "centre.flow"}, {"to", "centre.supply"}, {"length", 60.0}, {"nominal_flow", 12 * h}});
  b.add("pipe", "return_pipe", {{"from", "centre.return"}, {"to", "centre.pump_in"}, {"length", 60.0}, {"nominal_flow", 12 * h}});
  b.add("pump", "centre_pump",
        {{"from", "centre.pump_in"}, {"to", "centre.pumped"}, {"nominal_flow", 12 * h}, {"nominal_head", 0.8e5}});
  b.add("expansion_vessel", "centre_vessel", {{"at", "centre.pump_in"}, {"volume", 0.1}});
  b.add("heat_user", "pool",
        {{"from", "centre.supply"}, {"to", "centre.return"}, {"max_flow", 8 * h}, {"minimum_approach", 3.0}});
  b.add("heat_user", "showers",
        {{"from", "centre.supply"}, {"to", "centre.return"}, {"max_flow", 4 * h}, {"minimum_approach", 3.0}});
  return b;
}

// `ring` supply and as many return pipes, each ring closed, with chords across every tenth node when it is long; a user at every
// node but the plant's, a boiler and a pump.
PlantBuilder district(int ring) {
  PlantBuilder b;
  b.circuit("net", {.initial_c = 60});
  const auto name = [&](const char* side, int i) { return std::string("net.") + side + std::to_string(i % ring); };
  const double main_m = 0.08 * std::sqrt(ring / 17.0);
  const auto pair = [&](const std::string& n, int from, int to, double length_m) {
    b.add("pipe", "supply" + n, {{"from", name("s", from)}, {"to", name("s", to)}, {"length", length_m}, {"diameter", main_m}});
    b.add("pipe", "return" + n, {{"from", name("r", to)}, {"to", name("r", from)}, {"length", length_m}, {"diameter", main_m}});
  };
  for (int i = 0; i < ring; ++i) {
    pair(std::to_string(i), i, i + 1, 60.0 + 7 * (i % 17));
    if (ring > 40 && i % 10 == 5 && i < ring / 2) pair("_chord" + std::to_string(i), i, ring - i, 150.0);
    if (i > 0)
      b.add("heat_user", "user" + std::to_string(i),
            {{"from", name("s", i)}, {"to", name("r", i)}, {"max_flow", 1.5 / 3600}, {"minimum_approach", 3.0}});
  }
  b.add("pump", "pump",
        {{"from", "net.r0"}, {"to", "net.to_boiler"}, {"nominal_flow", 1.2 * ring / 3600}, {"nominal_head", 1.5e5}});
  b.add("boiler", "boiler", {{"from", "net.to_boiler"}, {"to", "net.s0"}, {"nominal_power", 3e4 * ring}, {"target", 70.0}});
  b.add("expansion_vessel", "vessel", {{"at", "net.r0"}, {"volume", 0.5}});
  return b;
}

void measure(const char* title, const PlantBuilder& builder, int steps) {
  plant::Plant p = builder.build();
  long iterations = 0, solves = 0, bad = 0;
  double worst = 0, year_j = 0, through_j = 0;
  const bool net = p.components() > 30;
  struct Moved {  // an input swings about a mean
    double* place;
    double mean, swing, phase;
  };
  std::vector<Moved> moved;
  for (int c = 0; c < p.components(); ++c) {
    const auto add = [&](const char* input, double mean, double swing) {
      if (double* place = p.input(c, input)) moved.push_back({place, mean, swing, 0.37 * c});
    };
    add("heat_w", 80e3, 30e3);
    add("peak_w", 110e3, 0);
    add("demand_w", net ? 18e3 : 36e3, net ? 15e3 : 30e3);
    add("supply_c", net ? 50 : 33, 0);
    add("return_c", net ? 30 : 28, 0);
    add("position", 0.5, 0.4);
    add("fan_speed", 0.5, 0.4);
    add("speed", 0.7, 0.25);
  }
  constexpr int minutes = 1440;
  std::vector<double> day;  // the values of a day, made beforehand: the sines are not the plant's
  for (int i = 0; i < minutes; ++i) {
    const double angle = 2 * 3.14159265358979 * i / minutes;
    for (const Moved& m : moved) day.push_back(m.mean + m.swing * std::sin(angle + m.phase));
    day.push_back(10 + 8 * std::sin(angle));
  }
  const double start_s = cpu_s();
  for (int i = 0; i < steps; ++i) {
    const double* value = day.data() + static_cast<std::size_t>(i % minutes) * (moved.size() + 1);
    for (const Moved& m : moved) *m.place = *value++;
    const auto r = p.step({.dt_s = 60, .outdoor_c = *value, .wet_bulb_c = 8, .ground_c = 10});
    iterations += r.hydraulic_iterations, solves += r.heat_solves;
    bad += r.hydraulics != plant::Outcome::converged || r.heat != plant::Outcome::converged;
    if (!(r.worst_component_ratio <= worst)) worst = r.worst_component_ratio;
    year_j += r.imbalance_j, through_j += r.throughput_j;
  }
  const double used_s = cpu_s() - start_s;
  std::printf(
      "%-16s %2d components: %.2f us/step; %.2f iterations, %.2f heat solves; %ld unconverged; worst component %.3f of its "
      "limit; year %.1e of throughput\n",
      title, p.components(), used_s / steps * 1e6, static_cast<double>(iterations) / steps, static_cast<double>(solves) / steps,
      bad, worst, std::fabs(year_j) / through_j);
}

}  // namespace

// bench_plant_step [TITLE]: all, or the one of this title.
int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  const auto wanted = [&](const char* title) { return only.empty() || only == title; };
  if (wanted("leisure centre")) measure("leisure centre", leisure_centre(), 525600);
  if (wanted("10 pipes")) measure("10 pipes", district(5), 525600);
  if (wanted("34 pipes")) measure("34 pipes", district(17), 525600);
  if (wanted("200 pipes")) measure("200 pipes", district(95), 50000);
  if (wanted("2,000 pipes")) measure("2,000 pipes", district(950), 5000);
}
