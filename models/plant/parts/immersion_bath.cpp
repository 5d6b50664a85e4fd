// immersion_bath: servers in a bath of dielectric liquid (single phase). One stirred content of liquid and metal in a circuit of
// its own, with a pump and a plate exchanger as components of their own; the lid loses heat to the room:
//   M cp dT/dt = m cp (T_in - T) + heat - loss (T - T_room)          solved exactly over the step
// Pressure: dp = nominal_drop (m / m_n)^2. Any flow, also none: the bath then warms at heat / (M cp).
#include "models/plant/junction.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/relaxation.hpp"

namespace hypocaust::plant {
namespace {

struct ImmersionBath : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr Accounts accounts{.heat_in = Account::it};
  static constexpr bool cools_hosts = true;
  static constexpr bool can_fail = false;
  struct Params {
    Ref hosts, from, to;
    double captured_frac = 1.0, nominal_power_w = not_given, nominal_rise_k = 8.0, nominal_drop_pa = 2e4, content_kg = not_given;
    double outlet_c = 50.0, outlet_limit_c = 60.0, room_c = 25.0, loss_w_k = not_given;
    std::optional<Junction> junction;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "immersion_bath", "Servers in a bath of dielectric liquid, single phase.",
          {row<&Params::hosts>("hosts", "", {.need = required, .scope = "host"}, "host group in the bath"),
           row<&Params::captured_frac>("captured", "1", {.above = 0, .max = 1},
                                       "share of the hosts' heat set free in the liquid"),
           row<&Params::from>("from", "", port, "supply node, in the liquid's circuit"),
           row<&Params::to>("to", "", port, "return node"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                         "heat at the nominal point"),
           row<&Params::nominal_rise_k>("nominal_rise", "K", {.above = 0, .max = 60}, "temperature rise at the nominal point"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                    "liquid, and metal as liquid of the same heat capacity; derived: 120 s of nominal flow"),
           row<&Params::outlet_c>("outlet", "degC", {.min = 0, .max = 90}, "liquid leaving at the nominal point"),
           row<&Params::outlet_limit_c>("outlet_limit", "degC", {.min = 0, .max = 100}, "highest temperature allowed of it"),
           row<&Params::room_c>("room", "degC", {.min = -20, .max = 50}, "air around the bath"),
           row<&Params::loss_w_k>("loss", "W/K", {.need = derived, .min = 0, .max = 1e5},
                                  "lid and walls to that air; derived: 0.3 W/K a kW"),
           row<&Params::junction>("junction", "", {}, "hottest device; left out: none is watched")});
      return s;
    }
    void check(Problems& problems) const {
      if (outlet_limit_c <= outlet_c) problems.error("outlet_limit", "is not above `outlet` (normal operation would break it)");
      check_junction(junction, outlet_c, problems);
    }
  };
  template <class R> struct Data { R k, nominal_kg_s, content_kg, cp_j_kg_k, loss_w_k, room_c, junction_k_w; };
  template <class R> struct Input : Condition<R> { R heat_w{0}, hosts_peak_w{0}; };
  template <class R> struct State { R h_j_kg{0}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"heat_w", "W", "mean heat set free in the liquid", &Input<double>::heat_w},
      Slot<Input<double>>{"hosts_peak_w", "W", "largest power of the hosts within the step", &Input<double>::hosts_peak_w}};
  static constexpr std::array channels{
      ChannelOf<ImmersionBath>{"heat", "W", "heat set free in the liquid",
                               [](const ViewOf<ImmersionBath>& v, int) { return v.input.heat_w; }},
      ChannelOf<ImmersionBath>{"loss", "W", "heat to the room",
                               [](const ViewOf<ImmersionBath>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<ImmersionBath>{"bath_temperature", "degC", "liquid at the end of the step",
                               [](const ViewOf<ImmersionBath>& v, int) { return v.state.h_j_kg / v.data.cp_j_kg_k; }},
      ChannelOf<ImmersionBath>{"junction_temperature", "degC", "hottest junction within the step",
                               [](const ViewOf<ImmersionBath>& v, int) {
                                 return v.state.h_j_kg / v.data.cp_j_kg_k + v.data.junction_k_w * v.input.hosts_peak_w;
                               },
                               [](const Data<double>& d) { return d.junction_k_w > 0 ? 1 : 0; }}};

  static void size(Params& p, const Fluid* f, Problems&) {
    if (!(p.content_kg > 0)) p.content_kg = 120.0 * p.nominal_power_w / (f[0].cp_j_kg_k * p.nominal_rise_k);
    if (!(p.loss_w_k >= 0)) p.loss_w_k = 0.3e-3 * p.nominal_power_w;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_power_w / (f->cp_j_kg_k * p.nominal_rise_k);
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .loss_w_k = p.loss_w_k,
            .room_c = p.room_c,
            .junction_k_w = junction_rise_k_w(p.junction)};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  // The mean temperature over the step is own + per_inlet x enthalpy flow entering (W).
  template <class R> struct Mean { R own_c, per_inlet_k_w; };
  template <class R> static Mean<R> mean(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_w_k) {
    const Relaxation<R> r = relaxation(flow_w_k + d.loss_w_k, d.content_kg * d.cp_j_kg_k, st.dt_s);
    return {r.kept_frac * s.h_j_kg / d.cp_j_kg_k + r.per_source_k_w * (in.heat_w + d.loss_w_k * d.room_c), r.per_source_k_w};
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const R m = vabs(b->flow_kg_s), flow_w_k = m * d.cp_j_kg_k;
    const Mean<R> t = mean(st, d, in, s, flow_w_k);
    return {{flow_w_k * t.own_c}, {{flow_w_k * t.per_inlet_k_w * m}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), in_w = m * h_in_j_kg[0];
    const Mean<R> t = mean(st, d, in, s, m * d.cp_j_kg_k);
    const R loss_w = d.loss_w_k * (t.own_c + t.per_inlet_k_w * in_w - d.room_c);
    s.h_j_kg += (in_w - h_out_w[0] + in.heat_w - loss_w) * R(st.dt_s) / d.content_kg;
    return {.heat_in_j = in.heat_w * R(st.dt_s), .heat_out_j = loss_w * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace
COMPONENT(ImmersionBath, immersion_bath)
}  // namespace hypocaust::plant
