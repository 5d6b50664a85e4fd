// circulation_source: the ideal heating plant of a ring: moves a given flow, or raises the pressure by a given lift, and sends the
// stream out at a given temperature. Heat and pressure cost nothing here; a pump and a boiler say what they cost.
// docs/methods/boundaries.md.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct CirculationSource : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "from", .to = "to", .own_unknown = true}}};
  static constexpr Accounts accounts{.heat_in = Account::supplied};
  struct Params {
    Ref from, to;
    Varying flow, lift, temperature;
    void check(Problems& problems) const {
      if (flow.given() == lift.given())
        problems.error(flow.given() ? "lift" : "", flow.given()
                                                       ? "does not go with flow (each sets the other); remove one of them"
                                                       : "neither flow nor lift is given (nothing would move); write one");
    }
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "circulation_source", "Ideal pump and heater: flow or lift, and the supply temperature.",
          {row<&Params::from>("from", "", port, "return node"), row<&Params::to>("to", "", port, "supply node"),
           row<&Params::flow>("flow", "kg/s", {.min = 0, .max = 1e5}, "flow it moves; or lift"),
           row<&Params::lift>("lift", "bar", {.min = 0, .max = 1000}, "pressure at `to` above that at `from`; or flow"),
           row<&Params::temperature>("temperature", "degC", {.need = required, .min = -40, .max = 200}, "of what it sends out")});
      return s;
    }
  };
  template <class R> struct Data { R cp_j_kg_k, flow_given; };
  template <class R> struct Input : Condition<R> { R flow_kg_s{0}, lift_pa{0}, temperature_c{20}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"flow", "kg/s", "flow it moves", &Input<double>::flow_kg_s},
      Slot<Input<double>>{"lift", "Pa", "pressure rise", &Input<double>::lift_pa},
      Slot<Input<double>>{"temperature", "degC", "of what it sends out", &Input<double>::temperature_c}};
  static constexpr std::array channels{ChannelOf<CirculationSource>{
      "heat", "W", "heat into the stream", [](const ViewOf<CirculationSource>& v, int) { return v.ledger.heat_in_j / v.dt_s; }}};

  static bool fixes_flow(const Params& p) { return p.flow.given(); }
  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.cp_j_kg_k = f->cp_j_kg_k, .flow_given = p.flow.given() ? 1.0 : 0.0};
  }
  // Out of order it lets nothing pass.
  template <class R> static void hydraulics_row(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>*, Row<R>* row) {
    const auto flow = (d.flow_given > R(0)) | (in.available < R(0.5));
    *row = {.flow_c = select(flow, R(1), R(0)),
            .dp_c = select(flow, R(0), R(1)),
            .sensor_c = R(0),
            .rhs = select(flow, in.available * in.flow_kg_s, -in.lift_pa),
            .sensor_pa = R(0)};
  }
  // What flows backwards passes unchanged.
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>& in, const State<R>&, const Branch<R>* b) {
    const R m = b->flow_kg_s;
    return {{vmax(m, R(0)) * d.cp_j_kg_k * in.temperature_c}, {{vmax(-m, R(0))}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>&, const Input<R>&, State<R>&, const Branch<R>* b,
                                              const R* h_in_j_kg, const R* h_out_w) {
    return {.heat_in_j = (h_out_w[0] - vabs(b->flow_kg_s) * h_in_j_kg[0]) * R(st.dt_s)};
  }
};

}  // namespace
COMPONENT(CirculationSource, circulation_source)
}  // namespace hypocaust::plant
