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
// a room that cools for a day is within 1e-5 K of the exponential at 60 s, 1e-4 K at 3,600 s (tests). docs/methods/building.md.
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
};
// What a zone does over a step of one length while so much air is exchanged: symmetric matrices from the flux at its start to the change
// at its end (00 01 02 11 12 22), and to the mean change of air and exterior mass (00 01 02 11 12).
template <class R> struct ZoneStride { R dt_s{0}, fresh_w_k{0}, end_k_w[6], mean_k_w[5]; };

template <class R> struct ZoneState { R c[zone_nodes]; };
template <class R> struct ZoneLoads {  // means over the step
  R equal_c;                           // outdoors as the exterior walls feel it
  R fresh_c;                           // of the air that is exchanged
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
          .interior_share = {ae * sei + ai * sii, e1 * sei, i1 * sii}};
}

// fresh_w_k: what the exchanged air (or windows) carries a kelvin. With K = C / (gamma dt) and P = (K + G)^-1 a stage moves by P x its
// flux; the second starts c = (1 - gamma) / gamma times the first move further on, where the flux is (1 - c + c K P) x that at the start.
// Hence end = (P + c P K P) flux, and mean = (1 - gamma) P flux + gamma end.
template <class R> ZoneStride<R> make_stride(const Zone<R>& z, R fresh_w_k, R dt_s) {
  constexpr double gamma_frac = 0.29289321881345248, carried_ratio = (1 - gamma_frac) / gamma_frac;
  const R rate_s_1 = R(1.0 / gamma_frac) / dt_s,
          k[zone_nodes] = {rate_s_1 * z.capacity_j_k[0], rate_s_1 * z.capacity_j_k[1], rate_s_1 * z.capacity_j_k[2]};
  const R a = k[0] + z.air_exterior_w_k + z.air_interior_w_k + fresh_w_k, b = -z.air_exterior_w_k, c = -z.air_interior_w_k,
          d = k[1] + z.air_exterior_w_k + z.exterior_interior_w_k + z.outdoor_w_k, e = -z.exterior_interior_w_k,
          f = k[2] + z.air_interior_w_k + z.exterior_interior_w_k;
  const R df = d * f - e * e, ce = c * e - b * f, be = b * e - c * d, determinant = a * df + b * ce + c * be;
  const R p[zone_nodes][zone_nodes] = {{df / determinant, ce / determinant, be / determinant},
                                       {ce / determinant, (a * f - c * c) / determinant, (b * c - a * e) / determinant},
                                       {be / determinant, (b * c - a * e) / determinant, (a * d - b * b) / determinant}};
  ZoneStride<R> s{dt_s, fresh_w_k, {}, {}};
  int place = 0;
  for (int i = 0; i < zone_nodes; ++i)
    for (int j = i; j < zone_nodes; ++j, ++place) {
      s.end_k_w[place] =
          p[i][j] + R(carried_ratio) * (p[i][0] * k[0] * p[0][j] + p[i][1] * k[1] * p[1][j] + p[i][2] * k[2] * p[2][j]);
      if (place < 5) s.mean_k_w[place] = R(1 - gamma_frac) * p[i][j] + R(gamma_frac) * s.end_k_w[place];
    }
  return s;
}

namespace detail {
// From the flux at the start: the zone at the end, relative to its start; lost_w is that of the mean change.
template <class R> ZoneStep<R> move(const Zone<R>& z, const ZoneStride<R>& s, const R (&flux_w)[zone_nodes]) {
  const R *e = s.end_k_w, *m = s.mean_k_w;
  const R air_k = m[0] * flux_w[0] + m[1] * flux_w[1] + m[2] * flux_w[2],
          exterior_k = m[1] * flux_w[0] + m[3] * flux_w[1] + m[4] * flux_w[2];
  return {{{e[0] * flux_w[0] + e[1] * flux_w[1] + e[2] * flux_w[2], e[1] * flux_w[0] + e[3] * flux_w[1] + e[4] * flux_w[2],
            e[2] * flux_w[0] + e[4] * flux_w[1] + e[5] * flux_w[2]}},
          air_k,
          z.outdoor_w_k * exterior_k + s.fresh_w_k * air_k};
}
}  // namespace detail

// The zone over one step. Linear in temperatures and heat: steps may be superposed.
template <class R>
ZoneStep<R> step_zone(const Zone<R>& z, const ZoneStride<R>& s, const ZoneState<R>& start, const ZoneLoads<R>& l) {
  const R to_e_w = z.air_exterior_w_k * (start.c[0] - start.c[1]), to_i_w = z.air_interior_w_k * (start.c[0] - start.c[2]),
          across_w = z.exterior_interior_w_k * (start.c[1] - start.c[2]);
  const R walls_w = z.outdoor_w_k * (start.c[1] - l.equal_c), air_w = s.fresh_w_k * (start.c[0] - l.fresh_c);
  const R flux_w[zone_nodes] = {l.heat_w[0] - to_e_w - to_i_w - air_w, l.heat_w[1] + to_e_w - across_w - walls_w,
                                l.heat_w[2] + to_i_w + across_w};
  ZoneStep<R> step = detail::move(z, s, flux_w);
  for (int n = 0; n < zone_nodes; ++n) step.end.c[n] += start.c[n];
  step.air_mean_c += start.c[0], step.lost_w += walls_w + air_w;
  return step;
}
// What one watt over the step, in these shares, does: step_zone of everything else, plus heat x this, is the step with the heat.
template <class R> ZoneStep<R> zone_response(const Zone<R>& z, const ZoneStride<R>& s, const R (&share)[zone_nodes]) {
  return detail::move(z, s, share);
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
