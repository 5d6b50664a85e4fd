// regulated_pump: a pump that holds the difference of two pressures by its own speed, solved with the flows of the step. Its flow is an
// unknown of its own. While the speed suffices, the row is `sensed = target` and the speed follows from flow and head; at full or
// least speed it is the pump's curve. The mode is state; it goes back to holding when the sensed pressure passes the target.
// Curves, power and heat: models/plant/pump_law.hpp. docs/methods/regulators.md.
#include "models/plant/pump_law.hpp"

namespace hypocaust::plant {
namespace {

struct RegulatedPump : PumpLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "from", .to = "to", .own_unknown = true}}};
  static constexpr std::array<std::string_view, 2> sensors{"senses", "minus"};
  struct Params : PumpParams {
    Ref senses, minus;
    Varying target;
    double least_speed_frac = 0.0;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "regulated_pump", "Pump that holds a pressure difference by its speed.",
          rows({row<&Params::senses>("senses", "", port, "node whose pressure it raises"),
                row<&Params::minus>("minus", "", {.is_port = true}, "node whose pressure is taken off; left out: gauge pressure"),
                row<&Params::target>("target", "bar", {.need = required, .min = -1, .max = 1000}, "difference it holds"),
                row<&Params::least_speed_frac>("least_speed", "1", {.min = 0, .max = 1},
                                               "share of full speed it never goes below")}));
      return s;
    }
  };
  template <class R> struct Data : PumpLaw::Data<R> { R least_speed_frac; };
  template <class R> struct Input : Condition<R> { R target_pa{0}; };
  template <class R> struct State : Content<R> { R mode{0}, speed{0}; };  // mode: 0 holds, 1 full speed, -1 least speed
  static constexpr std::array inputs{Slot<Input<double>>{"target", "Pa", "difference it holds", &Input<double>::target_pa}};
  static constexpr std::array states{
      Slot<State<double>>{"mode", "1", "0: holds its target, 1: full speed, -1: least speed", &State<double>::mode, Over::end},
      Slot<State<double>>{"speed", "1", "share of full speed", &State<double>::speed}};
  static constexpr std::array channels{ChannelOf<RegulatedPump>{
      "electricity", "W", "electric power", [](const ViewOf<RegulatedPump>& v, int) { return v.ledger.electricity_j / v.dt_s; }}};

  static Data<double> derive(const Params& p, const Fluid* f) { return {PumpLaw::derive(p, f), p.least_speed_frac}; }
  // Square of the speed that gives this flow at this head.
  template <class R> static R square_of_speed(const Data<R>& d, const Branch<R>* b) {
    const R m = b->flow_kg_s;
    return (resistance<R>(d, m) * m * (vabs(m) + toe_kg_s<R>(d)) - b->dp_pa) / d.shut_off_pa;
  }
  template <class R> static R speed_of(const Data<R>& d, const Input<R>& in, const Branch<R>* b) {
    return in.available * vsqrt(clamp(square_of_speed(d, b), d.least_speed_frac * d.least_speed_frac, R(1)));
  }
  template <class R> static void hydraulics_row(const Data<R>& d, const Input<R>& in, State<R>& s, Branch<R>* b, Row<R>* row) {
    const R lack_pa = in.target_pa - row->sensor_pa, square_frac = square_of_speed(d, b), least = d.least_speed_frac;
    // As a pressure_regulator: from holding to the limit that is passed; from least to full and from full to holding by what it senses.
    const R held_mode = select(square_frac < least * least, R(-1), select(square_frac > R(1), R(1), R(0)));
    const R full_mode = select(lack_pa < R(0), R(0), R(1)), least_mode = select(lack_pa > R(0), R(1), R(-1));
    s.mode = select(s.mode > R(0.5), full_mode, select(s.mode < R(-0.5), least_mode, held_mode));
    s.mode = select(in.available < R(0.5), R(-1), s.mode);
    const auto holds = vabs(s.mode) < R(0.5);
    const R speed = in.available * select(s.mode > R(0.5), R(1), least);
    Branch<R> limit = *b;
    quadratic(limit, resistance<R>(d, b->flow_kg_s), toe_kg_s<R>(d), speed * speed * d.shut_off_pa);
    *row = {.flow_c = select(holds, R(0), R(1)),
            .dp_c = select(holds, R(0), -limit.conductance),
            .sensor_c = select(holds, R(1), R(0)),
            .rhs = select(holds, in.target_pa, limit.offset_kg_s),
            .sensor_pa = row->sensor_pa};
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
COMPONENT(RegulatedPump, regulated_pump)
}  // namespace hypocaust::plant
