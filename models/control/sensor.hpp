// A sensor is not the truth: it follows it with a first-order lag, and has a condition of its own.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::control {

struct Sensor {
  double lag_s = 20.0;      // time constant of the pocket and probe, > 0
  double reading_c = 20.0;  // what controllers see
  bool stuck = false;       // condition: a stuck sensor keeps its reading

  // Exact response to a constant truth over the step.
  void step(double truth_c, double dt_s) {
    if (!stuck) reading_c += (truth_c - reading_c) * (1.0 - vexp(-dt_s / lag_s));
  }
};

}  // namespace hypocaust::control
