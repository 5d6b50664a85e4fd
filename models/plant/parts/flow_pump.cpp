// flow_pump: a pump that holds its own flow by its speed, solved with the flows of the step. With the flow held the speed follows
// from the head it has to give; at full or least speed it is the pump's curve there. No mode: flow = target held between the two
// curves. Without a target it stands. Curves, power and heat: models/plant/pump_law.hpp. docs/methods/regulators.md.
#include "models/plant/held_flow.hpp"
#include "models/plant/pump_law.hpp"

namespace hypocaust::plant {
namespace {

struct FlowPump : PumpLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  struct Params : PumpParams {
    Varying target;
    double least_speed_frac = 0.0;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "flow_pump", "Pump that holds its flow by its speed.",
          rows({row<&Params::target>("target", "kg/s", {.need = required, .min = 0, .max = 1e5}, "flow it holds; 0: it stands"),
                row<&Params::least_speed_frac>("least_speed", "1", {.min = 0, .max = 1},
                                               "share of full speed it never goes below while it runs")}));
      return s;
    }
  };
  template <class R> struct Data : PumpLaw::Data<R> { R least_speed_frac; };
  template <class R> struct Input : Condition<R> { R target_kg_s{0}; };
  template <class R> struct State : Content<R> { R speed{0}; };
  static constexpr std::array inputs{Slot<Input<double>>{"target", "kg/s", "flow it holds", &Input<double>::target_kg_s}};
  static constexpr std::array states{Slot<State<double>>{"speed", "1", "share of full speed", &State<double>::speed}};
  static constexpr std::array channels{ChannelOf<FlowPump>{
      "electricity", "W", "electric power", [](const ViewOf<FlowPump>& v, int) { return v.ledger.electricity_j / v.dt_s; }}};

  static Data<double> derive(const Params& p, const Fluid* f) { return {PumpLaw::derive(p, f), p.least_speed_frac}; }
  template <class R> static R runs(const Input<R>& in) {
    return select((in.available >= R(0.5)) & (in.target_kg_s > R(0)), R(1), R(0));
  }
  // Squares of the least and the full speed.
  template <class R> struct Limits { R least, most; };
  template <class R> static Limits<R> limits(const Data<R>& d, const Input<R>& in) {
    const R on = runs(in);
    return {on * d.least_speed_frac * d.least_speed_frac, on};
  }
  template <class R> static R drop_pa(const Data<R>& d, R flow_kg_s) {
    return resistance<R>(d, flow_kg_s) * flow_kg_s * (vabs(flow_kg_s) + toe_kg_s<R>(d));
  }
  template <class R> static R speed_of(const Data<R>& d, const Input<R>& in, const Branch<R>* b) {
    const Limits<R> square = limits(d, in);
    return vsqrt(clamp((drop_pa(d, b->flow_kg_s) - b->dp_pa) / d.shut_off_pa, square.least, square.most));
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    const Limits<R> square = limits(d, in);
    const R target_kg_s = vmax(in.target_kg_s, R(0)), own_pa = drop_pa(d, target_kg_s);
    const auto slow = b->dp_pa > own_pa - square.least * d.shut_off_pa, fast = b->dp_pa < own_pa - square.most * d.shut_off_pa;
    const auto holds = (!slow) & (!fast) & (square.most > R(0));
    quadratic(*b, resistance<R>(d, b->flow_kg_s), toe_kg_s<R>(d), select(slow, square.least, square.most) * d.shut_off_pa);
    hold(*b, target_kg_s, R(1) / (d.k * (R(2) * target_kg_s + toe_kg_s<R>(d))), holds);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    return heat_at<R>(speed_of(d, in, b), st, d, s, b);
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    s.speed = speed_of(d, in, b);
    return advance_at<R>(s.speed, st, d, s, b, h_in_j_kg, h_out_w);
  }
};

}  // namespace
COMPONENT(FlowPump, flow_pump)
}  // namespace hypocaust::plant
