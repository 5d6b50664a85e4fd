// What a building-minute costs: the laws of one building (zone, twin, emitter, thermostat) through the registry as the plant asks them,
// must 0.1 us; and a plant step of 16 buildings with emitters behind substations on a ring of pipes, audited.
// docs/develop/performance.md has the last result.
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
double outdoor_c(int minute) { return 3 + 6 * std::sin(2 * pi * minute / 1440.0); }

std::vector<std::pair<std::string, test::Value>> building(const std::string& from, const std::string& to) {
  return {{"connection.from", from}, {"connection.to", to}, {"floor_area", 1000.0}, {"storeys", 3.0}};
}

// 256 like buildings whose laws are asked in one batch, as in a district.
void laws() {
  constexpr int count = 256, minutes = 20'000;
  Typed params = PlantBuilder::make("building", building("a.in", "a.out"));
  const plant::ComponentType& type = plant::component_type(*params.schema());
  const Fluid fluid = fluid_at({.kind = FluidKind::water, .t_c = 50});
  Problems problems;
  type.size(params.object(), &fluid, problems);
  const auto many = [&](int reals) { return std::vector<double>(static_cast<std::size_t>(reals * count)); };
  std::vector<double> data = many(type.data_reals), input = many(type.input_reals), state = many(type.state_reals),
                      h_in = many(1), h_out = many(1), base = many(1), gain = many(1), stored = many(1);
  std::vector<plant::Branch<double>> branches(count, {0, 3e4, 0, 0});
  std::vector<plant::Ledger<double>> ledgers(count);
  for (int i = 0; i < count; ++i) {
    type.derive(params.object(), &fluid, data.data() + i * type.data_reals);
    type.make_input(input.data() + i * type.input_reals);
    type.init(data.data() + i * type.data_reals, state.data() + i * type.state_reals, 20);
    h_in[static_cast<std::size_t>(i)] = (45 + i % 16) * fluid.cp_j_kg_k;
  }
  const plant::Batch<double> batch{.count = count,
                                   .data = data.data(),
                                   .input = input.data(),
                                   .state = state.data(),
                                   .branches = branches.data(),
                                   .h_in_j_kg = h_in.data(),
                                   .h_out_w = h_out.data(),
                                   .base_w = base.data(),
                                   .gain_kg_s = gain.data(),
                                   .ledgers = ledgers.data(),
                                   .stored_j = stored.data()};
  type.prepare(batch, 60);
  const double start_s = cpu_s();
  double taken_w = 0;
  for (int minute = 0; minute < minutes; ++minute) {
    type.hydraulics(batch);
    for (auto& b : branches) b.flow_kg_s = b.offset_kg_s + b.conductance * b.dp_pa;
    const plant::Step<double> step{.dt_s = 60,
                                   .outdoor_c = outdoor_c(minute),
                                   .wet_bulb_c = 2,
                                   .ground_c = 9,
                                   .light = {.beam_north_w_m2 = -200, .beam_up_w_m2 = 100, .diffuse_w_m2 = 60}};
    type.heat(batch, step);
    for (std::size_t i = 0; i < count; ++i) h_out[i] = base[i] + gain[i] * h_in[i];
    type.advance(batch, step);
    taken_w += branches[7].flow_kg_s * h_in[7] - h_out[7];
  }
  std::printf("building, all laws: %.3f us a building-minute (mean heat taken %.1f kW)\n",
              1e6 * (cpu_s() - start_s) / count / minutes, taken_w / minutes / 1e3);
}

// configs/parts/substation.yaml, 16 times, on supply and return pipes in a row.
void district() {
  constexpr int houses = 16, minutes = 20'000;
  PlantBuilder b;
  b.circuit("net", {.initial_c = 60});
  b.add("circulation_source", "plant", {{"from", "net.r0"}, {"to", "net.s0"}, {"lift", 1.5e5}, {"temperature", 70.0}});
  b.add("expansion_vessel", "vessel", {{"at", "net.r0"}, {"volume", 0.5}});
  for (int i = 0; i < houses; ++i) {
    const std::string n = std::to_string(i), next = std::to_string(i + 1), own = "house" + n;
    b.add("pipe", "supply" + n, {{"from", "net.s" + n}, {"to", "net.s" + next}, {"length", 60.0}, {"diameter", 0.1}});
    b.add("pipe", "return" + n, {{"from", "net.r" + next}, {"to", "net.r" + n}, {"length", 60.0}, {"diameter", 0.1}});
    b.circuit(own, {.initial_c = 40});
    b.add("plate_exchanger", n + ".exchanger",
          {{"hot.from", "net.s" + next},
           {"hot.to", "net.r" + next},
           {"cold.from", own + ".after_pump"},
           {"cold.to", own + ".supply"},
           {"nominal_power", 5e4},
           {"nominal_approach", 3.0}});
    b.add("pump", n + ".pump",
          {{"from", own + ".return"}, {"to", own + ".after_pump"}, {"nominal_flow", 5.0 / 3600}, {"nominal_head", 4e4}});
    b.add("expansion_vessel", n + ".vessel", {{"at", own + ".return"}, {"volume", 0.14}});
    b.add("building", "building" + n, building(own + ".supply", own + ".return"));
    b.add("pipe", n + ".bypass", {{"from", own + ".supply"}, {"to", own + ".return"}, {"length", 20.0}, {"diameter", 0.01}});
  }
  plant::Plant p = b.build();
  *p.input(p.component("plant"), "lift") = 1.5e5;
  *p.input(p.component("plant"), "temperature") = 70;
  double iterations = 0, solves = 0, worst = 0;
  const double start_s = cpu_s();
  for (int minute = 0; minute < minutes; ++minute) {
    const auto report = p.step({.dt_s = 60, .outdoor_c = outdoor_c(minute), .wet_bulb_c = 2, .ground_c = 9});
    iterations += report.hydraulic_iterations, solves += report.heat_solves;
    worst = std::max(worst, report.worst_component_ratio);
  }
  const int house = p.component("building7");
  std::printf(
      "16 buildings with emitters and substations, %d components: %.2f us a step; %.2f hydraulic iterations, %.2f heat solves, "
      "worst balance %.2g of its limit; building 7 draws %.3f kg/s and returns %.1f degC\n",
      p.components(), 1e6 * (cpu_s() - start_s) / minutes, iterations / minutes, solves / minutes, worst,
      p.branch_flow_kg_s(house, 0), p.branch_out_c(house, 0));
}

}  // namespace

int main() {
  laws();
  district();
}
