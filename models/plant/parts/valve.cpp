// valve: two-way control valve by Kv (m3/h of water at 1 bar) with linear or equal-percentage characteristic
// (IEC 60534-2-1: dp = 1 bar x (rho / 1000 kg/m3) x (volume flow / Kv)^2). Shut at position 0.
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

struct Valve : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    double kv_m3_s = not_given, rangeability = 50.0;
    Characteristic characteristic = Characteristic::linear;
    WhenFailed when_failed = WhenFailed::stays;
    Varying position;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "valve", "Two-way control valve.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4}, "flow of water at 1 bar, fully open"),
           row<&Params::characteristic>("characteristic", "", {}, "flow over position at constant pressure"),
           row<&Params::rangeability>("rangeability", "1", {.min = 2, .max = 1000}, "fully open over least controllable flow"),
           row<&Params::position>("position", "1", {.min = 0, .max = 1},
                                  "0 shut, 1 open; left out: 1, or what a controller says"),
           row<&Params::when_failed>("when_failed", "", {}, "where it goes when out of order")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s, equal_percentage, rangeability, when_failed; };
  template <class R> struct Input : Condition<R> { R position{1}; };
  template <class R> struct State { R position{-1}; };  // of the last step; -1: none yet
  static constexpr std::array inputs{Slot<Input<double>>{"position", "1", "0 shut, 1 open", &Input<double>::position}};
  static constexpr std::array channels{
      ChannelOf<Valve>{"position", "1", "position", [](const ViewOf<Valve>& v, int) { return v.state.position; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = valve_k(*f, p.kv_m3_s),
            .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3,
            .equal_percentage = p.characteristic == Characteristic::equal_percentage ? 1.0 : 0.0,
            .rangeability = p.rangeability,
            .when_failed = static_cast<double>(p.when_failed)};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R position = position_now(in.position, in.available, s.position, d.when_failed);
    const R open = kv_left(in.capacity_frac) * opening(position, d.equal_percentage, d.rangeability);
    quadratic(*b, d.k / (open * open), d.toe_kg_s);
    const auto shut = position <= R(0);
    b->conductance = select(shut, R(0), b->conductance), b->offset_kg_s = select(shut, R(0), b->offset_kg_s);
  }
  template <class R> static Ledger<R> advance(const Step<R>&, const Data<R>& d, const Input<R>& in, State<R>& s, const Branch<R>*,
                                              const R*, const R*) {
    s.position = position_now(in.position, in.available, s.position, d.when_failed);
    return {};
  }
};

}  // namespace
COMPONENT(Valve, valve)
}  // namespace hypocaust::plant
