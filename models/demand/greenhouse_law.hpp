// A greenhouse: the cover's loss by wind and screen, transpiration, condensation, and a step of its air, vapour and floor.
// docs/methods/greenhouse.md.
#pragma once
#include "models/core/moist_air.hpp"

namespace hypocaust::demand {

// Loss of a single-glazed house to the outdoor air, sky included: U = 4.41 + 0.40 v, measured on winter nights (Mihara and Hayashi 1979,
// J. Agric. Meteorol. 35(1), 13-19). Here relative to the wind at which a U value is told.
inline constexpr double told_wind_m_s = 4.0;
template <class R> R wind_factor(R wind_m_s) { return (R(4.41) + R(0.40) * wind_m_s) / R(4.41 + 0.40 * told_wind_m_s); }
// Leaks, m3/s a m2 of floor: Vanthoor et al. 2011 (Biosystems Engineering 110, 363-377), with their floor for still air.
template <class R> R leaks_m_s(R leakage_frac, R wind_m_s) { return leakage_frac * vmax(wind_m_s, R(0.25)); }

// Share of the sun within that the leaves take: extinction 0.7 for visible light and 0.27 for the rest (Marcelis 1998, De Zwart 1996), half each.
template <class R> R leaf_share(R leaf_area_frac) {
  return R(1) - R(0.5) * (vexp(R(-0.7) * leaf_area_frac) + vexp(R(-0.27) * leaf_area_frac));
}

// Vapour from leaves, kg/(s Pa) a m2 of floor: big leaf of Stanghellini 1987 as in Vanthoor et al. 2011. The stomata open with the sun on
// the leaves (W/m2) and close as the air (deficit, Pa) dries; without its factor of CO2. 65.8 Pa/K: psychrometric constant.
inline constexpr double boundary_s_m = 275, least_stomata_s_m = 82, psychrometric_pa_k = 65.8, vaporisation_j_kg = 2.45e6;
template <class R> R transpiration_kg_s_pa_m2(R leaf_area_frac, R sun_w_m2, R deficit_pa) {
  const R by_sun_frac = (sun_w_m2 + R(4.30)) / (sun_w_m2 + R(0.54)),
          by_air_frac = vmin(R(1) + R(4.3e-6) * deficit_pa * deficit_pa, R(5.8));
  return R(2 * dry_air_kg_m3 * dry_air_j_kg_k / (vaporisation_j_kg * psychrometric_pa_k)) * leaf_area_frac /
         (R(boundary_s_m) + R(least_stomata_s_m) * by_sun_frac * by_air_frac);
}
// Vapour to a colder surface, kg/(s Pa) a m2: 6.4e-9 x convection, W/(m2 K), itself 1.86 dT^0.33 (Vanthoor et al. 2011).
template <class R> R condensation_kg_s_pa_m2(R colder_k) {
  return R(6.4e-9 * 1.86) * vexp(R(0.33) * vlog(vmax(colder_k, R(0.01))));
}

// Vapour of the air over a step, implicit; pressures linear in the ratio about its start. _kg_s_pa: towards saturation at the leaves, and
// to the cover where the air is above saturation there.
template <class R> struct HouseVapour {
  double dt_s;
  R air_kg, ratio, leaf_kg_s_pa, leaf_pa, cover_kg_s_pa, cover_pa, fresh_kg_s, fresh_ratio;
};
template <class R> struct HouseVapourStep { R ratio, transpired_kg_s, condensed_kg_s; };
template <class R> HouseVapourStep<R> house_vapour(const HouseVapour<R>& v) {
  const R pa_per_ratio = R(normal_pressure_pa) / (R(0.621945) + v.ratio), start_pa = pa_per_ratio * v.ratio;
  const R cover_kg_s_pa = select(start_pa > v.cover_pa, v.cover_kg_s_pa, R(0)), store_kg_s = v.air_kg / R(v.dt_s);
  const R ratio =
      (store_kg_s * v.ratio + v.leaf_kg_s_pa * v.leaf_pa + cover_kg_s_pa * v.cover_pa + v.fresh_kg_s * v.fresh_ratio) /
      (store_kg_s + (v.leaf_kg_s_pa + cover_kg_s_pa) * pa_per_ratio + v.fresh_kg_s);
  const R pa = pa_per_ratio * ratio;
  return {ratio, v.leaf_kg_s_pa * (v.leaf_pa - pa), cover_kg_s_pa * (pa - v.cover_pa)};
}

// Heat of air and floor over a step, implicit. _w: what does not depend on the two temperatures; exchange: of the primary stream's inlet.
template <class R> struct HouseHeat {
  double dt_s;
  R air_j_k, air_c, air_w, outdoor_w_k, outdoor_c, exchange_w_k, floor_j_k, floor_c, floor_w, floor_w_k, ground_w_k, ground_c;
};
template <class R> struct HouseEnds {  // air at the end = base + gain x inlet; per_w: kelvin a watt more into the air
  R base_c, gain, per_w;
};
template <class R> R floor_end_c(const HouseHeat<R>& h, R air_c) {
  const R store_w_k = h.floor_j_k / R(h.dt_s);
  return (store_w_k * h.floor_c + h.floor_w + h.floor_w_k * air_c + h.ground_w_k * h.ground_c) /
         (store_w_k + h.floor_w_k + h.ground_w_k);
}
template <class R> HouseEnds<R> house_heat(const HouseHeat<R>& h) {
  const R store_w_k = h.air_j_k / R(h.dt_s), floor_at_zero_c = floor_end_c(h, R(0)),
          follows = h.floor_w_k / (h.floor_j_k / R(h.dt_s) + h.floor_w_k + h.ground_w_k);
  const R all_w_k = store_w_k + h.outdoor_w_k + h.floor_w_k * (R(1) - follows) + h.exchange_w_k;
  const R rhs = store_w_k * h.air_c + h.air_w + h.outdoor_w_k * h.outdoor_c + h.floor_w_k * floor_at_zero_c;
  return {rhs / all_w_k, h.exchange_w_k / all_w_k, R(1) / all_w_k};
}

}  // namespace hypocaust::demand
