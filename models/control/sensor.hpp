// A sensor is not the truth: it follows it with a first-order lag, and has a condition of its own.
#pragma once
#include <limits>

#include "models/core/math.hpp"

namespace hypocaust::control {

enum class SensorCondition : int { good, stuck, dead };
struct SensorFault {
  SensorCondition condition = SensorCondition::good;
  double offset_k = 0.0;  // reads this much too much
};

struct Sensor {
  double lag_s = 20.0;      // time constant of the pocket and probe, > 0
  double reading_c = 20.0;  // what controllers see; NaN: nothing
  double followed_c = reading_c;
  SensorFault fault{};
  double prepared_dt_s = -1.0, follow_frac = 1.0;  // of the last length of a step

  void start(double truth_c) { followed_c = reading_c = truth_c; }
  // Exact response to a constant truth over the step. The probe follows the truth whatever its signal does.
  void step(double truth_c, double dt_s) {
    if (dt_s != prepared_dt_s) prepared_dt_s = dt_s, follow_frac = 1.0 - vexp(-dt_s / lag_s);
    followed_c += (truth_c - followed_c) * follow_frac;
    say();
  }
  // Without a lag: a pressure or flow switch.
  void follow(double truth_c) { followed_c = truth_c, say(); }
  bool lost() const { return fault.condition == SensorCondition::dead; }

 private:
  void say() {
    if (fault.condition == SensorCondition::good) reading_c = followed_c + fault.offset_k;
    if (fault.condition == SensorCondition::dead) reading_c = std::numeric_limits<double>::quiet_NaN();
    // stuck: the reading stays
  }
};

}  // namespace hypocaust::control
