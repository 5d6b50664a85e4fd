// valve: two-way control valve by Kv (m3/h of water at 1 bar) with linear or equal-percentage characteristic
// (IEC 60534-2-1: dp = 1 bar x (rho / 1000 kg/m3) x (volume flow / Kv)^2). Shut at position 0.
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

struct Valve : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  struct Params {
    Ref from, to;
    double kv_m3_s = not_given, rangeability = 50.0;
    Characteristic characteristic = Characteristic::linear;
    Varying position;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "valve", "Two-way control valve.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4}, "flow of water at 1 bar, fully open"),
           row<&Params::characteristic>("characteristic", "", {}, "flow over position at constant pressure"),
           row<&Params::rangeability>("rangeability", "1", {.min = 2, .max = 1000}, "fully open over least controllable flow"),
           row<&Params::position>("position", "1", {.min = 0, .max = 1},
                                  "0 shut, 1 open; left out: 1, or what a controller says")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s, equal_percentage, rangeability; };
  template <class R> struct Input : Condition<R> { R position{1}; };
  static constexpr std::array inputs{Slot<Input<double>>{"position", "1", "0 shut, 1 open", &Input<double>::position}};
  static constexpr std::array channels{
      ChannelOf<Valve>{"position", "1", "position", [](const ViewOf<Valve>& v, int) { return v.input.position; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = valve_k(*f, p.kv_m3_s),
            .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3,
            .equal_percentage = p.characteristic == Characteristic::equal_percentage ? 1.0 : 0.0,
            .rangeability = p.rangeability};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    const R open = opening(in.position, d.equal_percentage, d.rangeability);
    quadratic(*b, d.k / (open * open), d.toe_kg_s);
    const auto shut = in.position <= R(0);
    b->conductance = select(shut, R(0), b->conductance), b->offset_kg_s = select(shut, R(0), b->offset_kg_s);
  }
};

}  // namespace
COMPONENT(Valve, valve)
}  // namespace hypocaust::plant
