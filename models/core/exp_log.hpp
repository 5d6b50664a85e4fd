// exp and log in plain arithmetic, without a table or a fused operation: a lane of a pack, a double alone and every processor
// get the same bits. Errors below 0.8 units in the last place (tests/unit/models/core/math.cpp).
//
// R: double or a pack; to_bits and from_bits are given for both, and what is written here works on whole packs.
#pragma once
#include <cstdint>

namespace hypocaust {

inline std::uint64_t to_bits(double x) { return __builtin_bit_cast(std::uint64_t, x); }
inline double from_bits(std::uint64_t bits, double) { return __builtin_bit_cast(double, bits); }

namespace exp_log {
inline constexpr double ln2_high = 0x1.62e42feep-1,
                        ln2_low = 0x1.a39ef35793c76p-33;             // ln 2; times an exponent the first is exact
inline constexpr std::uint64_t least_mantissa = 0x3fe6a09e667f3bcd;  // the bits of sqrt(1/2)
}  // namespace exp_log

// exp(x) = 2^k exp(r), |r| <= ln(2) / 2; the series of exp(r) up to r^13. For -708 <= x <= 709.
template <class R> R exp_inside(R x) {
  const R shift(0x1.8p52);  // added and taken off: the nearest integer; its last bits are that integer's
  const R shifted = x * R(1.4426950408889634) + shift, k = shifted - shift;
  const R r = (x - k * R(exp_log::ln2_high)) - k * R(exp_log::ln2_low), r2 = r * r, r4 = r2 * r2;
  const R low = (R(1.0 / 2) + r * R(1.0 / 6)) + r2 * (R(1.0 / 24) + r * R(1.0 / 120));
  const R middle = (R(1.0 / 720) + r * R(1.0 / 5040)) + r2 * (R(1.0 / 40320) + r * R(1.0 / 362880));
  const R high = (R(1.0 / 3628800) + r * R(1.0 / 39916800)) + r2 * (R(1.0 / 479001600) + r * R(1.0 / 6227020800));
  const R value = R(1) + (r + r2 * (low + r4 * (middle + r4 * high)));
  return from_bits(to_bits(value) + (to_bits(shifted) << 52), R(0));
}

// log(x) = k ln 2 + log(1 + f), sqrt(1/2) <= 1 + f < sqrt(2). With s = f / (2 + f), log(1 + f) = 2 (s + s^3 / 3 + s^5 / 5 + ...)
// = f - f^2 / 2 + s (f^2 / 2 + 2 (s^2 / 3 + s^4 / 5 + ...)), which keeps the digits of f. For positive numbers of full precision.
template <class R> R log_inside(R x) {
  const auto bits = to_bits(x) + (0x3ff0000000000000 - exp_log::least_mantissa);
  const R k = from_bits((bits >> 52) | 0x4330000000000000, R(0)) - R(0x1p52 + 1023);
  const R f = from_bits((bits & 0x000fffffffffffff) + exp_log::least_mantissa, R(0)) - R(1);
  const R s = f / (R(2) + f), z = s * s, z2 = z * z, z4 = z2 * z2, half = R(0.5) * f * f;
  const R low = (R(2.0 / 3) + z * R(2.0 / 5)) + z2 * (R(2.0 / 7) + z * R(2.0 / 9));
  const R high = (R(2.0 / 11) + z * R(2.0 / 13)) + z2 * (R(2.0 / 15) + z * R(2.0 / 17)) + z4 * (R(2.0 / 19) + z * R(2.0 / 21));
  const R series = z * (low + z4 * high);
  return k * R(exp_log::ln2_high) - ((half - (s * (half + series) + k * R(exp_log::ln2_low))) - f);
}

}  // namespace hypocaust
