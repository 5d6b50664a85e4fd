// Effectiveness of heat exchangers at ntu = UA / C_min >= 0 and ratio = C_min / C_max, 0 to 1 (Kays and London, Compact Heat
// Exchangers, 1984, chapter 2; Incropera et al. 2007, table 11.3). Never divides by zero.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::plant {

template <class R> R counterflow_effectiveness(R ntu, R ratio) {
  const R x = ntu * (R(1) - ratio), e = vexp(-x);  // written so that ratio = 1 is ordinary
  return ntu * phi(x) / (ntu * phi(x) + e);
}
template <class R> R parallel_effectiveness(R ntu, R ratio) { return (R(1) - vexp(-ntu * (R(1) + ratio))) / (R(1) + ratio); }
// Crossflow, both streams unmixed: an approximation, within 4 % of the solved balance (tests).
template <class R> R crossflow_unmixed_effectiveness(R ntu, R ratio) {
  const R r = vmax(ratio, R(1e-6)), n = vmax(ntu, R(1e-9));
  return R(1) - vexp(vpow(n, R(0.22)) / r * (vexp(-r * vpow(n, R(0.78))) - R(1)));
}
// Crossflow, one stream mixed: the one of C_max, or of C_min. Exact.
template <class R> R crossflow_greater_mixed_effectiveness(R ntu, R ratio) {
  const R share = R(1) - vexp(-ntu), x = ratio * share;
  return share * phi(x);
}
template <class R> R crossflow_least_mixed_effectiveness(R ntu, R ratio) { return R(1) - vexp(-ntu * phi(ratio * ntu)); }

}  // namespace hypocaust::plant
