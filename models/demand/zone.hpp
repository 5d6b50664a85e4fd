// A zone after VDI 6007 part 1 (2012), two elements: exterior and interior walls, each a storage C1 behind R1; the exterior walls'
// storage also meets the outdoors through Rrest; both surfaces meet the air by convection and each other by radiation.
//
//   air ---- a_e ---- surface e -- R1 -- C1 exterior -- Rrest -- equal air temperature
//    |                   | radiation
//    +------ a_i ---- surface i -- R1 -- C1 interior
//
// The surfaces store nothing and are eliminated exactly (star to mesh): three nodes that store, air, exterior and interior mass,
// remain, and each surface's heat has three shares. The air may store nothing (as in the guideline). A step is the L-stable diagonally
// implicit Runge-Kutta method of order 2 (Alexander 1977, gamma = 1 - 1/sqrt 2): any step is legal, energy closes by construction, and
// hourly means at 60 s are within 0.01 K of those at 1 s for the rooms of the guideline (tests). docs/methods/building.md.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::demand {

struct ZoneElement {  // all walls of a kind together
  double area_m2, convection_w_m2_k, r1_k_w, c1_j_k;
};
struct ZoneSpec {
  ZoneElement exterior, interior;
  double rest_k_w;                // exterior storage to equal air temperature, outer film included
  double radiation_w_m2_k = 5.0;  // between the surfaces, on the smaller of the areas
  double air_j_k = 0.0;
};

inline constexpr int zone_nodes = 3;  // 0 air, 1 exterior mass, 2 interior mass

template <class R> struct Zone {
  R air_exterior_w_k, air_interior_w_k, exterior_interior_w_k, outdoor_w_k;
  R capacity_j_k[zone_nodes];
  R exterior_share[zone_nodes], interior_share[zone_nodes];  // where heat on a surface goes; each sums to 1
  // For the length of the step (prepare_zone): the inverse of C / (gamma dt) + G, symmetric: 00 01 02 11 12 22.
  R inverse_k_w[6];
};

template <class R> struct ZoneState { R c[zone_nodes]; };
template <class R> struct ZoneLoads {  // means over the step
  R equal_c;                           // outdoors as the exterior walls feel it
  R fresh_c, fresh_w_k;                // air that is exchanged (or windows): its temperature, and what it carries a kelvin
  R heat_w[zone_nodes];
};
template <class R> struct ZoneStep {
  ZoneState<R> end;
  R air_mean_c, lost_w;  // over the step
};

inline Zone<double> make_zone(const ZoneSpec& z) {
  const double ae = z.exterior.convection_w_m2_k * z.exterior.area_m2, ai = z.interior.convection_w_m2_k * z.interior.area_m2,
               ei = z.radiation_w_m2_k * vmin(z.exterior.area_m2, z.interior.area_m2), e1 = 1 / z.exterior.r1_k_w,
               i1 = 1 / z.interior.r1_k_w;
  const double to_e = ae + ei + e1, to_i = ai + ei + i1, det = to_e * to_i - ei * ei;
  const double see = to_i / det, sii = to_e / det, sei = ei / det;  // kelvin a watt on the surfaces
  return {.air_exterior_w_k = e1 * (see * ae + sei * ai),
          .air_interior_w_k = i1 * (sei * ae + sii * ai),
          .exterior_interior_w_k = e1 * sei * i1,
          .outdoor_w_k = 1 / z.rest_k_w,
          .capacity_j_k = {z.air_j_k, z.exterior.c1_j_k, z.interior.c1_j_k},
          .exterior_share = {ae * see + ai * sei, e1 * see, i1 * sei},
          .interior_share = {ae * sei + ai * sii, e1 * sei, i1 * sii},
          .inverse_k_w = {}};
}

namespace detail {
inline constexpr double gamma = 0.29289321881345248;  // 1 - 1/sqrt 2
// inverse x v, of a symmetric 3 x 3 matrix
template <class R> void times(const R (&m)[6], const R (&v)[zone_nodes], R (&out)[zone_nodes]) {
  out[0] = m[0] * v[0] + m[1] * v[1] + m[2] * v[2];
  out[1] = m[1] * v[0] + m[3] * v[1] + m[4] * v[2];
  out[2] = m[2] * v[0] + m[4] * v[1] + m[5] * v[2];
}
}  // namespace detail

template <class R> void prepare_zone(Zone<R>& z, double dt_s) {
  const R rate = R(1.0 / (detail::gamma * dt_s));
  const R a = z.capacity_j_k[0] * rate + z.air_exterior_w_k + z.air_interior_w_k, b = -z.air_exterior_w_k,
          c = -z.air_interior_w_k, d = z.capacity_j_k[1] * rate + z.air_exterior_w_k + z.exterior_interior_w_k + z.outdoor_w_k,
          e = -z.exterior_interior_w_k, f = z.capacity_j_k[2] * rate + z.air_interior_w_k + z.exterior_interior_w_k;
  const R df = d * f - e * e, ce = c * e - b * f, be = b * e - c * d, det = a * df + b * ce + c * be;
  z.inverse_k_w[0] = df / det, z.inverse_k_w[1] = ce / det, z.inverse_k_w[2] = be / det;
  z.inverse_k_w[3] = (a * f - c * c) / det, z.inverse_k_w[4] = (b * c - a * e) / det, z.inverse_k_w[5] = (a * d - b * b) / det;
}

// The zone over one step. Linear in temperatures and heat: steps may be superposed.
template <class R> ZoneStep<R> step_zone(const Zone<R>& z, const ZoneState<R>& start, const ZoneLoads<R>& l) {
  const R fresh = l.fresh_w_k / (R(1) + l.fresh_w_k * z.inverse_k_w[0]);  // the exchanged air enters the inverse by rank one
  ZoneState<R> at = start;
  R moved[zone_nodes] = {R(0), R(0), R(0)}, air_c = R(0), lost_w = R(0);
  for (int stage = 0; stage < 2; ++stage) {
    // The stage starts from what its forerunner's slope gives; the solve is for the change, so that differences stay exact.
    const R carried = R(stage == 0 ? 0.0 : (1 - detail::gamma) / detail::gamma);
    for (int n = 0; n < zone_nodes; ++n) at.c[n] = start.c[n] + carried * moved[n];
    const R to_e = z.air_exterior_w_k * (at.c[0] - at.c[1]), to_i = z.air_interior_w_k * (at.c[0] - at.c[2]),
            across = z.exterior_interior_w_k * (at.c[1] - at.c[2]);
    const R flux_w[zone_nodes] = {l.heat_w[0] - to_e - to_i + l.fresh_w_k * (l.fresh_c - at.c[0]),
                                  l.heat_w[1] + to_e - across + z.outdoor_w_k * (l.equal_c - at.c[1]),
                                  l.heat_w[2] + to_i + across};
    detail::times(z.inverse_k_w, flux_w, moved);
    const R back = fresh * moved[0];
    for (int n = 0; n < zone_nodes; ++n) {
      moved[n] -= z.inverse_k_w[n] * back;
      at.c[n] += moved[n];
    }
    const R weight = R(stage == 0 ? 1 - detail::gamma : detail::gamma);
    air_c += weight * at.c[0];
    lost_w += weight * (z.outdoor_w_k * (at.c[1] - l.equal_c) + l.fresh_w_k * (at.c[0] - l.fresh_c));
  }
  return {at, air_c, lost_w};
}

// What one watt over the step, in these shares, does: step_zone of everything else, plus heat x this, is the step with the heat.
template <class R> ZoneStep<R> zone_response(const Zone<R>& z, const R (&share)[zone_nodes], R fresh_w_k) {
  return step_zone(z, ZoneState<R>{{R(0), R(0), R(0)}}, ZoneLoads<R>{R(0), R(0), fresh_w_k, {share[0], share[1], share[2]}});
}
template <class R> void add_heat(ZoneStep<R>& step, const ZoneStep<R>& response, R heat_w) {
  for (int n = 0; n < zone_nodes; ++n) step.end.c[n] += heat_w * response.end.c[n];
  step.air_mean_c += heat_w * response.air_mean_c, step.lost_w += heat_w * response.lost_w;
}
// The heat that brings the air to target_c: at the end of the step, or as its mean where air stores nothing.
template <class R> R heat_to_reach_w(const Zone<R>& z, const ZoneStep<R>& free, const ZoneStep<R>& response, R target_c) {
  const auto stores = z.capacity_j_k[0] > R(0);
  const R at_c = select(stores, free.end.c[0], free.air_mean_c), per_w = select(stores, response.end.c[0], response.air_mean_c);
  return (target_c - at_c) / per_w;
}
template <class R> R stored_in_zone_j(const Zone<R>& z, const ZoneState<R>& s) {
  return z.capacity_j_k[0] * s.c[0] + z.capacity_j_k[1] * s.c[1] + z.capacity_j_k[2] * s.c[2];
}

// The outdoors as an opaque surface feels it: the air, warmed by absorbed light and cooled by the sky (VDI 6007-1, section 6).
// films: convective and radiative coefficient outside, W/(m2 K); sky_c: the surroundings as a black body.
template <class R> R equal_air_c(R outdoor_c, R absorbed_w_m2, R sky_c, double convection_w_m2_k, double radiation_w_m2_k) {
  return outdoor_c + (absorbed_w_m2 + R(radiation_w_m2_k) * (sky_c - outdoor_c)) / R(convection_w_m2_k + radiation_w_m2_k);
}

}  // namespace hypocaust::demand
