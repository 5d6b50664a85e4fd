// Heat and power of a heat pump that depend on the outlets they make, by Newton's method; with what their slopes need after it.
#pragma once
#include "models/plant/heat_pump_laws.hpp"

namespace hypocaust::plant {

// The two streams [source, sink]: outlet = still_c + by_heat_k_w x heat into it. outlet_share: 0 inlet, 1 outlet, else their
// logarithmic mean; approach_k_w: the law's temperature beyond the stream's, by its heat.
template <class R> struct Streams {
  R in_c[2], still_c[2], by_heat_k_w[2], outlet_share[2], approach_k_w[2];
  R outlet_c(int k, R heat_w) const { return clamp(still_c[k] + by_heat_k_w[k] * heat_w, R(-100), R(300)); }
  R axis_c(int k, R out_c) const {
    const auto mean = (outlet_share[k] > R(0.25)) & (outlet_share[k] < R(0.75));
    return select(mean, log_mean_c(in_c[k], out_c), in_c[k] + outlet_share[k] * (out_c - in_c[k]));
  }
};

// law: what `law(source_c, sink_c)` gave last. Newton's matrix is {{a, c}, {e, f}} on (heat, power).
template <class R> struct HeatPumpBalance {
  R heat_w, power_w, a, c, e, f, determinant;
  Performance<R> law;
};

// kept_frac: share of the power that ends in the refrigerant. Lanes outside `open` keep zero.
template <class R, class Mask, class Law>
HeatPumpBalance<R> balance(const Streams<R>& t, R kept_frac, Mask open, const Law& law) {
  HeatPumpBalance<R> o{};
  // How the law's temperatures change with heat, K/W.
  const R by_taken = -t.outlet_share[0] * t.by_heat_k_w[0] - t.approach_k_w[0],
          by_heat = t.outlet_share[1] * t.by_heat_k_w[1] + t.approach_k_w[1];
  for (int k = 0; k < 20 && any(open); ++k) {
    const R taken_w = o.heat_w - kept_frac * o.power_w;
    o.law = law(t.axis_c(0, t.outlet_c(0, -taken_w)) - t.approach_k_w[0] * taken_w,
                t.axis_c(1, t.outlet_c(1, o.heat_w)) + t.approach_k_w[1] * o.heat_w);
    const Performance<R>& p = o.law;
    // Newton: (I - slopes) (heat, power)' = what is missing.
    o.a = R(1) - p.heat_w_k[0] * by_taken - p.heat_w_k[1] * by_heat, o.c = p.heat_w_k[0] * by_taken * kept_frac;
    o.e = -p.power_w_k[0] * by_taken - p.power_w_k[1] * by_heat, o.f = R(1) + p.power_w_k[0] * by_taken * kept_frac;
    o.determinant = vmax(o.a * o.f - o.c * o.e, R(0.1));
    const R miss_heat_w = p.heat_w - o.heat_w, miss_power_w = p.power_w - o.power_w;
    const R add_heat_w = (o.f * miss_heat_w - o.c * miss_power_w) / o.determinant,
            add_power_w = (o.a * miss_power_w - o.e * miss_heat_w) / o.determinant;
    o.heat_w = select(open, o.heat_w + add_heat_w, o.heat_w), o.power_w = select(open, o.power_w + add_power_w, o.power_w);
    open = open & (vabs(add_heat_w) + vabs(add_power_w) > R(1e-13) * (vabs(o.heat_w) + vabs(o.power_w)));
  }
  return o;
}

}  // namespace hypocaust::plant
