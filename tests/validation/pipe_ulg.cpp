// Hot-water steps through a 39 m insulated steel pipe, measured at the University of Liege (van der Heijde et al., Energy
// Conversion and Management 151, 2017, 158-169). Every parameter is the set's own: length 39 m, diameters 52.48 and 60.3 mm,
// steel 7800 kg/m3 and 480 J/(kg K), resistance to the room 2.164 m K/W, room at 18 degC. Nothing is fitted.
//
// Wall: 7800 x 480 x pi/4 (0.0603^2 - 0.05248^2) = 2593 J/(m K). The content at the start is taken linear between the first
// readings at inlet and outlet.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

namespace {

constexpr double length_m = 39, inner_m = 0.05248, outer_m = 0.0603, room_c = 18;
const double wall_j_m_k = 7800 * 480 * pi / 4 * (outer_m * outer_m - inner_m * inner_m);

struct Reached {
  double rmse_k, bias_k, worst_k;
};

// Steps of dt_s, the inlet interpolated between readings and averaged over a step; the outlet compared at each reading.
Reached run(const std::string& file, double wall, double dt_s = 1) {
  const auto rows = test::number_rows(test::validation_file("pipe_ulg/" + file));
  REQUIRE(rows.size() > 150);
  const auto inlet_c = [&](double t_s) {
    const auto after = std::lower_bound(rows.begin(), rows.end(), t_s, [](const auto& row, double t) { return row[0] < t; });
    if (after == rows.begin()) return rows.front()[5];
    if (after == rows.end()) return rows.back()[5];
    const auto before = after - 1;
    return (*before)[5] + ((*after)[5] - (*before)[5]) * (t_s - (*before)[0]) / ((*after)[0] - (*before)[0]);
  };
  double mean_c = 0;
  for (const auto& row : rows) mean_c += row[5] / static_cast<double>(rows.size());
  test::OnePart pipe("pipe",
                     {{"from", "a.in"},
                      {"to", "a.out"},
                      {"length", length_m},
                      {"diameter", inner_m},
                      {"loss", 1 / 2.164},
                      {"wall", wall},
                      {"surroundings", 1.0}},
                     {fluid_at({.kind = FluidKind::water, .t_c = mean_c})}, rows[0][3]);
  const double flow_kg_s = rows[0][1], content_kg = pipe.stored_j() / (pipe.cp_j_kg_k() * rows[0][3]);
  // The start: 40 slices from the outlet's to the inlet's first reading, pushed in within an instant.
  for (int i = 0; i < 40; ++i)
    pipe.step({{content_kg / 40 / 1e-3, rows[0][3] + (rows[0][5] - rows[0][3]) * (i + 0.5) / 40}}, 1e-3, room_c);
  double squares = 0, sum = 0, worst_k = 0, before_c = rows[0][3], t_s = 0;
  std::size_t next = 1, compared = 0;
  for (; next < rows.size(); t_s += dt_s) {
    double in_c = 0;
    for (int k = 0; k < 10; ++k) in_c += inlet_c(t_s + dt_s * (k + 0.5) / 10) / 10;
    pipe.step({{flow_kg_s, in_c}}, dt_s, room_c);
    for (; next < rows.size() && rows[next][0] <= t_s + dt_s; ++next, ++compared) {
      // Step means stand for the middle of their step.
      const double share = std::clamp((rows[next][0] - (t_s - dt_s / 2)) / dt_s, 0.0, 1.0);
      const double off_k = before_c + (pipe.out_c() - before_c) * share - rows[next][3];
      squares += off_k * off_k, sum += off_k, worst_k = std::max(worst_k, std::fabs(off_k));
    }
    before_c = pipe.out_c();
  }
  REQUIRE(compared == rows.size() - 1);
  const double n = static_cast<double>(compared);
  const Reached reached{std::sqrt(squares / n), sum / n, worst_k};
  std::printf("%s wall %4.0f J/(m K), %2.0f s: rmse %.3f K, bias %+.3f K, worst %.2f K\n", file.c_str(), wall, dt_s,
              reached.rmse_k, reached.bias_k, reached.worst_k);
  return reached;
}

}  // namespace

TEST_CASE("a measured step through a steel pipe, 1.245 kg/s", "[validation]") {
  const Reached r = run("PipeDataULg150801.mos", wall_j_m_k);
  test::tell({.set = "pipe_ulg/PipeDataULg150801", .quantity = "outlet RMSE", .limit = 0.8, .reached = r.rmse_k, .unit = "K"});
  test::tell({.set = "pipe_ulg/PipeDataULg150801", .quantity = "outlet bias", .limit = 0.25, .reached = r.bias_k, .unit = "K"});
  CHECK(r.rmse_k <= 0.8);
  CHECK(std::fabs(r.bias_k) <= 0.25);
}

TEST_CASE("a measured step through a steel pipe, 0.589 kg/s", "[validation]") {
  const Reached r = run("PipeDataULg151202.mos", wall_j_m_k);
  test::tell({.set = "pipe_ulg/PipeDataULg151202", .quantity = "outlet RMSE", .limit = 0.8, .reached = r.rmse_k, .unit = "K"});
  test::tell({.set = "pipe_ulg/PipeDataULg151202", .quantity = "outlet bias", .limit = 0.25, .reached = r.bias_k, .unit = "K"});
  CHECK(r.rmse_k <= 0.8);
  CHECK(std::fabs(r.bias_k) <= 0.25);
}

TEST_CASE("a measured slow run through a steel pipe, 0.249 kg/s", "[validation]") {
  const Reached r = run("PipeDataULg160104_2.mos", wall_j_m_k);
  test::tell({.set = "pipe_ulg/PipeDataULg160104_2", .quantity = "outlet RMSE", .limit = 0.15, .reached = r.rmse_k, .unit = "K"});
  test::tell({.set = "pipe_ulg/PipeDataULg160104_2", .quantity = "outlet bias", .limit = 0.25, .reached = r.bias_k, .unit = "K"});
  CHECK(r.rmse_k <= 0.15);
  CHECK(std::fabs(r.bias_k) <= 0.25);
}

TEST_CASE("the measured pipe needs its wall", "[validation]") {
  for (const char* file : {"PipeDataULg150801.mos", "PipeDataULg151202.mos"})
    CHECK(run(file, 0).rmse_k > 2 * run(file, wall_j_m_k).rmse_k);
}
