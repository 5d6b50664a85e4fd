// The records of plant.controllers, one per `type:`. A new type: its record here, its law in a file of its own, one line in
// controllers.cpp.
#pragma once
#include "models/control/actuator.hpp"
#include "models/control/controller.hpp"
#include "models/control/sensor.hpp"
#include "models/core/outdoor_reset.hpp"

namespace hypocaust::control {

enum class Opens : int { above, below };
std::span<const std::string_view> names(Opens);

struct Regulator {
  Ref senses, acts_on;
  double target_c = not_given;
  std::optional<OutdoorReset> reset;
  Opens opens = Opens::above;
  double band_k = 20.0, integral_time_s = 600.0, stroke_s = 120.0, sensor_lag_s = 20.0;
  double minimum_frac = 0.0, maximum_frac = 1.0, initial_frac = 0.0;
  void check(Problems&) const;
  static const Schema& schema();
};

struct Switch {
  Ref senses, compares_with, acts_on;
  double on_k = 5.0, off_k = 2.0, stroke_s = 60.0, sensor_lag_s = 20.0;
  double on_value_frac = 1.0, off_value_frac = 0.0;
  void check(Problems&) const;
  static const Schema& schema();
};

struct Forced {  // one entry of a guard's `forces`: while the guard acts, this input has this value
  Ref input;
  double value_frac = 1.0;
  static const Schema& schema();
};
struct Guard {
  Ref senses;
  double limit_c = not_given, release_k = 3.0, stroke_s = 60.0, sensor_lag_s = 20.0, throttle_to_frac = 1.0;
  std::vector<Ref> hosts{};  // that it throttles; empty: all
  double spare_for_s = 0.0;  // of its action: work that may not be capped keeps its speed
  std::vector<Forced> forces;
  void check(Problems&) const;
  static const Schema& schema();
};

std::unique_ptr<Controller> make(const Regulator&);
std::unique_ptr<Controller> make(const Switch&);
std::unique_ptr<Controller> make(const Guard&);

}  // namespace hypocaust::control
