// A heat emitter between a stream and a room: each piece of its length gives off heat as its excess over the room to the power n,
//
//   dQ = kappa theta^n dx,   m cp dtheta = -dQ   =>   theta_out = theta_in (A / (A + B))^(1/(n-1)),   A = m cp, B = (n-1) kappa theta_in^(n-1)
//
// integrated exactly along the stream; n = 1 is the exponential. At its nominal point it gives what EN 442-2 rates, and elsewhere
// Q ~ (logarithmic mean excess)^n within 1.2 % from a fifth to twice the nominal flow and half to full excess (tests).
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::plant {

struct EmitterPoint {  // nominal
  double power_w, supply_c, return_c, room_c, exponent;
};
template <class R> struct Emitter {
  R emission_w_k;      // kappa, at an excess of 1 K
  R less_exponent;     // n - 1, held above 1e-6
  R inverse_exponent;  // 1 / (n - 1)
};

inline Emitter<double> make_emitter(const EmitterPoint& p) {
  const double less = vmax(p.exponent - 1.0, 1e-6), in_k = p.supply_c - p.room_c, out_k = p.return_c - p.room_c;
  const double carried_w_k = p.power_w / (p.supply_c - p.return_c);
  return {.emission_w_k = carried_w_k * vexpm1(less * vlog(in_k / out_k)) / (less * vpow(in_k, less)),
          .less_exponent = less,
          .inverse_exponent = 1.0 / less};
}
// B of the law above, W/K, at an inlet excess of either sign.
template <class R> R emitter_spread_w_k(const Emitter<R>& e, R excess_k) {
  return e.less_exponent * e.emission_w_k * vpow(vmax(vabs(excess_k), R(0.01)), e.less_exponent);
}
// Heat a kelvin of inlet excess, W/K: 0 without flow, at most the stream's capacity. carried_w_k: m cp.
template <class R> R emitter_conductance_w_k(const Emitter<R>& e, R carried_w_k, R spread_w_k) {
  return carried_w_k * (R(1) - vpow(carried_w_k / (carried_w_k + spread_w_k), e.inverse_exponent));
}

}  // namespace hypocaust::plant
