// heat_input: prescribed heat into a stream (negative: out of it), with the pressure drop of what carries it. Its stirred content
// takes the heat while nothing flows. Cooling stops where the content would fall below the fluid's freezing point (or -100 degC); what
// was really taken is booked. docs/methods/boundaries.md.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

constexpr double lowest_c = -100.0;  // where the fluid has no freezing point

struct HeatInput : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool affine = false;  // cooling is limited by what the stream carries
  static constexpr Accounts accounts{.heat_in = Account::supplied};
  struct Params {
    Ref from, to;
    Varying power;
    double nominal_flow_m3_s = not_given, nominal_drop_pa = 1e4, content_kg = not_given;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "heat_input", "Prescribed heat into a stream.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::power>("power", "kW", {.need = required, .min = -1e6, .max = 1e6},
                               "heat into the stream, negative: out of it"),
           row<&Params::nominal_flow_m3_s>("nominal_flow", "m3/h", {.need = required, .min = 1e-6, .max = 1e5},
                                           "flow of the nominal drop"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                    "water equivalent; derived: ten seconds of nominal flow")});
      return s;
    }
  };
  template <class R> struct Data { R k, nominal_kg_s, content_kg, cp_j_kg_k, floor_j_kg; };
  template <class R> struct Input : Condition<R> { R power_w{0}; };
  template <class R> struct State { R h_j_kg{0}; };
  static constexpr std::array inputs{Slot<Input<double>>{"power", "W", "heat into the stream", &Input<double>::power_w}};
  static constexpr std::array channels{ChannelOf<HeatInput>{
      "heat", "W", "heat into the stream", [](const ViewOf<HeatInput>& v, int) { return v.ledger.heat_in_j / v.dt_s; }}};

  static void size(Params& p, const Fluid* f, Problems&) {
    if (!(p.content_kg > 0)) p.content_kg = 10.0 * p.nominal_flow_m3_s * f[0].rho_kg_m3;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_flow_m3_s * f->rho_kg_m3;
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .floor_j_kg = f->cp_j_kg_k * (f->freezing_c > lowest_c ? f->freezing_c : lowest_c)};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  // Heat = base_w + gain_kg_s x (enthalpy that enters): as given, or what brings the content to the floor at the end of the step.
  template <class R> struct Given { R base_w, gain_kg_s, heat_w; };
  template <class R> static Given<R> given(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                           const Branch<R>* b, R h_in_j_kg) {
    // The content moves monotonously, so its end is its lowest: floor = h0 exp(-x) + (1 - exp(-x)) (h_in + heat / m), exp(-x) = 1 - x phi.
    const R m = vabs(b->flow_kg_s), x = m * R(st.dt_s) / d.content_kg, p = phi(x);
    const R still_w = d.content_kg / (R(st.dt_s) * p) * (d.floor_j_kg - s.h_j_kg * (R(1) - x * p));
    const R least_w = still_w - m * h_in_j_kg, asked_w = in.available * in.power_w;
    const auto limited = (asked_w < least_w) & (asked_w < R(0));
    const auto takes = least_w < R(0);
    const R base_w = select(limited, select(takes, still_w, R(0)), asked_w), gain_kg_s = select(limited & takes, -m, R(0));
    return {base_w, gain_kg_s, base_w + gain_kg_s * h_in_j_kg};
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const Given<R> q = given(st, d, in, s, b, h_in_j_kg[0]);
    const R m = vabs(b->flow_kg_s);
    const Mixed<R> out = mixed(m, q.base_w, s.h_j_kg, d.content_kg, st.dt_s), unit = mixed(m, R(1), R(0), d.content_kg, st.dt_s);
    return {{out.base_w}, {{out.gain_kg_s + unit.base_w * q.gain_kg_s}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R power_w = given(st, d, in, s, b, h_in_j_kg[0]).heat_w;
    s.h_j_kg += (vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0] + power_w) * R(st.dt_s) / d.content_kg;
    return {.heat_in_j = power_w * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace
COMPONENT(HeatInput, heat_input)
}  // namespace hypocaust::plant
