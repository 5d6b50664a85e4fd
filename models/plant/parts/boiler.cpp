// boiler: in series in a circuit, lifts the stream to its target when recovered heat has not. Stirred content; burner power is
// what brings flow and content to the target within the control time, between 0 and nominal power. Fuel by the lower heating
// value and one efficiency.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct Boiler : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool affine = false;  // kinks at zero and at full power
  static constexpr Accounts accounts{.heat_in = Account::backup};
  struct Params {
    Ref from, to;
    double nominal_power_w = not_given, target_c = 60.0, efficiency_frac = 0.9, nominal_flow_m3_s = not_given,
           nominal_drop_pa = 5e3;
    double content_kg = not_given, control_time_s = 120.0;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "boiler", "Gas boiler in series, after recovered heat.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e6},
                                         "largest heat to the water"),
           row<&Params::target_c>("target", "degC", {.min = 5, .max = 110}, "outlet temperature it keeps"),
           row<&Params::efficiency_frac>("efficiency", "1", {.above = 0, .max = 1.1}, "heat over fuel, lower heating value"),
           row<&Params::nominal_flow_m3_s>("nominal_flow", "m3/h", {.need = derived, .above = 0, .max = 1e5},
                                           "flow of the nominal drop; derived: nominal power over 10 K"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                    "water equivalent; derived: 0.5 kg a kW"),
           row<&Params::control_time_s>("control_time", "s", {.min = 10, .max = 3600},
                                        "time in which the content is brought to the target")});
      return s;
    }
  };
  template <class R> struct Data {
    R k, nominal_kg_s, content_kg, cp_j_kg_k, power_w, target_j_kg, efficiency_frac, control_time_s;
  };
  template <class R> struct State { R h_j_kg{0}; };
  static constexpr std::array channels{
      ChannelOf<Boiler>{"heat", "W", "heat to the water",
                        [](const ViewOf<Boiler>& v, int) { return v.ledger.heat_in_j / v.dt_s; }},
      ChannelOf<Boiler>{"fuel", "W", "fuel power", [](const ViewOf<Boiler>& v, int) { return v.ledger.fuel_j / v.dt_s; }}};

  static void size(Params& p, const Fluid* f, Problems&) {
    if (!(p.nominal_flow_m3_s > 0)) p.nominal_flow_m3_s = p.nominal_power_w / (f[0].cp_j_kg_k * f[0].rho_kg_m3 * 10.0);
    if (!(p.content_kg > 0)) p.content_kg = 0.5e-3 * p.nominal_power_w;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_flow_m3_s * f->rho_kg_m3;
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .power_w = p.nominal_power_w,
            .target_j_kg = p.target_c * f->cp_j_kg_k,
            .efficiency_frac = p.efficiency_frac,
            .control_time_s = p.control_time_s};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  // Burner power for an inlet at h_in_j_kg: what holds the stream at the target, and closes the content's gap in the control time.
  template <class R>
  static R burner_w(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_kg_s, R h_in_j_kg) {
    const R gap_w = d.content_kg * (d.target_j_kg - s.h_j_kg) / vmax(d.control_time_s, R(st.dt_s));
    return clamp(flow_kg_s * (d.target_j_kg - h_in_j_kg) + gap_w, R(0), d.power_w * in.available * in.capacity_frac);
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s), power_w = burner_w(st, d, in, s, m, h_in_j_kg[0]);
    // Between its limits the power falls by m for each J/kg of inlet: that slope belongs to the gain.
    const auto free = (power_w > R(0)) & (power_w < d.power_w * in.available * in.capacity_frac);
    const R slope = select(free, m, R(0));
    const Mixed<R> base = mixed(m, power_w + slope * h_in_j_kg[0], s.h_j_kg, d.content_kg, st.dt_s);
    const Mixed<R> none = mixed(m, R(0), s.h_j_kg, d.content_kg, st.dt_s), unit = mixed(m, R(1), R(0), d.content_kg, st.dt_s);
    return {{base.base_w}, {{none.gain_kg_s - slope * unit.base_w}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), power_w = burner_w(st, d, in, s, m, h_in_j_kg[0]);
    s.h_j_kg += (m * h_in_j_kg[0] - h_out_w[0] + power_w) * R(st.dt_s) / d.content_kg;
    return {.heat_in_j = power_w * R(st.dt_s), .fuel_j = power_w / d.efficiency_frac * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace
COMPONENT(Boiler, boiler)
}  // namespace hypocaust::plant
