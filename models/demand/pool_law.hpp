// An indoor pool over one step: water, hall air and humidity, each one stirred content, by implicit Euler: legal at any step, first
// order in step / time constant (hours for a hall, days for a basin). Every flow of heat is linear in the contents' temperatures at
// the end of the step, and so in the primary stream's inlet. docs/methods/pool.md has equations, ranges and sources.
#pragma once
#include "models/core/moist_air.hpp"

namespace hypocaust::demand {

// Evaporation of a still or used surface. rest, in_use, covered: mass transfer coefficients in m/s (VDI 2089 part 1:2010,
// section 6: 7, 28 to 50 and 0.7 m/h), or activity factors (ASHRAE Handbook HVAC Applications 2019, chapter 6: 0.5, 0.65 to 2).
template <class R> struct Surface { R area_m2, rest_value, in_use_value, covered_value, vdi_on; };
template <class R> struct Use { R occupancy_frac, cover_frac, water_c, air_c; };

inline constexpr double ashrae_kg_s_m2_pa = 4e-8;  // equation 2 there, air at 0.1 m/s over the water

// kg/s for each Pa by which the saturation pressure at the water is above the vapour pressure of the air:
//   VDI: beta A / (R_v (T_water + T_air) / 2)      ASHRAE: 4e-8 A F
// A part of the surface that is covered has the covered value, the rest lies between rest and use as it is occupied.
template <class R> R evaporation_kg_s_pa(const Surface<R>& s, const Use<R>& u) {
  const R open_value = s.rest_value + u.occupancy_frac * (s.in_use_value - s.rest_value);
  const R value = u.cover_frac * s.covered_value + (R(1) - u.cover_frac) * open_value;
  const R mean_k = R(0.5) * (u.water_c + u.air_c) + R(kelvin_offset_k);
  return value * s.area_m2 * select(s.vdi_on > R(0), R(1) / (R(vapour_gas_j_kg_k) * mean_k), R(ashrae_kg_s_m2_pa));
}

// The vapour in the hall over a step. supply: outdoor air; capacity: what the dehumidifier can take, which it does to hold `wanted`.
template <class R> struct Vapour {
  double dt_s;
  R air_kg, ratio, surface_pa, evaporation_kg_s_pa, outdoor_kg_s, outdoor_ratio, wanted_ratio, capacity_kg_s;
};
template <class R> struct VapourStep { R ratio, evaporated_kg_s, dried_kg_s; };
template <class R> VapourStep<R> vapour_step(const Vapour<R>& v) {
  // Vapour pressure linear about the ratio at the start.
  const R pressure_pa = R(normal_pressure_pa), start_pa = vapour_pressure_pa(v.ratio, pressure_pa), over = R(0.621945) + v.ratio;
  const R slope_pa = pressure_pa * R(0.621945) / (over * over), content_kg_s = v.air_kg / R(v.dt_s);
  const R into_kg_s = v.evaporation_kg_s_pa * (v.surface_pa - start_pa + slope_pa * v.ratio) + v.outdoor_kg_s * v.outdoor_ratio +
                      content_kg_s * v.ratio;
  const R out_kg_s = content_kg_s + v.evaporation_kg_s_pa * slope_pa + v.outdoor_kg_s;
  const R dried_kg_s = clamp(into_kg_s - out_kg_s * v.wanted_ratio, R(0), v.capacity_kg_s);
  const R ratio = (into_kg_s - dried_kg_s) / out_kg_s;
  return {ratio, v.evaporation_kg_s_pa * (v.surface_pa - start_pa - slope_pa * (ratio - v.ratio)), dried_kg_s};
}

// Heat of water and hall air. _w: what does not depend on the two temperatures; exchange: of the primary stream's inlet.
template <class R> struct Contents {
  double dt_s;
  R water_j_k, water_c, water_w, ground_w_k, ground_c, fresh_w_k, fresh_c, water_exchange_w_k;
  R hall_on, air_j_k, air_c, air_w, outdoor_w_k, outdoor_c, air_exchange_w_k;  // hall_on 0: the air is held at air_c
  R surface_w_k;
};
// Temperature at the end of the step = base + gain x inlet temperature.
template <class R> struct Ends { R water_base_c, water_gain, air_base_c, air_gain; };
template <class R> Ends<R> heat_step(const Contents<R>& c) {
  const auto hall = c.hall_on > R(0);
  const R water_store_w_k = c.water_j_k / R(c.dt_s), air_store_w_k = c.air_j_k / R(c.dt_s);
  const R water_w_k = water_store_w_k + c.surface_w_k + c.ground_w_k + c.fresh_w_k + c.water_exchange_w_k;
  const R water_rhs = water_store_w_k * c.water_c + c.water_w + c.ground_w_k * c.ground_c + c.fresh_w_k * c.fresh_c;
  const R air_w_k = select(hall, air_store_w_k + c.surface_w_k + c.outdoor_w_k + c.air_exchange_w_k, R(1));
  const R air_rhs = select(hall, air_store_w_k * c.air_c + c.air_w + c.outdoor_w_k * c.outdoor_c, c.air_c);
  const R coupling_w_k = select(hall, c.surface_w_k, R(0)), air_exchange_w_k = select(hall, c.air_exchange_w_k, R(0));
  const R determinant = water_w_k * air_w_k - c.surface_w_k * coupling_w_k;
  return {(water_rhs * air_w_k + c.surface_w_k * air_rhs) / determinant,
          (c.water_exchange_w_k * air_w_k + c.surface_w_k * air_exchange_w_k) / determinant,
          (air_rhs * water_w_k + coupling_w_k * water_rhs) / determinant,
          (air_exchange_w_k * water_w_k + coupling_w_k * c.water_exchange_w_k) / determinant};
}

}  // namespace hypocaust::demand
