// An actuator needs time: it moves towards its command at the rate that crosses its whole range in one stroke.
// Never zero: a controller that acts once a step on a loop that turns over in a step is chaotic.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::control {

struct Actuator {
  double stroke_s = 120.0;  // from one end to the other, > 0
  double position_frac = 0.0;

  void step(double command_frac, double dt_s) {
    const double reach = dt_s / stroke_s;
    position_frac += clamp(command_frac - position_frac, -reach, reach);
  }
};

}  // namespace hypocaust::control
