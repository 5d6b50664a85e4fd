// three_way_valve: two paths that share a position. Diverting: flow enters at `inlet`, position 1 sends it to `outlet_a`,
// position 0 to `outlet_b`. Mixing: the same valve with its flows reversed (a and b become inlets). Linear characteristic with
// rangeability on both paths (a real plug leaks); dp by Kv as for the two-way valve.
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

struct ThreeWayValve : ComponentBase {
  static constexpr std::array<BranchSpec, 2> branches{{{"inlet", "outlet_a"}, {"inlet", "outlet_b"}}};
  static constexpr bool can_wear = true;
  struct Params {
    Ref inlet, outlet_a, outlet_b;
    double kv_m3_s = not_given, rangeability = 50.0;
    WhenFailed when_failed = WhenFailed::stays;
    Varying position;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "three_way_valve", "Diverting or mixing valve.",
          {row<&Params::inlet>("inlet", "", port, "common port"),
           row<&Params::outlet_a>("outlet_a", "", port, "port that is open at position 1"),
           row<&Params::outlet_b>("outlet_b", "", port, "port that is open at position 0"),
           row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4},
                                 "flow of water at 1 bar, one path fully open"),
           row<&Params::rangeability>("rangeability", "1", {.min = 2, .max = 1000}, "fully open over leaking flow"),
           row<&Params::position>("position", "1", {.min = 0, .max = 1},
                                  "1: all through outlet_a, 0: all through outlet_b; left out: 0, or what a controller says"),
           row<&Params::when_failed>("when_failed", "", {},
                                     "where it goes when out of order; open: position 1, closed: position 0")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s, rangeability, when_failed; };
  template <class R> struct Input : Condition<R> { R position{0}; };
  template <class R> struct State { R position{-1}; };  // of the last step; -1: none yet
  static constexpr std::array inputs{
      Slot<Input<double>>{"position", "1", "1: all through outlet_a, 0: all through outlet_b", &Input<double>::position}};
  static constexpr std::array channels{ChannelOf<ThreeWayValve>{
      "position", "1", "position", [](const ViewOf<ThreeWayValve>& v, int) { return v.state.position; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = valve_k(*f, p.kv_m3_s),
            .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3,
            .rangeability = p.rangeability,
            .when_failed = static_cast<double>(p.when_failed)};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R x = clamp01(position_now(in.position, in.available, s.position, d.when_failed));
    const R a = kv_left(in.capacity_frac) * opening(x, R(0), d.rangeability),
            other = kv_left(in.capacity_frac) * opening(R(1) - x, R(0), d.rangeability);
    quadratic(b[0], d.k / (a * a), d.toe_kg_s);
    quadratic(b[1], d.k / (other * other), d.toe_kg_s);
  }
  template <class R> static Ledger<R> advance(const Step<R>&, const Data<R>& d, const Input<R>& in, State<R>& s, const Branch<R>*,
                                              const R*, const R*) {
    s.position = position_now(in.position, in.available, s.position, d.when_failed);
    return {};
  }
};

}  // namespace
COMPONENT(ThreeWayValve, three_way_valve)
}  // namespace hypocaust::plant
