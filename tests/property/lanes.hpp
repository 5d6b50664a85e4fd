// A toy Real of two lanes, and the test that a law on lanes gives the bits of two scalar runs. Included before a part's file: it
// replaces COMPONENT, so that the part's struct meets this test.
#pragma once
#include <cmath>
#include <cstring>
#include <vector>

#include "models/core/math.hpp"

namespace hypocaust::test {

struct Mask {
  bool lane[2];
};
inline Mask operator&(Mask a, Mask b) { return {{a.lane[0] && b.lane[0], a.lane[1] && b.lane[1]}}; }
inline Mask operator|(Mask a, Mask b) { return {{a.lane[0] || b.lane[0], a.lane[1] || b.lane[1]}}; }
inline Mask operator!(Mask a) { return {{!a.lane[0], !a.lane[1]}}; }
inline bool any(Mask a) { return a.lane[0] || a.lane[1]; }

struct Two {
  double lane[2];
  Two() = default;
  constexpr Two(double a) : lane{a, a} {}
  constexpr Two(double a, double b) : lane{a, b} {}
};
#define HYPOCAUST_LANES(op)                                                                         \
  inline Two operator op(Two a, Two b) { return {a.lane[0] op b.lane[0], a.lane[1] op b.lane[1]}; } \
  inline Two& operator op##=(Two& a, Two b) { return a = a op b; }
HYPOCAUST_LANES(+)
HYPOCAUST_LANES(-)
HYPOCAUST_LANES(*)
HYPOCAUST_LANES(/)
#undef HYPOCAUST_LANES
#define HYPOCAUST_LANES(op) \
  inline Mask operator op(Two a, Two b) { return {{a.lane[0] op b.lane[0], a.lane[1] op b.lane[1]}}; }
HYPOCAUST_LANES(<)
HYPOCAUST_LANES(>)
HYPOCAUST_LANES(<=)
HYPOCAUST_LANES(>=)
#undef HYPOCAUST_LANES
inline Two operator-(Two a) { return {-a.lane[0], -a.lane[1]}; }
inline Two select(Mask m, Two a, Two b) { return {m.lane[0] ? a.lane[0] : b.lane[0], m.lane[1] ? a.lane[1] : b.lane[1]}; }
template <class F> Two each(Two a, F f) { return {f(a.lane[0]), f(a.lane[1])}; }
template <class F> Two each(Two a, Two b, F f) { return {f(a.lane[0], b.lane[0]), f(a.lane[1], b.lane[1])}; }
inline Two vmin(Two a, Two b) { return select(a < b, a, b); }
inline Two vmax(Two a, Two b) { return select(a > b, a, b); }
inline Two vabs(Two a) {
  return each(a, [](double x) { return std::fabs(x); });
}
inline Two vexpm1(Two a) {
  return each(a, [](double x) { return std::expm1(x); });
}
inline Two vexp(Two a) {
  return each(a, [](double x) { return hypocaust::vexp(x); });
}
inline Two vlog(Two a) {
  return each(a, [](double x) { return hypocaust::vlog(x); });
}
inline Two vsqrt(Two a) {
  return each(a, [](double x) { return std::sqrt(x); });
}
inline Two vsin(Two a) {
  return each(a, [](double x) { return std::sin(x); });
}
inline Two vcos(Two a) {
  return each(a, [](double x) { return std::cos(x); });
}
inline Two vpow(Two a, Two b) {
  return each(a, b, [](double x, double y) { return std::pow(x, y); });
}
inline Two vfloor(Two a) {
  return each(a, [](double x) { return std::floor(x); });
}
template <class Array> Two at(const Array& array, Two index) {
  return {array[static_cast<int>(index.lane[0])].lane[0], array[static_cast<int>(index.lane[1])].lane[1]};
}
template <class Array> void put(Array& array, Two index, Two value, Mask mask) {
  for (int l = 0; l < 2; ++l)
    if (mask.lane[l]) array[static_cast<int>(index.lane[l])].lane[l] = value.lane[l];
}

struct LaneCase {
  const char* word;
  void (*check)();
  LaneCase(const char* its_word, void (*its_check)());
};
std::vector<LaneCase>& lane_cases();
void fail_lanes(const char* what, int step, int lane, int place, double scalar, double lanes);  // reports to the test

}  // namespace hypocaust::test

#define COMPONENT(T, word) static const ::hypocaust::test::LaneCase lane_case_##word(#word, &::hypocaust::test::check_lanes<T>);
#include "tests/property/random_component.hpp"

namespace hypocaust::test {

// Lane l of an array of Two that mirrors an array of double.
template <class Struct> std::vector<double> lane_of(const Struct& s, int lane) {
  std::vector<double> values(sizeof(Struct) / sizeof(Two));
  for (std::size_t i = 0; i < values.size(); ++i)
    std::memcpy(&values[i], reinterpret_cast<const char*>(&s) + i * sizeof(Two) + static_cast<std::size_t>(lane) * sizeof(double),
                sizeof(double));
  return values;
}
template <class Struct> void set_lane(Struct& s, int lane, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    std::memcpy(reinterpret_cast<char*>(&s) + i * sizeof(Two) + static_cast<std::size_t>(lane) * sizeof(double), &values[i],
                sizeof(double));
}
inline void compare(const char* what, int step, int lane, const std::vector<double>& scalar, const std::vector<double>& lanes) {
  for (std::size_t i = 0; i < scalar.size(); ++i)
    if (std::memcmp(&scalar[i], &lanes[i], sizeof(double)) != 0)
      fail_lanes(what, step, lane, static_cast<int>(i), scalar[i], lanes[i]);
}

template <class T> void check_lanes() {
  using namespace plant;
  const ComponentType type = describe_type<T>();
  constexpr std::size_t n = T::branches.size();
  typename T::template Data<Two> data{};
  typename T::template Input<Two> input{};
  typename T::template State<Two> state{};
  std::vector<Two> scratch2(static_cast<std::size_t>(type.scratch_reals));
  std::vector<Component> one;
  for (int l = 0; l < 2; ++l) {
    Draw draw(static_cast<std::uint64_t>(l) + 1);
    one.push_back(make_component(type, draw, 60));
    set_lane(data, l, one.back().data);
    set_lane(input, l, one.back().input);
    set_lane(state, l, one.back().state);
  }
  Draw draws[2] = {Draw(11), Draw(12)};
  for (int i = 0; i < 300; ++i) {
    Branch<Two> b2[n + 1];
    Two in2[n + 1], out2[n + 1], base2[n + 1], gain2[n * n + 1];
    Ledger<Two> ledger2;
    Step<Two> step2{.dt_s = 60, .outdoor_c = {0.0, 0.0}, .wet_bulb_c = {0.0, 0.0}, .ground_c = {0.0, 0.0}};
    Branch<double> b1[2][n + 1];
    Row<double> rows1[2][n + 1];
    Row<Two> rows2[n + 1];
    double in1[2][n + 1], out1[2][n + 1], base1[2][n + 1], gain1[2][n * n + 1];
    Ledger<double> ledger1[2];
    for (int l = 0; l < 2; ++l) {
      Draw& d = draws[l];
      Component& c = one[static_cast<std::size_t>(l)];
      shake_inputs(c, d);
      set_lane(input, l, c.input);
      const Step<double> step{.dt_s = 60, .outdoor_c = d.between(-20, 38), .wet_bulb_c = 5, .ground_c = d.between(4, 16)};
      step2.outdoor_c.lane[l] = step.outdoor_c, step2.wet_bulb_c.lane[l] = step.wet_bulb_c,
      step2.ground_c.lane[l] = step.ground_c;
      for (std::size_t k = 0; k < n; ++k) {
        b1[l][k] = {shake_flow(d), d.between(-1e5, 1e5), 0, 0};
        in1[l][k] = 4180 * d.between(5, 85);
        set_lane(b2[k], l, {b1[l][k].flow_kg_s, b1[l][k].dp_pa, 0, 0});
        rows1[l][k] = {0, 0, 0, 0, d.between(-1e5, 1e5)};
        set_lane(rows2[k], l, {0, 0, 0, 0, rows1[l][k].sensor_pa});
        in2[k].lane[l] = in1[l][k];
      }
      const Batch<double> batch{.count = 1,
                                .data = c.data.data(),
                                .input = c.input.data(),
                                .state = c.state.data(),
                                .branches = b1[l],
                                .rows = rows1[l],
                                .h_in_j_kg = in1[l],
                                .h_out_w = out1[l],
                                .base_w = base1[l],
                                .gain_kg_s = gain1[l],
                                .ledgers = &ledger1[l],
                                .scratch = c.scratch.data()};
      type.hydraulics(batch);
      type.heat(batch, step);
      for (std::size_t k = 0; k < n; ++k) {
        out1[l][k] = base1[l][k];
        for (std::size_t j = 0; j < n; ++j) out1[l][k] += gain1[l][k * n + j] * in1[l][j];
      }
      type.advance(batch, step);
    }
    const Batch<Two> batch{.count = 1,
                           .data = &data,
                           .input = &input,
                           .state = &state,
                           .branches = b2,
                           .rows = rows2,
                           .h_in_j_kg = in2,
                           .h_out_w = out2,
                           .base_w = base2,
                           .gain_kg_s = gain2,
                           .ledgers = &ledger2,
                           .scratch = scratch2.data()};
    using L = Loops<T, Two>;
    L::hydraulics(batch);
    L::heat(batch, step2);
    for (std::size_t k = 0; k < n; ++k) {
      out2[k] = base2[k];
      for (std::size_t j = 0; j < n; ++j) out2[k] += gain2[k * n + j] * in2[j];
    }
    L::advance(batch, step2);
    for (int l = 0; l < 2; ++l) {
      for (std::size_t k = 0; k < n; ++k) {
        compare("branch law", i, l, {b1[l][k].conductance, b1[l][k].offset_kg_s},
                {b2[k].conductance.lane[l], b2[k].offset_kg_s.lane[l]});
        compare("row", i, l, {rows1[l][k].flow_c, rows1[l][k].dp_c, rows1[l][k].sensor_c, rows1[l][k].rhs},
                {rows2[k].flow_c.lane[l], rows2[k].dp_c.lane[l], rows2[k].sensor_c.lane[l], rows2[k].rhs.lane[l]});
        compare("outlet", i, l, {out1[l][k]}, {out2[k].lane[l]});
      }
      compare("ledger", i, l,
              {ledger1[l].power_in_j, ledger1[l].heat_in_j, ledger1[l].heat_out_j, ledger1[l].electricity_j, ledger1[l].fuel_j,
               ledger1[l].wanted_j},
              lane_of(ledger2, l));
      compare("state", i, l, one[static_cast<std::size_t>(l)].state, lane_of(state, l));
    }
  }
}

}  // namespace hypocaust::test
