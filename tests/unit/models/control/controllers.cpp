#include <catch2/catch.hpp>

#include "models/control/types.hpp"

using namespace hypocaust;
using namespace hypocaust::control;

namespace {
double run(Controller& controller, std::vector<double> truth_c, double seconds, double dt_s, double before = 0.0) {
  std::vector<double> out(controller.acts_on().size(), before);
  for (double t = 0; t < seconds; t += dt_s) {
    if (controller.duty() == Duty::protect) std::fill(out.begin(), out.end(), before);
    controller.step(dt_s, truth_c, out);
  }
  return out.empty() ? before : out[0];
}
}  // namespace

TEST_CASE("a sensor lags the truth as its time constant says") {
  Sensor sensor{.lag_s = 60.0, .reading_c = 20.0};
  sensor.step(30.0, 60.0);
  CHECK(sensor.reading_c == Approx(30.0 - 10.0 * std::exp(-1.0)));
  Sensor fine{.lag_s = 60.0, .reading_c = 20.0};
  for (int k = 0; k < 60; ++k) fine.step(30.0, 1.0);
  CHECK(fine.reading_c == Approx(sensor.reading_c));
}

TEST_CASE("an actuator crosses its range in one stroke, not faster") {
  Actuator actuator{.stroke_s = 120.0, .position_frac = 0.0};
  actuator.step(1.0, 60.0);
  CHECK(actuator.position_frac == Approx(0.5));
  actuator.step(1.0, 300.0);
  CHECK(actuator.position_frac == Approx(1.0));
}

TEST_CASE("a regulator removes a lasting deviation and does not wind up") {
  Regulator spec{.senses = {"a.b"}, .acts_on = {"pump.speed"}, .target_c = 45.0, .opens = Opens::above, .band_k = 20.0};
  const auto controller = make(spec);
  const std::vector<double> start{45.0};
  controller->start(start);
  CHECK(run(*controller, {47.0}, 7200.0, 60.0) == Approx(1.0));  // 0.1 + 12 x 0.1: full
  CHECK(run(*controller, {44.0}, 60.0, 60.0) < 1.0);             // answers within a step although full for an hour
  CHECK(run(*controller, {30.0}, 7200.0, 60.0) == Approx(0.0));

  spec.opens = Opens::below;
  const auto heating = make(spec);
  heating->start(start);
  CHECK(run(*heating, {30.0}, 7200.0, 60.0) == Approx(1.0));
}

TEST_CASE("a regulator's target follows the outdoor air between two points, and no further") {
  const OutdoorReset reset{.cold_c = -10.0, .cold_target_c = 80.0, .mild_c = 15.0, .mild_target_c = 55.0};
  const auto target = [&](double outdoor_c) { return target_c(curve_of(reset), outdoor_c); };
  CHECK(target(-30) == 80);
  CHECK(target(-10) == 80);
  CHECK(target(2.5) == Approx(67.5));
  CHECK(target(15) == 55);
  CHECK(target(30) == 55);
  const Regulator spec{.senses = {"a.b"}, .acts_on = {"p.speed"}, .reset = reset, .opens = Opens::below};
  const auto controller = make(spec);
  const std::vector<double> start{60.0};
  controller->start(start);
  CHECK(run(*controller, {60.0}, 3600.0, 60.0) == Approx(0.0));  // warmer than the 55 degC of mild air
  controller->outdoor(-10.0);
  CHECK(run(*controller, {60.0}, 3600.0, 60.0) == Approx(1.0));
}

TEST_CASE("halving the step moves a regulator's answer little") {
  const Regulator spec{.senses = {"a.b"}, .acts_on = {"p.speed"}, .target_c = 45.0};
  const std::vector<double> start{45.0};
  const auto coarse = make(spec), fine = make(spec);
  coarse->start(start), fine->start(start);
  CHECK(run(*coarse, {46.0}, 1800.0, 60.0) == Approx(run(*fine, {46.0}, 1800.0, 30.0)).margin(0.005));
}

TEST_CASE("a difference switch has hysteresis") {
  const Switch spec{.senses = {"a.b"}, .compares_with = {"a.c"}, .acts_on = {"p.speed"}, .on_k = 5.0, .off_k = 2.0};
  const auto controller = make(spec);
  const std::vector<double> start{20.0, 20.0};
  controller->start(start);
  CHECK(run(*controller, {24.0, 20.0}, 600.0, 60.0) == 0.0);
  CHECK(run(*controller, {26.0, 20.0}, 600.0, 60.0) == 1.0);
  CHECK(run(*controller, {23.0, 20.0}, 600.0, 60.0) == 1.0);
  CHECK(run(*controller, {21.0, 20.0}, 600.0, 60.0) == 0.0);
}

TEST_CASE("a guard throttles the hosts it names, and spares work that may not be capped for so long") {
  const Guard spec{.senses = {"a.b"}, .limit_c = 50.0, .throttle_to_frac = 0.5, .hosts = {{"gpu"}}, .spare_for_s = 300.0};
  const auto controller = make(spec);
  const std::vector<double> start{40.0};
  controller->start(start);
  REQUIRE(controller->throttles().size() == 1);
  CHECK(controller->throttles()[0].name == "gpu");
  for (int times = 0; times < 2; ++times) {  // the second time the clock begins anew
    run(*controller, {55.0}, 240.0, 5.0);
    CHECK(controller->throttle_frac() == 0.5);
    CHECK(controller->spares());
    run(*controller, {55.0}, 240.0, 5.0);
    CHECK(controller->throttle_frac() == 0.5);
    CHECK_FALSE(controller->spares());
    run(*controller, {40.0}, 600.0, 5.0);
    CHECK(controller->throttle_frac() == 1.0);
  }
}

TEST_CASE("a guard takes over above its limit and lets go below the release") {
  Guard spec{.senses = {"a.b"}, .limit_c = 50.0, .release_k = 3.0, .throttle_to_frac = 0.5};
  spec.forces = {{.input = {"valve.position"}, .value_frac = 1.0}};
  const auto controller = make(spec);
  const std::vector<double> start{40.0};
  controller->start(start);
  CHECK(run(*controller, {49.0}, 600.0, 5.0, 0.2) == Approx(0.2));
  CHECK_FALSE(controller->protecting());
  CHECK(run(*controller, {52.0}, 600.0, 5.0, 0.2) == Approx(1.0));
  CHECK(controller->protecting());
  CHECK(controller->throttle_frac() == 0.5);
  CHECK(run(*controller, {48.0}, 600.0, 5.0, 0.2) == Approx(1.0));
  CHECK(run(*controller, {45.0}, 600.0, 5.0, 0.2) == Approx(0.2));
  CHECK(controller->throttle_frac() == 1.0);
}
