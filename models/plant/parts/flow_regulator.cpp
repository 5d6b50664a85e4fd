// flow_regulator: a control valve that holds its own flow, as a dynamic balancing valve or a flow limiter does: what the target
// asks for while the pressure suffices, what the open valve passes while it does not. Solved with the flows of the step, without a
// mode: flow = min(target, open valve). Shut at target 0; backwards it is the open valve. docs/methods/regulators.md.
#include "models/plant/held_flow.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

struct FlowRegulator : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    Varying target;
    double kv_m3_s = not_given;
    static const Schema& schema() {
      static const Schema s =
          describe<Params>("flow_regulator", "Valve that holds its flow.",
                           {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
                            row<&Params::target>("target", "kg/s", {.need = required, .min = 0, .max = 1e5}, "flow it holds"),
                            row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4},
                                                  "flow of water at 1 bar, fully open")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s; };
  template <class R> struct Input : Condition<R> { R target_kg_s{0}; };
  static constexpr std::array inputs{Slot<Input<double>>{"target", "kg/s", "flow it holds", &Input<double>::target_kg_s}};
  static constexpr std::array channels{
      ChannelOf<FlowRegulator>{"position", "1", "share of Kv that is open", [](const ViewOf<FlowRegulator>& v, int) {
                                 const double m = v.branches[0].flow_kg_s, open_pa = v.data.k * m * (m + v.data.toe_kg_s);
                                 return m > 0 ? vmin(1.0, vsqrt(open_pa / vmax(v.branches[0].dp_pa, 1e-9))) : 0.0;
                               }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = valve_k(*f, p.kv_m3_s), .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    const R target_kg_s = vmax(in.target_kg_s, R(0)), left_frac = kv_left(in.capacity_frac), k = d.k / (left_frac * left_frac);
    const auto holds = b->dp_pa >= k * target_kg_s * (target_kg_s + d.toe_kg_s);
    quadratic(*b, k, d.toe_kg_s);
    hold(*b, target_kg_s, R(1) / (k * (R(2) * target_kg_s + d.toe_kg_s)), holds);
    shut_off(*b, select(target_kg_s > R(0), in.available, R(0)));
  }
};

}  // namespace
COMPONENT(FlowRegulator, flow_regulator)
}  // namespace hypocaust::plant
