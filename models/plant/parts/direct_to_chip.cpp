// direct_to_chip: cold plates of a group of hosts. They catch a share of the servers' heat in a stirred content of coolant and
// metal, so that a stopped loop warms at a finite rate. The case temperature is the coolant's outlet plus a rise proportional
// to the peak power within the step (thermal resistance from the nominal point); the junction likewise, by models/plant/junction.hpp.
#include "models/plant/junction.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct DirectToChip : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr Accounts accounts{.heat_in = Account::it};
  static constexpr bool cools_hosts = true;
  static constexpr bool can_fail = false;
  struct Params {
    Ref hosts, from, to;
    double captured_frac = 0.75, nominal_power_w = not_given, nominal_rise_k = 10.0, nominal_drop_pa = 5e4,
           content_kg = not_given;
    double outlet_c = 45.0, outlet_limit_c = 50.0, nominal_case_rise_k = 15.0;
    std::optional<Junction> junction;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "direct_to_chip", "Cold plates: liquid cooling of processors and accelerators.",
          {row<&Params::hosts>("hosts", "", {.need = required, .scope = "host"}, "host group it cools"),
           row<&Params::captured_frac>("captured", "1", {.above = 0, .max = 1}, "share of the hosts' heat caught by the liquid"),
           row<&Params::from>("from", "", port, "supply node"), row<&Params::to>("to", "", port, "return node"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                         "heat at the nominal point"),
           row<&Params::nominal_rise_k>("nominal_rise", "K", {.above = 0, .max = 60}, "temperature rise at the nominal point"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                    "water equivalent of coolant and metal; derived: 20 s of nominal flow"),
           row<&Params::outlet_c>("outlet", "degC", {.min = 0, .max = 90},
                                  "coolant temperature at the outlet at the nominal point"),
           row<&Params::outlet_limit_c>("outlet_limit", "degC", {.min = 0, .max = 100},
                                        "highest coolant temperature allowed at the outlet"),
           row<&Params::nominal_case_rise_k>("nominal_case_rise", "K", {.min = 0, .max = 80},
                                             "case above coolant outlet at nominal power"),
           row<&Params::junction>("junction", "", {}, "hottest device; left out: none is watched")});
      return s;
    }
    void check(Problems& problems) const {
      if (outlet_limit_c <= outlet_c) problems.error("outlet_limit", "is not above `outlet` (normal operation would break it)");
      check_junction(junction, outlet_c, problems);
    }
  };
  template <class R> struct Data { R k, nominal_kg_s, content_kg, cp_j_kg_k, case_rise_k_w, junction_k_w; };
  template <class R> struct Input : Condition<R> { R heat_w{0}, peak_w{0}, hosts_peak_w{0}; };
  template <class R> struct State { R h_j_kg{0}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"heat_w", "W", "mean heat caught over the step", &Input<double>::heat_w},
      Slot<Input<double>>{"peak_w", "W", "largest heat caught within the step", &Input<double>::peak_w},
      Slot<Input<double>>{"hosts_peak_w", "W", "largest power of the hosts within the step", &Input<double>::hosts_peak_w}};
  static constexpr std::array channels{
      ChannelOf<DirectToChip>{"heat", "W", "heat caught by the liquid",
                              [](const ViewOf<DirectToChip>& v, int) { return v.input.heat_w; }},
      ChannelOf<DirectToChip>{"plate_temperature", "degC", "coolant in the plates at the end of the step",
                              [](const ViewOf<DirectToChip>& v, int) { return v.state.h_j_kg / v.data.cp_j_kg_k; }},
      ChannelOf<DirectToChip>{"case_temperature", "degC", "hottest case within the step",
                              [](const ViewOf<DirectToChip>& v, int) {
                                return v.state.h_j_kg / v.data.cp_j_kg_k + v.data.case_rise_k_w * v.input.peak_w;
                              }},
      ChannelOf<DirectToChip>{"junction_temperature", "degC", "hottest junction within the step",
                              [](const ViewOf<DirectToChip>& v, int) {
                                return v.state.h_j_kg / v.data.cp_j_kg_k + v.data.junction_k_w * v.input.hosts_peak_w;
                              },
                              [](const Data<double>& d) { return d.junction_k_w > 0 ? 1 : 0; }}};

  static void size(Params& p, const Fluid* f, Problems&) {
    if (!(p.content_kg > 0)) p.content_kg = 20.0 * p.nominal_power_w / (f[0].cp_j_kg_k * p.nominal_rise_k);
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_power_w / (f->cp_j_kg_k * p.nominal_rise_k);
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .case_rise_k_w = p.nominal_case_rise_k / p.nominal_power_w,
            .junction_k_w = junction_rise_k_w(p.junction)};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const Mixed<R> out = mixed(vabs(b->flow_kg_s), in.heat_w, s.h_j_kg, d.content_kg, st.dt_s);
    return {{out.base_w}, {{out.gain_kg_s}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    s.h_j_kg += (vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0] + in.heat_w) * R(st.dt_s) / d.content_kg;
    return {.heat_in_j = in.heat_w * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace
COMPONENT(DirectToChip, direct_to_chip)
}  // namespace hypocaust::plant
