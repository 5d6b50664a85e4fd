// The only place that calls exp, log, pow, sin and the like, and the vocabulary that makes a law legal on lanes.
// A law written with these words works on `double` and on any lane type that overloads them; it branches on state only
// through select, any, at (gather) and put (masked scatter).
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/core/exp_log.hpp"

namespace hypocaust {

inline constexpr double pi = std::numbers::pi;
inline constexpr double gravity_m_s2 = 9.80665;    // standard gravity, CGPM 1901
inline constexpr double kelvin_offset_k = 273.15;  // definition of the Celsius scale
inline double kelvin_from_c(double t_c) { return t_c + kelvin_offset_k; }

inline double select(bool mask, double a, double b) { return mask ? a : b; }
inline bool any(bool mask) { return mask; }
inline double vmin(double a, double b) { return a < b ? a : b; }
inline double vmax(double a, double b) { return a > b ? a : b; }
inline double vabs(double a) { return std::fabs(a); }
inline double vexpm1(double a) { return std::expm1(a); }
inline double verfc(double a) { return std::erfc(a); }
// Not the library's, whose bits differ between processors: here and on packs (models/plant/packs) they are the same everywhere.
inline double vexp(double a) { return a >= -708.0 && a <= 709.0 ? exp_inside(a) : a < -746.0 ? 0.0 : std::exp(a); }
inline double vlog(double a) { return a >= 0x1p-1022 && a < HUGE_VAL ? log_inside(a) : std::log(a); }
inline double vsqrt(double a) { return std::sqrt(a); }
inline double vsin(double a) { return std::sin(a); }
inline double vcos(double a) { return std::cos(a); }
inline double vatan2(double y, double x) { return std::atan2(y, x); }
inline double vpow(double a, double b) { return std::pow(a, b); }
inline double vtgamma(double a) { return std::tgamma(a); }
inline double vfloor(double a) { return std::floor(a); }
// A place in an array while a law works on it: an integer for double, a Real for lanes, each of which may be elsewhere.
template <class R> struct IndexOf { using Type = R; };
template <> struct IndexOf<double> { using Type = int; };
template <class R> using Index = typename IndexOf<R>::Type;
template <class R> Index<R> index_of(R x) { return static_cast<Index<R>>(x); }
inline int select(bool mask, int a, int b) { return mask ? a : b; }
template <class Array> inline double at(const Array& array, int index) { return array[index]; }
template <class Array> inline void put(Array& array, int index, double value, bool mask) {
  if (mask) array[index] = value;
}
template <class Array> inline double at(const Array& array, double index) { return array[static_cast<int>(index)]; }
template <class Array> inline void put(Array& array, double index, double value, bool mask) {
  if (mask) array[static_cast<int>(index)] = value;
}

template <class R> R clamp(R x, R low, R high) { return vmin(vmax(x, low), high); }
template <class R> R clamp01(R x) { return clamp(x, R(0), R(1)); }
// An index into a ring of n places, for i in [-n, 2n).
template <class I> I wrap(I i, int n) { return i + select(i < I(0), I(n), I(0)) - select(i >= I(n), I(n), I(0)); }
// (1 - exp(-x)) / x, continuous at 0; x >= 0, and its exponential.
template <class R> R phi(R x, R falling) {
  const auto small = x < R(1e-5);
  return select(small, R(1) - R(0.5) * x, (R(1) - falling) / select(small, R(1), x));
}
template <class R> R phi(R x) { return phi(x, vexp(-x)); }

}  // namespace hypocaust
