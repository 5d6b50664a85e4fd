// Darcy friction factor f of a straight round pipe: dp = f L / D x density v^2 / 2. Five laws of turbulent flow, and between
// laminar (64 / Re) and turbulent the cubic in Re that meets both in value and slope, so that dp has a continuous slope everywhere.
//
// Re: Reynolds number, counted positive. rough: roughness / diameter, 0 to 0.1. 1 / sqrt(f) is
//   haaland            -1.8 log10(6.9 / Re + (rough / 3.7)^1.11)           Haaland, J. Fluids Eng. 105 (1983) 89
//   colebrook_white    -2 log10(2.51 / (Re sqrt(f)) + rough / 3.7)         Colebrook, J. Inst. Civ. Eng. 11 (1939) 133
//   swamee_jain        -2 log10(5.74 / Re^0.9 + rough / 3.7)               Swamee and Jain, J. Hydr. Div. ASCE 102 (1976) 657
//   prandtl_nikuradse  -2 log10(rough / 3.71), fully rough flow            Nikuradse, VDI-Forschungsheft 361 (1933)
//   nikuradse_sum      f of prandtl_nikuradse + 64 / Re at every Re (a rule of thumb of gas and water network programs)
// Such a cubic for Re 2000 to 4000 is Dunlop's (Rossman, EPANET 2 users manual, 2000, appendix D); here it is written for any law.
#pragma once
#include <span>
#include <string_view>

#include "models/core/math.hpp"

namespace hypocaust {

enum class FrictionLaw : int { haaland, colebrook_white, swamee_jain, prandtl_nikuradse, nikuradse_sum };
std::span<const std::string_view> names(FrictionLaw);

struct FrictionChoice {
  FrictionLaw law = FrictionLaw::haaland;
  double laminar_reynolds = 2000, turbulent_reynolds = 4000;  // the cubic is between them
};

// The law of one pipe. The cubic: f = sum of cubic[k] u^k, u = (Re - laminar) / (turbulent - laminar).
template <class R> struct Friction { R law, rough, laminar_reynolds, turbulent_reynolds, per_reynolds, cubic[4]; };

// value = f Re; growth = d(f Re^2) / dRe: the slope of dp over flow, in the same unit. Both are 64 in laminar flow.
template <class R> struct Drag { R value, growth; };

namespace friction {

// From root = 1 / sqrt(f) and its derivative by ln Re.
template <class R> Drag<R> drag_of_root(R reynolds, R root, R root_slope) {
  const R inverse = R(1) / root, value = inverse * inverse * reynolds;
  return {value, R(2) * value * (R(1) - root_slope * inverse)};
}

template <class R> Drag<R> haaland(const Friction<R>& d, R reynolds) {
  constexpr double per_ln = 1.8 / std::numbers::ln10;
  const R part = R(6.9) / reynolds, x = part + d.rough, root = vlog(x) * R(-per_ln);
  const R q = R(1) / (root * root * x), value = x * q * reynolds;  // 1 / root^2 = x q; one division serves both
  return {value, R(2) * (value - R(per_ln) * part * root * q * value)};
}

// Newton on root + K ln(part root + rough / 3.7) from a step of the plain iteration: the error falls below 1e-15 in three steps,
// for Re 2000 to 1e9 (tests/unit/models/core/friction.cpp).
template <class R> Drag<R> colebrook_white(const Friction<R>& d, R reynolds) {
  constexpr double per_ln = 2 / std::numbers::ln10;
  const R part = R(2.51) / reynolds;
  R root = R(-per_ln) * vlog(part * R(7) + d.rough), share;
  for (int k = 0; k < 3; ++k) {
    const R x = part * root + d.rough;
    share = R(per_ln) * part / x;
    root = root - (root + R(per_ln) * vlog(x)) / (R(1) + share);
  }
  share = R(per_ln) * part / (part * root + d.rough);
  return drag_of_root(reynolds, root, share * root / (R(1) + share));
}

template <class R> Drag<R> swamee_jain(const Friction<R>& d, R reynolds) {
  constexpr double per_ln = 2 / std::numbers::ln10;
  const R part = R(5.74) * vexp(R(-0.9) * vlog(reynolds)), x = part + d.rough;
  return drag_of_root(reynolds, R(-per_ln) * vlog(x), R(0.9 * per_ln) * part / x);
}

template <class R> Drag<R> nikuradse(const Friction<R>& d, R reynolds) {
  return drag_of_root(reynolds, R(-2 / std::numbers::ln10) * vlog(d.rough), R(0));
}

}  // namespace friction

template <class R> Drag<R> turbulent_drag(const Friction<R>& d, R reynolds) {
  const auto is = [&](FrictionLaw law) {
    const R k(static_cast<int>(law));
    return (d.law >= k) & (d.law <= k);
  };
  Drag<R> drag{};
  const auto put_where = [&](auto mask, const Drag<R>& other) {
    drag = {select(mask, other.value, drag.value), select(mask, other.growth, drag.growth)};
  };
  const auto simple = d.law <= R(0);
  if (any(simple)) drag = friction::haaland(d, reynolds);
  const auto asked = d.law > R(0);
  if (any(asked)) {
    if (const auto mask = is(FrictionLaw::colebrook_white); any(mask)) put_where(mask, friction::colebrook_white(d, reynolds));
    if (const auto mask = is(FrictionLaw::swamee_jain); any(mask)) put_where(mask, friction::swamee_jain(d, reynolds));
    const auto rough = d.law >= R(static_cast<int>(FrictionLaw::prandtl_nikuradse));
    if (any(rough)) {
      const Drag<R> full = friction::nikuradse(d, reynolds);
      const R laminar = select(is(FrictionLaw::nikuradse_sum), R(64), R(0));
      put_where(rough, {full.value + laminar, full.growth + laminar});
    }
  }
  return drag;
}

template <class R> Drag<R> drag(const Friction<R>& d, R reynolds) {
  Drag<R> drag{R(64), R(64)};
  const auto turbulent = reynolds > d.turbulent_reynolds;
  if (any(turbulent)) {
    const Drag<R> full = turbulent_drag(d, vmax(reynolds, d.turbulent_reynolds));
    drag = {select(turbulent, full.value, drag.value), select(turbulent, full.growth, drag.growth)};
  }
  const auto between = (reynolds > d.laminar_reynolds) & (reynolds <= d.turbulent_reynolds);
  if (any(between)) {
    const R u = (reynolds - d.laminar_reynolds) * d.per_reynolds;
    const R f = d.cubic[0] + u * (d.cubic[1] + u * (d.cubic[2] + u * d.cubic[3]));
    const R slope = (d.cubic[1] + u * (R(2) * d.cubic[2] + R(3) * u * d.cubic[3])) * d.per_reynolds;
    const R value = f * reynolds;
    drag = {select(between, value, drag.value), select(between, R(2) * value + slope * reynolds * reynolds, drag.growth)};
  }
  return drag;
}

inline constexpr double rough_ratio_most = 0.1;  // of the diameter; the data behind the laws end at 0.05
Friction<double> friction_of(const FrictionChoice& choice, double rough_ratio);
// Does the drop grow with the flow everywhere? Not so where the fully rough law is asked of a smooth pipe: it falls below laminar.
bool drop_grows(const Friction<double>& law);

}  // namespace hypocaust
