// The zone's law against closed forms: steady heat balance, one time constant, closure, superposition, any step.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "models/core/random.hpp"
#include "models/demand/zone.hpp"

using namespace hypocaust;

namespace {

demand::Zone<double> room(double air_j_k, double dt_s) {
  demand::Zone<double> zone = demand::make_zone({.exterior = {10.5, 2.7, 0.00437, 1.6e6},
                                                 .interior = {75.5, 2.24, 0.000596, 1.48e7},
                                                 .rest_k_w = 0.0428,
                                                 .air_j_k = air_j_k});
  demand::prepare_zone(zone, dt_s);
  return zone;
}

}  // namespace

TEST_CASE("a zone comes to rest where its loss is its heat") {
  const auto zone = room(2e5, 3600);
  demand::ZoneState<double> state{{15, 15, 15}};
  demand::ZoneStep<double> step{};
  for (int i = 0; i < 100'000; ++i) {
    step = demand::step_zone(zone, state, {.equal_c = 5, .fresh_c = 0, .fresh_w_k = 12, .heat_w = {300, 0, 200}});
    state = step.end;
  }
  CHECK(step.lost_w == Approx(500).epsilon(1e-9));
  // Star and mesh are the same network: from air to outdoors the surfaces pass ae in parallel with ai and radiation in series.
  const double through_w = (state.c[1] - 5) / 0.0428, to_fresh_w = 12 * state.c[0];
  CHECK(through_w + to_fresh_w == Approx(500).epsilon(1e-9));
  double shares = 0;
  for (int n = 0; n < demand::zone_nodes; ++n) shares += zone.exterior_share[n] + zone.interior_share[n];
  CHECK(shares == Approx(2).epsilon(1e-12));
}

TEST_CASE("a zone of one time constant cools as the exponential does") {
  // Interior mass alone in touch with the air, the air with fresh air: tau = C (1 / fresh + 1 / conductance).
  demand::Zone<double> zone =
      demand::make_zone({.exterior = {1e-9, 2.7, 1e9, 1.0}, .interior = {50, 2.5, 0.001, 1e7}, .rest_k_w = 1e12});
  const double fresh_w_k = 40, tau_s = 1e7 * (1 / fresh_w_k + 0.001 + 1 / (50 * 2.5));
  for (const double dt_s : {60.0, 900.0, 3600.0}) {
    demand::prepare_zone(zone, dt_s);
    demand::ZoneState<double> state{{20, 0, 20}};
    const int steps = static_cast<int>(86400 / dt_s);
    for (int i = 0; i < steps; ++i)
      state = demand::step_zone(zone, state, {.equal_c = 0, .fresh_c = 0, .fresh_w_k = fresh_w_k, .heat_w = {0, 0, 0}}).end;
    CHECK(state.c[2] == Approx(20 * std::exp(-86400 / tau_s)).margin(dt_s == 3600 ? 1e-4 : 1e-5));
  }
}

TEST_CASE("a zone keeps its energy at any step, and its steps superpose") {
  RandomStream draw(3, "zone");
  std::uint64_t k = 0;
  for (const double dt_s : {1.0, 60.0, 3600.0, 86400.0})
    for (const double air_j_k : {0.0, 3e5}) {
      const auto zone = room(air_j_k, dt_s);
      demand::ZoneState<double> state{{20, 18, 21}};
      for (int i = 0; i < 200; ++i) {
        const demand::ZoneLoads<double> loads{
            .equal_c = -10 + 40 * draw.uniform(k++),
            .fresh_c = -10 + 30 * draw.uniform(k++),
            .fresh_w_k = 100 * draw.uniform(k++),
            .heat_w = {2000 * draw.uniform(k++), 500 * draw.uniform(k++), 900 * draw.uniform(k++)}};
        auto step = demand::step_zone(zone, state, loads);
        const double before_j = demand::stored_in_zone_j(zone, state), after_j = demand::stored_in_zone_j(zone, step.end);
        const double heat_w = loads.heat_w[0] + loads.heat_w[1] + loads.heat_w[2];
        const double limit_j = 1e-12 * std::fabs(heat_w) * dt_s + 16 * std::numeric_limits<double>::epsilon() * before_j;
        CHECK(std::fabs(after_j - before_j - (heat_w - step.lost_w) * dt_s) < limit_j);
        auto more = loads;
        const double share[3] = {0.6, 0.1, 0.3};
        for (int n = 0; n < demand::zone_nodes; ++n) more.heat_w[n] += 700 * share[n];
        const auto at_once = demand::step_zone(zone, state, more);
        demand::add_heat(step, demand::zone_response(zone, share, loads.fresh_w_k), 700.0);
        for (int n = 0; n < demand::zone_nodes; ++n) CHECK(step.end.c[n] == Approx(at_once.end.c[n]).epsilon(1e-11));
        CHECK(step.air_mean_c == Approx(at_once.air_mean_c).epsilon(1e-11));
        state = at_once.end;
      }
    }
}

TEST_CASE("the heat that reaches a target reaches it") {
  for (const double air_j_k : {0.0, 3e5}) {
    const auto zone = room(air_j_k, 60);
    const demand::ZoneState<double> state{{17, 16, 18}};
    const double share[3] = {0.7, 0.1, 0.2};
    auto step = demand::step_zone(zone, state, {.equal_c = 2, .fresh_c = 2, .fresh_w_k = 20, .heat_w = {100, 0, 0}});
    const auto response = demand::zone_response(zone, share, 20.0);
    demand::add_heat(step, response, demand::heat_to_reach_w(zone, step, response, 21.0));
    CHECK((air_j_k > 0 ? step.end.c[0] : step.air_mean_c) == Approx(21).epsilon(1e-12));
  }
}

TEST_CASE("the equal air temperature: sun warms a wall, a clear sky cools it") {
  CHECK(demand::equal_air_c(10.0, 0.0, 10.0, 20, 5) == Approx(10));
  CHECK(demand::equal_air_c(10.0, 250.0, 10.0, 20, 5) == Approx(20));
  CHECK(demand::equal_air_c(10.0, 0.0, -10.0, 20, 5) == Approx(6));
}
