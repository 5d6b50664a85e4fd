// A hot-water store of equal stirred layers over one step, and an exchanger without one. Layers count from the bottom. The primary
// stream acts first, then the draw-off and the circulation loop, then the top-up, then buoyancy, so that the primary outlet is linear
// in its inlet. Legal at any flow x step. docs/methods/hot_water.md.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::demand {

inline constexpr int layers = 6, coil_layers = 3, loop_layer = 3;  // coil in the lower half, top-up and loop in the upper

template <class R> struct Layers { R t_c[layers]; };

// The coil: its stream passes the lower layers from above; each relaxes to what arrives over the step (exact exponential).
// ua: of one layer; layer: heat capacity, J/K; capacity flow of the stream, W/K.
template <class R> struct Coil { R ua_w_k, layer_j_k, stream_w_k; };
// Of the stream's lift above a layer: the share left at the end of the step, and by which the stream drops, mean over it.
template <class R> struct CoilStep { R kept_frac, mean_drop_frac; };
template <class R> CoilStep<R> coil_step(const Coil<R>& c, double dt_s) {
  const R effectiveness = R(1) - vexp(-vmin(c.ua_w_k / vmax(c.stream_w_k, R(1e-9)), R(50)));
  const R x = c.stream_w_k * effectiveness * R(dt_s) / c.layer_j_k;
  return {vexp(-x), effectiveness * phi(x)};
}
// Returns the stream's outlet.
template <class R> R through_coil(const CoilStep<R>& c, Layers<R>& s, R inlet_c) {
  R t_c = inlet_c;
  for (int i = coil_layers - 1; i >= 0; --i) {
    const R lift_k = t_c - s.t_c[i];
    s.t_c[i] = t_c - lift_k * c.kept_frac, t_c -= lift_k * c.mean_drop_frac;
  }
  return t_c;
}

// Draw-off and loop: water rises. cold enters below, what the loop brings back enters at its layer; what leaves is the top's at the
// end of the step (implicit, first order in the flow).
template <class R> struct Rise { R draw_kg_s, cold_c, loop_kg_s, loop_c, layer_kg; };
template <class R> void rise(const Rise<R>& r, Layers<R>& s, double dt_s) {
  R below_kg = r.draw_kg_s * R(dt_s), below_c = r.cold_c;
  for (int i = 0; i < layers; ++i) {
    R into = below_kg * below_c, through_kg = below_kg;
    if (i == loop_layer) into += r.loop_kg_s * R(dt_s) * r.loop_c, through_kg += r.loop_kg_s * R(dt_s);
    s.t_c[i] = (r.layer_kg * s.t_c[i] + into) / (r.layer_kg + through_kg);
    below_kg = through_kg, below_c = s.t_c[i];
  }
}

// Lifts the layers from `first` up to target, the top one first, with at most heat_j; returns the heat used.
template <class R> struct TopUp { R heat_j, target_c, layer_j_k, first_count; };
template <class R> R top_up(const TopUp<R>& t, Layers<R>& s) {
  R left_j = t.heat_j, used_j = R(0);  // summed, not the difference: heat_j may be without limit
  for (int i = layers - 1; i >= 0; --i) {
    const R gap_j = t.layer_j_k * vmax(t.target_c - s.t_c[i], R(0));
    const R given_j = select(R(i) >= t.first_count, vmin(gap_j, left_j), R(0));
    s.t_c[i] += given_j / t.layer_j_k, left_j -= given_j, used_j += given_j;
  }
  return used_j;
}

// Warmer water below rises: neighbours mix until none is left, or as far as three passes bring it.
template <class R> void settle_layers(Layers<R>& s) {
  for (int pass = 0; pass < 3; ++pass)
    for (int i = 0; i + 1 < layers; ++i) {
      const auto upside_down = s.t_c[i] > s.t_c[i + 1];
      const R mean_c = R(0.5) * (s.t_c[i] + s.t_c[i + 1]);
      s.t_c[i] = select(upside_down, mean_c, s.t_c[i]), s.t_c[i + 1] = select(upside_down, mean_c, s.t_c[i + 1]);
    }
}

// How much water of supply_c a mixed draw-off of mixed_kg_s at wanted_c takes: all of it where the supply is no warmer.
template <class R> struct Mix { R mixed_kg_s, wanted_c, supply_c, cold_c; };
template <class R> R hot_part_kg_s(const Mix<R>& m) {
  return m.mixed_kg_s * clamp01((m.wanted_c - m.cold_c) / vmax(m.supply_c - m.cold_c, R(0.1)));
}

}  // namespace hypocaust::demand
