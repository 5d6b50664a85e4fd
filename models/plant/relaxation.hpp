// A store of one temperature that something pulls towards another, exactly, over a step of any length.
#pragma once
#include "models/plant/component.hpp"

namespace hypocaust::plant {

// capacity T' = source - rate T from T0, rate >= 0: the mean of T over the step is kept T0 + per_source x source (W), and
// per_source x rate <= 1. No division by the rate.
template <class R> struct Relaxation { R kept_frac, per_source_k_w; };
template <class R> Relaxation<R> relaxation(R rate_w_k, R capacity_j_k, double dt_s) {
  const R x = rate_w_k * R(dt_s) / capacity_j_k, kept_frac = phi(x);
  return {kept_frac, R(dt_s) / capacity_j_k * one_less_phi_over(x, kept_frac)};
}

}  // namespace hypocaust::plant
