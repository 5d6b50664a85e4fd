// Contents that move as a stack of parcels: the plug flow of a pipe, the layers of a tank. A deque in a ring of fixed size: a
// reversal pushes and takes at the other ends and costs nothing. The enthalpy of a parcel is scale * theta + offset, so that
// the whole content cools in O(1). Parcels advance without mixing; a new one merges into its neighbour while that is small.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::plant {

inline constexpr int parcel_places = 64;
inline constexpr int parcel_spare = 8;  // places kept free, so that the ring cannot overflow

template <class R> struct Parcels {  // only Real: lives in the arena
  R first, count, scale, offset_j_kg, sum_theta, mass_kg[parcel_places], theta[parcel_places];
};

template <class R> R parcel_enthalpy(const Parcels<R>& s, Index<R> place) { return s.scale * at(s.theta, place) + s.offset_j_kg; }
template <class R> R parcels_stored_j(const Parcels<R>& s, R content_kg) {
  return s.scale * s.sum_theta + s.offset_j_kg * content_kg;
}

template <class R> void fill(Parcels<R>& s, R content_kg, R enthalpy_j_kg) {
  for (int i = 0; i < parcel_places; ++i) s.mass_kg[i] = R(0), s.theta[i] = R(0);
  s.first = R(0), s.count = R(1), s.scale = R(1), s.offset_j_kg = R(0);
  s.mass_kg[0] = content_kg, s.theta[0] = enthalpy_j_kg, s.sum_theta = content_kg * enthalpy_j_kg;
}

// What would leave when `total_kg` enters (forward: at the first parcel, leaving at the last): enthalpy of the content that
// leaves, and the mass beyond the content, which passes straight through.
template <class R> struct Leaving { R enthalpy_j, through_kg; };
template <class R, class Mask> Leaving<R> leaving(const Parcels<R>& s, R total_kg, Mask forward) {
  using I = Index<R>;
  const I count = index_of(s.count), towards = select(forward, I(-1), I(1));
  R rest = total_kg, sum = R(0), got = R(0);
  I i = I(0), k = wrap(index_of(s.first) + select(forward, count - I(1), I(0)), parcel_places);
  for (auto more = (rest > R(0)) & (i < count); any(more); more = (rest > R(0)) & (i < count)) {
    const R take = select(more, vmin(rest, at(s.mass_kg, k)), R(0));
    sum += take * at(s.theta, k), got += take, rest -= take;
    i += I(1), k = wrap(k + towards, parcel_places);
  }
  return {s.scale * sum + s.offset_j_kg * got, vmax(rest, R(0))};
}

// Moves the stack by total_kg of fluid at h_in and returns what has left. merge_below_kg: content / layers.
template <class R, class Mask> Leaving<R> displace(Parcels<R>& s, R total_kg, Mask forward, R h_in_j_kg, R merge_below_kg) {
  using I = Index<R>;
  I first = index_of(s.first), count = index_of(s.count);
  R rest = total_kg, left_j = R(0);  // take from the leaving end ...
  for (auto more = (rest > R(0)) & (count > I(0)); any(more); more = (rest > R(0)) & (count > I(0))) {
    const I k = wrap(first + select(forward, count - I(1), I(0)), parcel_places);
    const R m = at(s.mass_kg, k);
    const auto all = more & (rest >= m);
    const R take = select(more, select(all, m, rest), R(0));
    left_j += take * at(s.theta, k);
    put(s.mass_kg, k, m - take, more);
    rest -= take;
    first = wrap(first + select(all & !forward, I(1), I(0)), parcel_places), count -= select(all, I(1), I(0));
  }
  const R through_kg = vmax(rest, R(0)), add = total_kg - through_kg,
          theta = (h_in_j_kg - s.offset_j_kg) / s.scale;  // ... and add at the other
  const auto flows = add > R(0);
  const I end = wrap(first + select(forward, I(0), count - I(1)), parcel_places);
  const R there_kg = at(s.mass_kg, end);
  const auto merge = flows & (count > I(0)) & ((there_kg < merge_below_kg) | (count >= I(parcel_places - 1)));
  const auto push = flows & !merge;
  first = wrap(first - select(push & forward, I(1), I(0)), parcel_places), count += select(push, I(1), I(0));
  const I n = wrap(first + select(forward, I(0), count - I(1)), parcel_places);
  const R kept_kg = select(merge, there_kg, R(0)), sum_kg = kept_kg + add;
  put(s.theta, n, (kept_kg * at(s.theta, n) + add * theta) / vmax(sum_kg, R(1e-300)), flows);
  put(s.mass_kg, n, sum_kg, flows);
  s.sum_theta += add * theta - left_j;
  s.first = R(first), s.count = R(count);
  return {s.scale * left_j + s.offset_j_kg * add, through_kg};
}

// The content relaxes towards h_ambient, keeping the share `keep` of its distance. Returns the heat lost, J.
template <class R> R relax(Parcels<R>& s, R content_kg, R keep, R h_ambient_j_kg) {
  const R loss_j = (R(1) - keep) * (s.scale * s.sum_theta + (s.offset_j_kg - h_ambient_j_kg) * content_kg);
  s.offset_j_kg = s.offset_j_kg * keep + h_ambient_j_kg * (R(1) - keep), s.scale *= keep;
  return loss_j;
}

// Seldom: brings scale back to 1 before it loses digits. The heat that was booked holds: what rounding has made the parcels differ
// from it since the last time is spread over them. any() may skip work, it must never change another lane's numbers.
template <class R> void rebase(Parcels<R>& s, R content_kg) {
  const auto small = s.scale < R(0.05);
  if (!any(small)) return;
  const R booked_j = parcels_stored_j<R>(s, content_kg);
  R heat_j = R(0), mass_kg = R(0);
  for (int i = 0; i < parcel_places; ++i) s.theta[i] = select(small, s.theta[i] * s.scale + s.offset_j_kg, s.theta[i]);
  for (R i = R(0); any(i < s.count); i += R(1)) {
    const R k = wrap(s.first + select(i < s.count, i, R(0)), parcel_places), m = select(i < s.count, at(s.mass_kg, k), R(0));
    heat_j += m * at(s.theta, k), mass_kg += m;
  }
  const R grow = select(small, content_kg / mass_kg, R(1)),
          lift_j_kg = select(small, (booked_j - grow * heat_j) / content_kg, R(0));
  for (int i = 0; i < parcel_places; ++i) s.mass_kg[i] *= grow, s.theta[i] += lift_j_kg;
  s.scale = select(small, R(1), s.scale), s.offset_j_kg = select(small, R(0), s.offset_j_kg),
  s.sum_theta = select(small, booked_j, s.sum_theta);
}

}  // namespace hypocaust::plant
