// Contents that move as a stack of parcels: the plug flow of a pipe, the layers of a tank. A deque in a ring of fixed size: a
// reversal pushes and takes at the other ends and costs nothing. The enthalpy of a parcel is scale * theta + offset, so that
// the whole content cools in O(1). Parcels advance without mixing; a new one merges into its neighbour while that is small.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::plant {

inline constexpr int parcel_places = 64;
inline constexpr int parcel_spare = 8;  // places kept free, so that the ring cannot overflow

template <class R> struct RingOf { using Type = R[parcel_places]; };
template <class R> struct Parcels {  // only Real: lives in the arena
  R first, count, scale, offset_j_kg, sum_theta;
  typename RingOf<R>::Type mass_kg, theta;
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

// What leaves when `total_kg` enters (forward: at the first parcel, leaving at the last): enthalpy of the content that leaves, and
// the mass beyond the content, which passes straight through. The rest says where the walk along the stack has ended, so that
// push() need not walk again.
template <class R> struct Leaving {
  R enthalpy_j, through_kg;
  R theta_kg, gone_count, end_kg;  // sum of mass x theta; parcels that leave whole; what is left of the next
};
template <class R, class Mask> Leaving<R> leaving(const Parcels<R>& s, R total_kg, Mask forward) {
  using I = Index<R>;
  const I count = index_of(s.count), towards = select(forward, I(-1), I(1));
  R rest = total_kg, sum = R(0);
  I gone = I(0), k = wrap(index_of(s.first) + select(forward, count - I(1), I(0)), parcel_places);
  R here_kg = at(s.mass_kg, k);
  for (auto whole = rest >= here_kg; any(whole); whole = whole & (gone < count) & (rest >= here_kg)) {
    const R take = select(whole, here_kg, R(0));
    sum += take * at(s.theta, k), rest -= take;
    gone += select(whole, I(1), I(0)), k = select(whole, wrap(k + towards, parcel_places), k);
    here_kg = at(s.mass_kg, k);
  }
  const auto some = gone < count;
  const R part_kg = select(some, rest, R(0)), through_kg = rest - part_kg;
  sum += part_kg * at(s.theta, k);
  return {s.scale * sum + s.offset_j_kg * (total_kg - through_kg), through_kg, sum, R(gone), here_kg - part_kg};
}

// Moves the stack by total_kg of fluid at h_in; `out`: leaving() of the same. merge_below_kg: content / layers.
template <class R, class Mask>
void push(Parcels<R>& s, const Leaving<R>& out, R total_kg, Mask forward, R h_in_j_kg, R merge_below_kg) {
  using I = Index<R>;
  const I gone = index_of(out.gone_count);
  I first = wrap(index_of(s.first) + select(forward, I(0), gone), parcel_places), count = index_of(s.count) - gone;
  const auto left = count > I(0);
  put(s.mass_kg, wrap(first + select(forward, count - I(1), I(0)), parcel_places), out.end_kg, left);
  const R add = total_kg - out.through_kg, theta = (h_in_j_kg - s.offset_j_kg) / s.scale;
  const auto flows = add > R(0);
  const I end = wrap(first + select(forward, I(0), count - I(1)), parcel_places);
  const R there_kg = at(s.mass_kg, end);
  const auto merge = flows & left & ((there_kg < merge_below_kg) | (count >= I(parcel_places - 1)));
  const auto fresh = flows & !merge;
  first = wrap(first - select(fresh & forward, I(1), I(0)), parcel_places), count += select(fresh, I(1), I(0));
  const I n = wrap(first + select(forward, I(0), count - I(1)), parcel_places);
  const R kept_kg = select(merge, there_kg, R(0)), sum_kg = kept_kg + add;
  put(s.theta, n, (kept_kg * at(s.theta, n) + add * theta) / vmax(sum_kg, R(1e-300)), flows);
  put(s.mass_kg, n, sum_kg, flows);
  s.sum_theta += add * theta - out.theta_kg;
  s.first = R(first), s.count = R(count);
}
template <class R, class Mask> Leaving<R> displace(Parcels<R>& s, R total_kg, Mask forward, R h_in_j_kg, R merge_below_kg) {
  const Leaving<R> out = leaving(s, total_kg, forward);
  push(s, out, total_kg, forward, h_in_j_kg, merge_below_kg);
  return out;
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
  using I = Index<R>;
  const R booked_j = parcels_stored_j<R>(s, content_kg);
  R heat_j = R(0), mass_kg = R(0);
  for (int i = 0; i < parcel_places; ++i) put(s.theta, I(i), at(s.theta, I(i)) * s.scale + s.offset_j_kg, small);
  const I first = index_of(s.first), count = index_of(s.count);
  for (I i = I(0); any(i < count); i += I(1)) {
    const auto on = i < count;
    const I k = wrap(first + select(on, i, I(0)), parcel_places);
    const R m = select(on, at(s.mass_kg, k), R(0));
    heat_j += m * at(s.theta, k), mass_kg += m;
  }
  const R grow = content_kg / mass_kg, lift_j_kg = (booked_j - grow * heat_j) / content_kg;
  for (int i = 0; i < parcel_places; ++i)
    put(s.mass_kg, I(i), at(s.mass_kg, I(i)) * grow, small), put(s.theta, I(i), at(s.theta, I(i)) + lift_j_kg, small);
  s.scale = select(small, R(1), s.scale), s.offset_j_kg = select(small, R(0), s.offset_j_kg),
  s.sum_theta = select(small, booked_j, s.sum_theta);
}

}  // namespace hypocaust::plant
