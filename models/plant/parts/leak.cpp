// leak: a place where water can get out of a circuit. What gets out at `from` is followed at `refill` by as much from the expansion
// vessel or a filling unit, colder: so the circuit stays full, and the two streams are booked as crossing its boundary, liquid
// counted from 0 degC. How fast it leaks follows from the pressure, which the run sets (sim/run/leaks.hpp). docs/methods/leak.md.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct Leak : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "from", .to = "refill", .fixed_flow = true}}};
  static constexpr bool can_fail = false;
  static constexpr Accounts accounts{.heat_in = Account::supplied, .heat_out = Account::drawn};
  struct Params {
    Ref from, refill;
    double flow_m3_s = not_given, at_pressure_pa = 1.5e5, make_up_m3_s = 0.0, refill_c = 15.0, pumps_stop_pa = 3e4;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "leak", "A place where water can get out of a circuit: shut until a fault of kind leak opens it.",
          {row<&Params::from>("from", "", port, "node where water gets out"),
           row<&Params::refill>("refill", "", port, "node where it is followed: where vessel or filling unit are connected"),
           row<&Params::flow_m3_s>("flow", "l/h", {.need = required, .above = 0, .max = 1e6}, "of the leak at `at_pressure`"),
           row<&Params::at_pressure_pa>("at_pressure", "bar", {.above = 0, .max = 25}, "gauge pressure at which `flow` gets out"),
           row<&Params::make_up_m3_s>("make_up", "l/h", {.min = 0, .max = 1e6},
                                      "most that an automatic filling unit gives while water is missing; 0: there is none"),
           row<&Params::refill_c>("refill_temperature", "degC", {.min = 0, .max = 40}, "of what follows"),
           row<&Params::pumps_stop_pa>("pumps_stop_below", "bar", {.min = 0, .max = 25},
                                       "gauge pressure at the vessel below which the circuit's pumps are switched off")});
      return s;
    }
  };
  template <class R> struct Data { R cp_j_kg_k, refill_c; };
  template <class R> struct Input : Condition<R> { R open{0}, isolated_frac{0}, flow_kg_s{0}, lost_kg{0}, pressure_pa{0}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"open", "1", "1: a fault has opened it", &Input<double>::open},
      Slot<Input<double>>{"isolated", "1", "1: valves have shut it off", &Input<double>::isolated_frac},
      Slot<Input<double>>{"flow", "kg/s", "what gets out", &Input<double>::flow_kg_s},
      Slot<Input<double>>{"lost", "kg", "water that is missing in the circuit", &Input<double>::lost_kg},
      Slot<Input<double>>{"pressure", "Pa", "at rest in the circuit, gauge, while water is missing",
                          &Input<double>::pressure_pa}};
  static constexpr std::array channels{
      ChannelOf<Leak>{"pressure", "Pa", "of the circuit at rest, gauge",
                      [](const ViewOf<Leak>& v, int) { return v.input.pressure_pa; }},
      ChannelOf<Leak>{"lost", "kg", "water missing in the circuit", [](const ViewOf<Leak>& v, int) { return v.input.lost_kg; }},
      ChannelOf<Leak>{"heat", "W", "enthalpy of what gets out less that of what follows",
                      [](const ViewOf<Leak>& v, int) { return (v.ledger.heat_out_j - v.ledger.heat_in_j) / v.dt_s; }}};

  static Data<double> derive(const Params& p, const Fluid* f) { return {.cp_j_kg_k = f->cp_j_kg_k, .refill_c = p.refill_c}; }
  template <class R> static void hydraulics(const Data<R>&, const Input<R>& in, const State<R>&, Branch<R>* b) {
    fixed_flow(*b, in.flow_kg_s);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>&, const State<R>&, const Branch<R>* b) {
    return {{vabs(b->flow_kg_s) * d.cp_j_kg_k * d.refill_c}, {{R(0)}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>&, const Input<R>&, State<R>&, const Branch<R>* b,
                                              const R* h_in_j_kg, const R* h_out_w) {
    return {.heat_in_j = h_out_w[0] * R(st.dt_s), .heat_out_j = vabs(b->flow_kg_s) * h_in_j_kg[0] * R(st.dt_s)};
  }
};

}  // namespace
COMPONENT(Leak, leak)
}  // namespace hypocaust::plant
