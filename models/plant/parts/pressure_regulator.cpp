// pressure_regulator: a control valve that holds a pressure, or the difference of two, by its own position: pressure reducing
// (senses downstream, opens below), pressure sustaining (senses upstream, opens above), differential pressure (high, low). Solved with
// the flows of the step, so it neither lags nor hunts. Its flow is an unknown of its own. While the valve can, the row is
// `sensed = target`; fully open it is the valve's law, shut it is flow 0. The mode is state; it goes back to holding when the
// sensed pressure passes the target. Backwards it is shut. docs/methods/regulators.md.
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

enum class Opens : int { below, above };
std::span<const std::string_view> names(Opens) {
  static constexpr std::string_view list[] = {"below", "above"};
  return list;
}

struct PressureRegulator : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "from", .to = "to", .own_unknown = true}}};
  static constexpr std::array<std::string_view, 2> sensors{"senses", "minus"};
  struct Params {
    Ref from, to, senses, minus;
    Varying target;
    Opens opens = Opens::below;
    double kv_m3_s = not_given;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "pressure_regulator", "Valve that holds a pressure, or a difference of two.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::senses>("senses", "", port, "node whose pressure it holds"),
           row<&Params::minus>("minus", "", {.is_port = true},
                               "node whose pressure is taken off, for a difference; left out: gauge pressure"),
           row<&Params::target>("target", "bar", {.need = required, .min = -1, .max = 1000}, "pressure or difference it holds"),
           row<&Params::opens>("opens", "", {}, "below: opens while the pressure is too low; above: while it is too high"),
           row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4},
                                 "flow of water at 1 bar, fully open")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s, sign; };  // sign: 1 opens below, -1 opens above
  template <class R> struct Input : Condition<R> { R target_pa{0}; };
  template <class R> struct State { R mode{0}; };  // 0 holds, 1 fully open, -1 shut
  static constexpr std::array inputs{Slot<Input<double>>{"target", "Pa", "pressure it holds", &Input<double>::target_pa}};
  static constexpr std::array states{
      Slot<State<double>>{"mode", "1", "0: holds its target, 1: fully open, -1: shut", &State<double>::mode, Over::end}};
  static constexpr std::array channels{
      ChannelOf<PressureRegulator>{"position", "1", "share of Kv that is open", [](const ViewOf<PressureRegulator>& v, int) {
                                     const double m = v.branches[0].flow_kg_s, open_pa = v.data.k * m * (m + v.data.toe_kg_s);
                                     return m > 0 ? vmin(1.0, vsqrt(open_pa / vmax(v.branches[0].dp_pa, 1e-9))) : 0.0;
                                   }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {
        .k = valve_k(*f, p.kv_m3_s), .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3, .sign = p.opens == Opens::below ? 1.0 : -1.0};
  }
  template <class R> static void hydraulics_row(const Data<R>& d, const Input<R>& in, State<R>& s, Branch<R>* b, Row<R>* row) {
    const R m = b->flow_kg_s, open_pa = d.k * m * (m + d.toe_kg_s), lack_pa = d.sign * (in.target_pa - row->sensor_pa);
    // From holding to a limit when the flow asked for is beyond it; from shut to open and from open to holding when the sensed
    // pressure has passed the target: an open valve keeps every iterate within what the network can have. Round-off is no reason.
    const R still_kg_s = R(-1e-6) * d.toe_kg_s;
    const R held_mode = select(m < still_kg_s, R(-1), select(open_pa > b->dp_pa, R(1), R(0)));
    const R opened_mode = select(m < still_kg_s, R(-1), select(lack_pa < R(0), R(0), R(1)));
    const R shut_mode = select((lack_pa > R(0)) & (b->dp_pa > R(0)), R(1), R(-1));
    s.mode = select(s.mode > R(0.5), opened_mode, select(s.mode < R(-0.5), shut_mode, held_mode));
    s.mode = select(in.available < R(0.5), R(-1), s.mode);
    Branch<R> open = *b;
    quadratic(open, d.k, d.toe_kg_s);
    const auto holds = vabs(s.mode)<R(0.5), is_open = s.mode> R(0.5);
    *row = {.flow_c = select(holds, R(0), R(1)),
            .dp_c = select(is_open, -open.conductance, R(0)),
            .sensor_c = select(holds, R(1), R(0)),
            .rhs = select(holds, in.target_pa, select(is_open, open.offset_kg_s, R(0))),
            .sensor_pa = row->sensor_pa};
  }
};

}  // namespace
COMPONENT(PressureRegulator, pressure_regulator)
}  // namespace hypocaust::plant
