// The loops of the types that run on packs, in one instruction set. Included once by each file of this folder that chooses one. It has
// renamed the project's namespace first, so that no function compiled for it can be taken by the linker for one that runs anywhere.
#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "models/plant/packs/pack.hpp"
#include "models/plant/packs/packs.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

// Reals of neighbouring components, `stride` apart.
inline Pack strided(const double* p, int stride) {
#if HYPOCAUST_PACK_WIDTH == 8
  return Pack(
      Pack::Lanes{p[0], p[stride], p[2 * stride], p[3 * stride], p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride]});
#else
  return Pack(Pack::Lanes{p[0], p[stride], p[2 * stride], p[3 * stride]});
#endif
}
template <int stride> Pack load(const double* p) {
  if constexpr (stride > 1) return strided(p, stride);
  Pack x;
  std::memcpy(&x, p, sizeof x);
  return x;
}
template <int stride> void store(double* p, Pack x) {
  if constexpr (stride == 1) std::memcpy(p, &x, sizeof x);
  else
    for (int l = 0; l < width; ++l) p[l * stride] = x.lanes[l];
}

// A struct of Reals, gathered from neighbouring components and put back. Rings stay where they are.
template <template <class> class S> struct Fields {
  static constexpr int reals = sizeof(S<double>) / sizeof(double);
  static constexpr bool rings = requires(S<Pack> s) { s.theta; };
  static constexpr int heads = rings ? reals - 2 * parcel_places : reals;
  static S<Pack> gathered(double* first) {
    S<Pack> s;
    Pack* const field = reinterpret_cast<Pack*>(&s);
    for (int f = 0; f < heads; ++f) field[f] = strided(first + f, reals);
    if constexpr (rings) {
      PackMask::Lanes lane_places;
      for (int l = 0; l < width; ++l) lane_places[l] = l * reals;
      s.mass_kg = {first + heads, lane_places}, s.theta = {first + heads + parcel_places, lane_places};
    }
    return s;
  }
  static void put_back(const S<Pack>& s, double* first) {
    const Pack* const field = reinterpret_cast<const Pack*>(&s);
    for (int f = 0; f < heads; ++f) hypocaust::plant::store<reals>(first + f, field[f]);
  }
};

template <class T> struct OnPacks {
  using One = Loops<T, double>;
  static constexpr int branches = static_cast<int>(T::branches.size());
  static_assert(branches == 1 && One::own_unknowns == 0, "the loops below are written for one stream");
  static_assert(sizeof(Branch<double>) == 4 * sizeof(double), "the loops below step over branches by four");
  using Data = typename T::template Data<Pack>;
  static constexpr int data_reals = sizeof(Data) / sizeof(Pack);

  static const Batch<double>& batch(const void* b) { return *static_cast<const Batch<double>*>(b); }
  static Batch<double> some(const Batch<double>& b, int first, int count) {
    Batch<double> s = b;
    s.count = count, s.data = One::data(b) + first, s.input = One::input(b) + first, s.state = One::state(b) + first;
    s.branches += first, s.h_in_j_kg += first, s.h_out_w += first, s.base_w += first, s.gain_kg_s += first, s.ledgers += first;
    if constexpr (One::has_scratch) s.scratch = One::scratch(b) + first;
    return s;
  }
  static Step<Pack> broadcast(const Step<double>& s) {
    return {.dt_s = s.dt_s,
            .outdoor_c = s.outdoor_c,
            .wet_bulb_c = s.wet_bulb_c,
            .ground_c = s.ground_c,
            .humidity_ratio_kg_kg = s.humidity_ratio_kg_kg,
            .wind_m_s = s.wind_m_s,
            .sky_c = s.sky_c,
            .light = {s.light.beam_east_w_m2, s.light.beam_north_w_m2, s.light.beam_up_w_m2, s.light.diffuse_w_m2,
                      s.light.ground_reflected_w_m2},
            .steady = s.steady};
  }
  // A type may name components that run one by one: static auto alone(const Data<R>&), a mask.
  static bool whole(const Data& d) {
    if constexpr (requires { T::alone(d); }) return !any(T::alone(d));
    return true;
  }

  static void pack(const void* address) {
    const Batch<double>& b = batch(address);
    for (int i = 0; i + width <= b.count; i += width)
      for (int f = 0; f < data_reals; ++f) {
        const Pack x = strided(reinterpret_cast<const double*>(One::data(b) + i) + f, data_reals);
        std::memcpy(static_cast<double*>(b.packed) + i * data_reals + f * width, &x, sizeof x);
      }
  }
  static void hydraulics(const void* address) {
    const Batch<double>& b = batch(address);
    const Data* data = static_cast<const Data*>(b.packed);
    int i = 0;
    for (; i + width <= b.count; i += width, ++data) {
      double* const branch = &b.branches[i].flow_kg_s;
      Branch<Pack> x{strided(branch, 4), strided(branch + 1, 4), Pack(0), Pack(0)};
      T::hydraulics(*data, inputs(b, i), states(b, i), &x);
      store<4>(branch + 2, x.conductance), store<4>(branch + 3, x.offset_kg_s);
    }
    One::hydraulics(some(b, i, b.count - i));
  }
  static void heat(const void* address, const void* step_address) {
    const Batch<double>& b = batch(address);
    const Step<double>& step = *static_cast<const Step<double>*>(step_address);
    const Step<Pack> wide = broadcast(step);
    const Data* data = static_cast<const Data*>(b.packed);
    int i = 0;
    for (; i + width <= b.count; i += width, ++data) {
      if (!whole(*data)) {
        One::heat(some(b, i, width), step);
        continue;
      }
      const Branch<Pack> x{strided(&b.branches[i].flow_kg_s, 4), strided(&b.branches[i].dp_pa, 4), Pack(0), Pack(0)};
      HeatLaw<Pack, 1> law;
      if constexpr (One::has_scratch) {
        typename T::template Scratch<Pack> w{};
        law = T::heat(wide, *data, inputs(b, i), states(b, i), &x, w);
        std::memcpy(One::scratch(b) + i, &w, sizeof w);
      } else {
        const Pack h_in = load<1>(b.h_in_j_kg + i);
        law = T::heat(wide, *data, inputs(b, i), states(b, i), &x, &h_in);
      }
      store<1>(b.base_w + i, law.base_w[0]), store<1>(b.gain_kg_s + i, law.gain_kg_s[0][0]);
    }
    One::heat(some(b, i, b.count - i), step);
  }
  static void advance(const void* address, const void* step_address) {
    const Batch<double>& b = batch(address);
    const Step<double>& step = *static_cast<const Step<double>*>(step_address);
    const Step<Pack> wide = broadcast(step);
    const Data* data = static_cast<const Data*>(b.packed);
    int i = 0;
    for (; i + width <= b.count; i += width, ++data) {
      if (!whole(*data)) {
        One::advance(some(b, i, width), step);
        continue;
      }
      const Branch<Pack> x{strided(&b.branches[i].flow_kg_s, 4), strided(&b.branches[i].dp_pa, 4), Pack(0), Pack(0)};
      const Pack h_in = load<1>(b.h_in_j_kg + i), h_out = load<1>(b.h_out_w + i);
      auto state = states(b, i);
      Ledger<Pack> ledger;
      if constexpr (One::has_scratch) {
        typename T::template Scratch<Pack> w;
        std::memcpy(&w, One::scratch(b) + i, sizeof w);
        ledger = T::advance(wide, *data, inputs(b, i), state, &x, &h_in, &h_out, w);
      } else {
        ledger = T::advance(wide, *data, inputs(b, i), state, &x, &h_in, &h_out);
      }
      Fields<T::template State>::put_back(state, reinterpret_cast<double*>(One::state(b) + i));
      Fields<Ledger>::put_back(ledger, reinterpret_cast<double*>(b.ledgers + i));
    }
    One::advance(some(b, i, b.count - i), step);
  }

 private:
  static auto inputs(const Batch<double>& b, int i) {
    return Fields<T::template Input>::gathered(reinterpret_cast<double*>(One::input(b) + i));
  }
  static auto states(const Batch<double>& b, int i) {
    return Fields<T::template State>::gathered(reinterpret_cast<double*>(One::state(b) + i));
  }
};

}  // namespace
}  // namespace hypocaust::plant

#undef COMPONENT
#define COMPONENT(T, its_word)                                                                                \
  namespace {                                                                                                 \
  constexpr hypocaust_packs::Loops its_word##_loops{                                                          \
      #its_word, width, &OnPacks<T>::pack, &OnPacks<T>::hydraulics, &OnPacks<T>::heat, &OnPacks<T>::advance}; \
  }
#include "models/plant/parts/heat_user.cpp"
#include "models/plant/parts/pipe.cpp"

const hypocaust_packs::Loops hypocaust_packs::HYPOCAUST_PACK_TABLE[types]{hypocaust::plant::heat_user_loops,
                                                                          hypocaust::plant::pipe_loops};
