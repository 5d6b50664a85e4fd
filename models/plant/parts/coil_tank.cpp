// coil_tank: a tank with a coil inside, through which a second circuit passes between two heights without mixing.
//
// The coil's conductance is spread evenly over its height. Its fluid passes the layers one by one; in a layer with the share UA_i,
// flow capacity C and effectiveness e = 1 - exp(-UA_i / C), the layer relaxes towards what arrives over the whole step (exact
// exponential with C e / (m cp)), so that no layer passes the temperature of the coil at any flow x step. First the coil acts,
// then the water moves, then it settles: all of it linear in what enters, solved with the network. docs/methods/tank.md.
#include "models/plant/side.hpp"
#include "models/plant/tank_law.hpp"

namespace hypocaust::plant {
namespace {

struct CoilTank : TankLaw {
  static constexpr std::array<BranchSpec, 2> branches{{{"top", "bottom"}, {"coil.from", "coil.to"}}};
  static constexpr bool can_wear = true;
  struct Params : TankParams {
    Side coil;
    double coil_ua_w_k = not_given, coil_inlet_frac = 0.5, coil_outlet_frac = 0.05, coil_flow_m3_s = not_given,
           coil_drop_pa = 1e4;
    static const Schema& schema() {
      static const Schema s =
          describe<Params>("coil_tank", "Stratified tank with a coil of a second circuit.",
                           rows({row<&Params::coil>("coil", "", {.need = required}, "stream through the coil"),
                                 row<&Params::coil_ua_w_k>("coil_ua", "W/K", {.need = required, .above = 0, .max = 1e7},
                                                           "conductance from the coil's fluid to the content"),
                                 row<&Params::coil_inlet_frac>("coil_inlet", "1", {.min = 0, .max = 1},
                                                               "height at which the coil enters, as a share of the content's"),
                                 row<&Params::coil_outlet_frac>("coil_outlet", "1", {.min = 0, .max = 1},
                                                                "height at which the coil leaves, as a share of the content's"),
                                 row<&Params::coil_flow_m3_s>("coil_flow", "m3/h", {.need = required, .above = 0, .max = 1e5},
                                                              "flow of `coil_drop`"),
                                 row<&Params::coil_drop_pa>("coil_drop", "kPa", {.above = 0, .max = 1000},
                                                            "pressure drop of the coil at `coil_flow`")}));
      return s;
    }
    void check(Problems& problems) const {
      TankParams::check(problems);
      if (vabs(coil_inlet_frac - coil_outlet_frac) < 0.01)
        problems.error("coil_outlet", "is within 1 % of `coil_inlet` (the coil spans no water); move one of the two");
    }
  };
  template <class R> struct Data : TankLaw::Data<R> {
    R coil_k, coil_nominal_kg_s, coil_cp_j_kg_k, ua_w_k, low_kg, high_kg, sign;  // low, high: content below; sign 1: enters above
  };
  template <class R> struct State : Parcels<R> {};
  static constexpr std::array channels{
      ChannelOf<CoilTank>{
          "temperature", "degC", "at ten equal heights, 0 the lowest",
          [](const ViewOf<CoilTank>& v, int column) { return temperature_at(v, (column + 0.5) / reported_heights); },
          [](const Data<double>&) { return reported_heights; }},
      ChannelOf<CoilTank>{"stored", "J", "heat above its surroundings",
                          [](const ViewOf<CoilTank>& v, int) { return above_ambient_j(v); }},
      ChannelOf<CoilTank>{"loss", "W", "heat lost to the room",
                          [](const ViewOf<CoilTank>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<CoilTank>{"coil_heat", "W", "heat from the coil to the content", [](const ViewOf<CoilTank>& v, int) {
                            return vabs(v.branches[1].flow_kg_s) * v.h_in_j_kg[1] - v.h_out_w[1];
                          }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    Data<double> d{TankLaw::derive(p, f)};
    d.coil_nominal_kg_s = p.coil_flow_m3_s * f[1].rho_kg_m3, d.coil_cp_j_kg_k = f[1].cp_j_kg_k, d.ua_w_k = p.coil_ua_w_k;
    d.coil_k = p.coil_drop_pa / (d.coil_nominal_kg_s * d.coil_nominal_kg_s);
    d.low_kg = d.content_kg * vmin(p.coil_inlet_frac, p.coil_outlet_frac);
    d.high_kg = d.content_kg * vmax(p.coil_inlet_frac, p.coil_outlet_frac);
    d.sign = p.coil_inlet_frac > p.coil_outlet_frac ? 1.0 : -1.0;
    return d;
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    connections<R>(d, in.available, b);
    quadratic(b[1], d.coil_k, R(0.01) * d.coil_nominal_kg_s);
    shut_off(b[1], in.available);
  }
  // Warms the layers by what passes through the coil in the step, entering at inlet_c; returns how it leaves, degC.
  template <class R> static R through_coil(const Data<R>& d, R ua_w_k, Parcels<R>& s, R flow_kg_s, R inlet_c, double dt_s) {
    using I = Index<R>;
    const R capacity_w_k = vabs(flow_kg_s) * d.coil_cp_j_kg_k;
    const auto downwards = d.sign * select(flow_kg_s >= R(0), R(1), R(-1)) > R(0);
    const R begin_kg = select(downwards, d.content_kg - d.high_kg, d.low_kg), span_kg = d.high_kg - d.low_kg;
    const I count = index_of(s.count), towards = select(downwards, I(1), I(-1));
    I k = wrap(index_of(s.first) + select(downwards, I(0), count - I(1)), parcel_places);
    R passed_kg = R(0), t_c = inlet_c;
    for (I i = I(0); any(i < count); i += I(1), k = wrap(k + towards, parcel_places)) {
      const auto on = i < count;
      const R m_kg = select(on, at(s.mass_kg, k), R(0)), some_kg = vmax(m_kg, R(1e-300));
      const R reach_kg = vmax(vmin(passed_kg + m_kg, begin_kg + span_kg) - vmax(passed_kg, begin_kg), R(0));
      const R e_frac = R(1) - vexp(-(ua_w_k * reach_kg / span_kg) / vmax(capacity_w_k, R(1e-9)));
      const R x = capacity_w_k * e_frac * R(dt_s) / (some_kg * d.cp_j_kg_k);
      const R drop_k = e_frac * phi(x) * (t_c - parcel_enthalpy<R>(s, k) / d.cp_j_kg_k);
      const R lift = select(on, capacity_w_k * drop_k * R(dt_s) / (some_kg * s.scale), R(0));
      put(s.theta, k, at(s.theta, k) + lift, on);
      s.sum_theta += m_kg * lift;
      t_c -= select(on, drop_k, R(0)), passed_kg += m_kg;
    }
    return t_c;
  }
  template <class R>
  static HeatLaw<R, 2> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const R ua_w_k = in.capacity_frac * d.ua_w_k;
    const R coil_kg_s = vabs(b[1].flow_kg_s), total_kg = vabs(b[0].flow_kg_s) * R(st.dt_s);
    const auto forward = b[0].flow_kg_s >= R(0);
    // Linear in the coil's inlet: from an inlet of 0 degC, and from 1 degC into a content of 0 degC.
    State<R> base = s, unit = s;
    unit.offset_j_kg = R(0);
    for (int i = 0; i < parcel_places; ++i) unit.theta[i] = R(0);
    const R base_c = through_coil<R>(d, ua_w_k, base, b[1].flow_kg_s, R(0), st.dt_s);
    const R unit_c = through_coil<R>(d, ua_w_k, unit, b[1].flow_kg_s, R(1), st.dt_s);
    const Leaving<R> from_base = leaving<R>(base, total_kg, forward), from_unit = leaving<R>(unit, total_kg, forward);
    return {{from_base.enthalpy_j / R(st.dt_s), coil_kg_s * d.coil_cp_j_kg_k * base_c},
            {{from_base.through_kg / R(st.dt_s), from_unit.enthalpy_j / (R(st.dt_s) * d.coil_cp_j_kg_k)},
             {R(0), coil_kg_s * unit_c}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R*) {
    through_coil<R>(d, in.capacity_frac * d.ua_w_k, s, b[1].flow_kg_s, h_in_j_kg[1] / d.coil_cp_j_kg_k, st.dt_s);
    displace<R>(s, vabs(b[0].flow_kg_s) * R(st.dt_s), b[0].flow_kg_s >= R(0), h_in_j_kg[0], d.merge_below_kg);
    settle_all<R>(s);
    return {.heat_out_j = rest<R>(d, s, st.dt_s)};
  }
};

}  // namespace
COMPONENT(CoilTank, coil_tank)
}  // namespace hypocaust::plant
