// Draw-offs: volumes of profiles and events, their days, and that chance depends on seed and name only.
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "models/demand/draw_off.hpp"

using namespace hypocaust;
using demand::DrawKind;
using demand::DrawOffs;

namespace {
constexpr double litre_a_day_m3_s = 1e-3 / 86400;
constexpr std::int64_t week_s = 7 * 86400, monday_s = 1736121600;  // 2025-01-06

demand::DrawEvents events(DrawKind kind, std::int64_t count, double litres_a_day) {
  return {
      .kind = kind, .count = count, .volume_m3_s = litres_a_day * litre_a_day_m3_s, .weekday = {}, .saturday = {}, .sunday = {}};
}
double mean_m3_s(DrawOffs& law, std::int64_t since_s, std::int64_t step_s) {
  return law.mean_m3_s({monday_s + since_s, step_s, since_s % 86400, static_cast<int>(since_s / 86400 % 7) + 1});
}
double litres(DrawOffs& law, std::int64_t from_s, std::int64_t to_s, std::int64_t step_s = 60) {
  double sum_m3 = 0;
  for (std::int64_t t = from_s; t < to_s; t += step_s) sum_m3 += mean_m3_s(law, t, step_s) * static_cast<double>(step_s);
  return sum_m3 * 1e3;
}
}  // namespace

TEST_CASE("a profile of draw-offs has its volume over a week, and its days their share", "[demand]") {
  std::vector<double> weekday(24, 0.0), saturday(24, 0.0);
  weekday[7] = 3, weekday[19] = 1, saturday[10] = 8;
  DrawOffs law(
      demand::DrawProfile{.volume_m3_s = 300 * litre_a_day_m3_s, .weekday = weekday, .saturday = saturday, .sunday = {}});
  CHECK(litres(law, 0, week_s) == Approx(2100).epsilon(1e-12));
  CHECK(litres(law, 0, week_s, 900) == Approx(2100).epsilon(1e-12));
  const double monday = litres(law, 0, 86400), its_saturday = litres(law, 5 * 86400, 6 * 86400);
  CHECK(its_saturday == Approx(2 * monday));
  CHECK(litres(law, 7 * 3600, 8 * 3600) == Approx(0.75 * monday));
}

TEST_CASE("the volume of draw-offs at random is that of the expectation, over seeds", "[demand]") {
  for (const DrawKind kind : {DrawKind::dwelling, DrawKind::shower, DrawKind::bed}) {
    // 10 units, 200 litres a day each, four weeks, 12 seeds: 672,000 litres. A draw-off's second moment over its mean (at most 140
    // litres of a bath, squared) bounds the standard error: below 0.9 %.
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      DrawOffs law(events(kind, 10, 200), seed, "house");
      sum += litres(law, 0, 4 * week_s);
    }
    INFO(static_cast<int>(kind));
    CHECK(sum == Approx(12 * 10 * 28 * 200.0).epsilon(0.025));
  }
}

TEST_CASE("showers run five minutes at eight litres a minute", "[demand]") {
  DrawOffs law(events(DrawKind::shower, 1, 40), 3, "hall");
  double run_minutes = 0, volume = 0, squares = 0, starts = 0, before = 0;
  for (std::int64_t t = 0; t < 52 * week_s; t += 60) {
    const double flow = mean_m3_s(law, t, 60) * 6e4;  // l/min
    if (flow > 0) run_minutes += 1, volume += flow, squares += flow * flow;
    if (flow > 0 && before <= 0) starts += 1;
    before = flow;
  }
  CHECK(run_minutes / starts == Approx(5).margin(0.3));  // two that overlap are one here
  const double mean = volume / run_minutes;
  CHECK(mean == Approx(8).margin(0.5));
  CHECK(std::sqrt(squares / run_minutes - mean * mean) == Approx(2).margin(0.7));
}

TEST_CASE("draw-offs at random depend on seed and name, not on when they are asked", "[demand]") {
  DrawOffs one(events(DrawKind::dwelling, 200, 150), 7, "north"), again(events(DrawKind::dwelling, 200, 150), 7, "north");
  DrawOffs other(events(DrawKind::dwelling, 200, 150), 8, "north"), named(events(DrawKind::dwelling, 200, 150), 7, "south");
  mean_m3_s(again, 3 * 3600, 60);  // a jump back
  for (std::int64_t t = 11 * 3600 + 1800; t < 12 * 3600; t += 60) mean_m3_s(one, t, 60);
  int same_seed = 0, same_name = 0;
  for (std::int64_t t = 11 * 3600 + 1800; t < 12 * 3600; t += 60) {
    const double flow_m3_s = mean_m3_s(one, t, 60);
    CHECK(flow_m3_s == mean_m3_s(again, t, 60));
    same_seed += flow_m3_s == mean_m3_s(other, t, 60), same_name += flow_m3_s == mean_m3_s(named, t, 60);
  }
  CHECK(same_seed < 3);
  CHECK(same_name < 3);
}

TEST_CASE("an hour of draw-offs is the mean of its minutes", "[demand]") {
  DrawOffs by_hour(events(DrawKind::dwelling, 50, 150), 1, "x"), by_minute(events(DrawKind::dwelling, 50, 150), 1, "x");
  litres(by_minute, 7 * 3600 - 1800, 7 * 3600), mean_m3_s(by_hour, 7 * 3600 - 60, 60);
  litres(by_hour, 7 * 3600 - 1800, 7 * 3600);
  CHECK(litres(by_hour, 7 * 3600, 8 * 3600, 3600) == Approx(litres(by_minute, 7 * 3600, 8 * 3600)).epsilon(1e-12));
}

TEST_CASE("draw-offs before 1970 have their volume too, at any step", "[demand]") {
  constexpr std::int64_t start_s = -3130 * week_s + 4 * 86400;  // a Monday of 1910
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    DrawOffs law(events(DrawKind::shower, 10, 200), seed, "house"), finer = law;
    const auto of_week = [&](DrawOffs& one, std::int64_t step_s) {
      double sum_m3 = 0;
      for (std::int64_t t = 0; t < week_s; t += step_s)
        sum_m3 += one.mean_m3_s({start_s + t, step_s, t % 86400, static_cast<int>(t / 86400) + 1}) *
                  static_cast<double>(step_s);
      return sum_m3 * 1e3;
    };
    const double litres_a_week = of_week(law, 60);
    if (seed == 1) CHECK(of_week(finer, 20) == Approx(litres_a_week).epsilon(1e-12));
    sum += litres_a_week;
  }
  CHECK(sum == Approx(12 * 10 * 7 * 200.0).epsilon(0.03));
}
