// A branch that holds its flow while its limits allow it. flow = held + slope x (dp - dp of the iterate): at the solution that is the
// held flow, and on the way there two of them in a row, of which one must give way, move the pressure between them by what they
// differ over the slope, not without bound. The slope is a thousandth of the branch's own at its limit, so that Newton's
// error falls by about as much in each iteration.
#pragma once
#include "models/plant/component.hpp"

namespace hypocaust::plant {

inline constexpr double held_slope_frac = 1e-3;

template <class R, class Mask> void hold(Branch<R>& b, R flow_kg_s, R limit_conductance, Mask on) {
  const R slope = R(held_slope_frac) * limit_conductance;
  b.conductance = select(on, slope, b.conductance);
  b.offset_kg_s = select(on, flow_kg_s - slope * b.dp_pa, b.offset_kg_s);
}

}  // namespace hypocaust::plant
