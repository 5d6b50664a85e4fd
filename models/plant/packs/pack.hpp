// A Real of HYPOCAUST_PACK_WIDTH lanes on vector registers (the compiler's vector types). No width changes a bit of a lane.
#pragma once
#include "models/plant/parcels.hpp"

namespace hypocaust {
namespace {

constexpr int width = HYPOCAUST_PACK_WIDTH;

struct Pack;
struct PackMask {
  typedef std::int64_t Lanes __attribute__((vector_size(8 * width)));
  Lanes lanes;
};
struct Pack {
  typedef double Lanes __attribute__((vector_size(8 * width)));
  Lanes lanes;
  Pack() = default;
  Pack(double a) : lanes(a - Lanes{}) {}
  Pack(Lanes a) : lanes(a) {}
};
typedef std::uint64_t PackBits __attribute__((vector_size(8 * width)));

inline Pack operator+(Pack a, Pack b) { return a.lanes + b.lanes; }
inline Pack operator-(Pack a, Pack b) { return a.lanes - b.lanes; }
inline Pack operator*(Pack a, Pack b) { return a.lanes * b.lanes; }
inline Pack operator/(Pack a, Pack b) { return a.lanes / b.lanes; }
inline Pack operator-(Pack a) { return -a.lanes; }
inline Pack& operator+=(Pack& a, Pack b) { return a = a + b; }
inline Pack& operator-=(Pack& a, Pack b) { return a = a - b; }
inline Pack& operator*=(Pack& a, Pack b) { return a = a * b; }
inline PackMask operator<(Pack a, Pack b) { return {a.lanes < b.lanes}; }
inline PackMask operator>(Pack a, Pack b) { return {a.lanes > b.lanes}; }
inline PackMask operator<=(Pack a, Pack b) { return {a.lanes <= b.lanes}; }
inline PackMask operator>=(Pack a, Pack b) { return {a.lanes >= b.lanes}; }
inline PackMask operator&(PackMask a, PackMask b) { return {a.lanes & b.lanes}; }
inline PackMask operator|(PackMask a, PackMask b) { return {a.lanes | b.lanes}; }
inline PackMask operator!(PackMask a) { return {~a.lanes}; }
inline unsigned bits_of(PackMask m) {
#if HYPOCAUST_PACK_WIDTH == 8
  typedef long long Long __attribute__((vector_size(64)));
  return __builtin_ia32_cvtq2mask512(reinterpret_cast<Long>(m.lanes));
#else
  return static_cast<unsigned>(__builtin_ia32_movmskpd256(reinterpret_cast<Pack::Lanes>(m.lanes)));
#endif
}
inline bool any(PackMask m) { return bits_of(m) != 0; }
inline bool all(PackMask m) { return bits_of(m) == (1u << width) - 1; }
inline Pack select(PackMask m, Pack a, Pack b) { return m.lanes ? a.lanes : b.lanes; }
inline Pack vmin(Pack a, Pack b) { return select(a < b, a, b); }
inline Pack vmax(Pack a, Pack b) { return select(a > b, a, b); }
inline PackBits to_bits(Pack x) { return reinterpret_cast<PackBits>(x.lanes); }
inline Pack from_bits(PackBits bits, Pack) { return reinterpret_cast<Pack::Lanes>(bits); }
inline Pack vabs(Pack a) { return from_bits(to_bits(a) & 0x7fffffffffffffff, a); }
// What lies outside a formula's range is asked of the function for doubles.
template <class F> Pack repaired(Pack value, PackMask odd, Pack x, F f) {
  if (any(odd))
    for (int l = 0; l < width; ++l)
      if (odd.lanes[l]) value.lanes[l] = f(x.lanes[l]);
  return value;
}
inline Pack vexp(Pack x) {
  const PackMask inside = (x >= Pack(-708.0)) & (x <= Pack(709.0)), nothing = x < Pack(-746.0);
  const Pack value = select(inside, exp_inside(select(inside, x, Pack(0))), Pack(0));
  return repaired(value, !(inside | nothing), x, [](double a) { return hypocaust::vexp(a); });
}
inline Pack vlog(Pack x) {
  const PackMask inside = (x >= Pack(0x1p-1022)) & (x < Pack(HUGE_VAL));
  return repaired(log_inside(select(inside, x, Pack(1))), !inside, x, [](double a) { return hypocaust::vlog(a); });
}

// The places in a pack, as integers.
inline PackMask::Lanes integers(Pack x) { return reinterpret_cast<PackMask::Lanes>(to_bits(x + Pack(0x1.8p52)) & 0xffff); }
}  // namespace

namespace plant {
namespace {
// The rings of neighbouring components, where they lie in the plant's arena.
struct PackRing {
  double* first;
  PackMask::Lanes lane_places;  // of each lane's ring, from the first
};
inline Pack at(const PackRing& ring, Pack index) {
  const PackMask::Lanes place = ring.lane_places + integers(index);
  const double* const p = ring.first;
#if HYPOCAUST_PACK_WIDTH == 8
  return Pack(
      Pack::Lanes{p[place[0]], p[place[1]], p[place[2]], p[place[3]], p[place[4]], p[place[5]], p[place[6]], p[place[7]]});
#else
  return Pack(Pack::Lanes{p[place[0]], p[place[1]], p[place[2]], p[place[3]]});
#endif
}
inline void put(PackRing& ring, Pack index, Pack value, PackMask mask) {
  const PackMask::Lanes place = ring.lane_places + integers(index);
  if (all(mask)) {
    for (int l = 0; l < width; ++l) ring.first[place[l]] = value.lanes[l];
  } else {
    for (int l = 0; l < width; ++l)
      if (mask.lanes[l]) ring.first[place[l]] = value.lanes[l];
  }
}
}  // namespace
template <> struct RingOf<Pack> { using Type = PackRing; };
}  // namespace plant
}  // namespace hypocaust
