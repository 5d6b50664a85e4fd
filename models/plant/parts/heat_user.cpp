// heat_user: a customer's coil or exchanger. It draws flow = min(wanted, maximum) and takes heat down to its own return
// temperature plus the approach; a shortfall goes to its backup, then is unmet.
//
// The user wants `demand_w` between `return_c` and `supply_c` on its own side. A source at T can carry the share
// (T - approach - return) / (supply - return) of it, 0 to 1: preheating, the backup lifts the rest. The primary stream leaves at
// return + approach (the counterflow limit). The valve opens on the *sensed* inlet temperature (first-order lag); a bypass of 1 %
// of the maximum keeps the sensor warm, so that the user sees heat come back. Heat taken never exceeds what the flow carries.
#include "models/plant/registry.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

constexpr double sensor_lag_s = 60.0;

struct HeatUser : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool affine = false;  // the demand caps the heat
  static constexpr bool serves_demand = true;
  static constexpr Accounts accounts{.heat_out = Account::delivered};
  struct Params {
    Ref from, to;
    double max_flow_m3_s = not_given, minimum_approach_k = 3.0, nominal_drop_pa = 2e4;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "heat_user", "Connection of a heat user.",
          {row<&Params::from>("from", "", port, "supply node"), row<&Params::to>("to", "", port, "return node"),
           row<&Params::max_flow_m3_s>("max_flow", "m3/h", {.need = required, .min = 1e-6, .max = 1e5}, "largest flow drawn"),
           row<&Params::minimum_approach_k>("minimum_approach", "K", {.above = 0, .max = 50},
                                            "supply above the user's own temperature below which nothing is drawn"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at the largest flow")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s, max_kg_s, approach_k, cp_j_kg_k, follow_frac; };
  template <class R> struct Input : Condition<R> { R demand_w{0}, supply_c{60}, return_c{40}; };
  template <class R> struct State { R sensed_c{20}, taken_w{0}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"demand_w", "W", "heat wanted over the step", &Input<double>::demand_w},
      Slot<Input<double>>{"supply_c", "degC", "temperature wanted on the user's side", &Input<double>::supply_c},
      Slot<Input<double>>{"return_c", "degC", "temperature entering on the user's side", &Input<double>::return_c}};
  static constexpr std::array channels{
      ChannelOf<HeatUser>{"delivered", "W", "heat taken", [](const ViewOf<HeatUser>& v, int) { return v.state.taken_w; }},
      ChannelOf<HeatUser>{"sensed_temperature", "degC", "supply as the user's valve senses it",
                          [](const ViewOf<HeatUser>& v, int) { return v.state.sensed_c; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    const double max_kg_s = p.max_flow_m3_s * f->rho_kg_m3;
    return {.k = p.nominal_drop_pa / (max_kg_s * max_kg_s),
            .toe_kg_s = 0.01 * max_kg_s,
            .max_kg_s = max_kg_s,
            .approach_k = p.minimum_approach_k,
            .cp_j_kg_k = f->cp_j_kg_k,
            .follow_frac = 1.0};
  }
  template <class R> static void prepare(Data<R>& d, double dt_s) { d.follow_frac = R(1) - vexp(R(-dt_s / sensor_lag_s)); }
  template <class R> static void init(const Data<R>&, State<R>& s, double t_c) { s.sensed_c = R(t_c); }

  template <class R> static R leaving_c(const Data<R>& d, const Input<R>& in) { return in.return_c + d.approach_k; }
  // The part of the demand a source at t_c can carry, W.
  template <class R> static R covered_w(const Data<R>& d, const Input<R>& in, R t_c) {
    const R span_k = vmax(in.supply_c - in.return_c, R(0.1));
    return in.available * in.demand_w * clamp01((t_c - leaving_c(d, in)) / span_k);
  }
  template <class R> static R wanted_kg_s(const Data<R>& d, const Input<R>& in, const State<R>& s) {
    const R margin_k = s.sensed_c - leaving_c(d, in);
    const R flow = covered_w(d, in, s.sensed_c) / (d.cp_j_kg_k * vmax(margin_k, R(0.01)));
    return clamp(flow, R(bypass_frac) * d.max_kg_s, d.max_kg_s);
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    throttle(*b, d.k, d.toe_kg_s, wanted_kg_s(d, in, s));
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>& in, const State<R>&,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s), t_c = h_in_j_kg[0] / d.cp_j_kg_k, leaves_c = leaving_c(d, in),
            span_k = vmax(in.supply_c - in.return_c, R(0.1));
    const R demand_w = in.available * in.demand_w, carried_w = m * d.cp_j_kg_k * (t_c - leaves_c),
            covered = covered_w(d, in, t_c);
    const auto none = (t_c <= leaves_c) | (demand_w <= R(0));
    const auto by_flow = carried_w <= covered;          // leaves at return + approach
    const auto whole = (t_c - leaves_c) >= span_k;      // all of the demand
    const R slope = demand_w / (span_k * d.cp_j_kg_k);  // covered = slope (h - cp leaves)
    const R base =
        select(none, R(0), select(by_flow, m * d.cp_j_kg_k * leaves_c, select(whole, -demand_w, slope * d.cp_j_kg_k * leaves_c)));
    const R gain = select(none, m, select(by_flow, R(0), select(whole, m, m - slope)));
    return {{base}, {{gain}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>&, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    s.taken_w = vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0];
    s.sensed_c += (h_in_j_kg[0] / d.cp_j_kg_k - s.sensed_c) * d.follow_frac;
    return {.heat_out_j = s.taken_w * R(st.dt_s)};
  }
};

}  // namespace
COMPONENT(HeatUser, heat_user)
}  // namespace hypocaust::plant
