// What a minute of a heat user costs: hot water of 200 dwellings as one component (draw-offs at random; store, coil, loop, top-up), and
// an indoor pool with its hall. Last result: docs/methods/hot_water.md, docs/methods/pool.md.
#include <time.h>

#include <cstdio>
#include <string>

#include "models/demand/draw_off.hpp"
#include "tests/support/plant_spec.hpp"

using namespace hypocaust;

namespace {

double cpu_s() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
using Keys = std::vector<std::pair<std::string, test::Value>>;

// A user on an ideal source: microseconds a step, audited.
void time_user(const std::string& type, Keys keys) {
  test::PlantBuilder b;
  b.circuit("c", {.initial_c = 50});
  keys.insert(keys.end(), {{"connection.from", "c.supply"}, {"connection.to", "c.return"}});
  b.add("circulation_source", "source", {{"from", "c.return"}, {"to", "c.supply"}, {"lift", 2e4}, {"temperature", 55.0}});
  b.add("expansion_vessel", "vessel", {{"at", "c.return"}, {"volume", 0.1}}).add(type, "user", keys);
  plant::Plant p = b.build();
  constexpr int steps = 200000;
  const double start_s = cpu_s();
  for (int i = 0; i < steps; ++i) {
    if (double* draw = p.input(p.component("user"), "draw")) *draw = i % 10 == 0 ? 2e-4 : 0;
    p.step(test::minute());
  }
  std::printf("%s on an ideal source: %.2f us a step\n", type.c_str(), (cpu_s() - start_s) / steps * 1e6);
}

}  // namespace

int main() {
  demand::DrawOffs law({.kind = demand::DrawKind::dwelling,
                        .count = 200,
                        .volume_m3_s = 150e-3 / 86400,
                        .weekday = {},
                        .saturday = {},
                        .sunday = {}},
                       1, "dwellings");
  constexpr int minutes = 525600;
  double sum_m3 = 0;
  const double start_s = cpu_s();
  for (std::int64_t k = 0; k < minutes; ++k)
    sum_m3 += law.mean_m3_s({1736121600 + 60 * k, 60, k * 60 % 86400, static_cast<int>(k / 1440 % 7) + 1}) * 60;
  std::printf("draw-offs of 200 dwellings: %.2f us a minute, %.1f m3 a year (expected %.1f)\n",
              (cpu_s() - start_s) / minutes * 1e6, sum_m3, 200 * 150e-3 * 365);
  time_user("hot_water", {{"system", 0.0},
                          {"hygiene", 1.0},
                          {"draw", 0.0},
                          {"nominal_power", 1.5e5},
                          {"volume", 8.0},
                          {"loop_loss", 250.0},
                          {"top_up.kind", 0.0},
                          {"top_up.power", 2.5e5}});
  time_user("pool", {{"area", 350.0},
                     {"volume", 650.0},
                     {"evaporation", 0.0},
                     {"water_temperature", 28.0},
                     {"air_temperature", 30.0},
                     {"humidity", 0.55},
                     {"nominal_power", 1.5e5},
                     {"hall.volume", 4500.0},
                     {"hall.heat_loss", 1800.0},
                     {"hall.heating_power", 1.6e5}});
}
