// dry_cooler: coolant to outdoor air through a finned coil with fans.
//
// Crossflow, both streams unmixed: effectiveness = 1 - exp(ntu^0.22 / r (exp(-r ntu^0.78) - 1)) (Incropera et al. 2007, table
// 11.4). 1 / UA = (0.8 / f_air + 0.2 / f_fluid) / UA_n, f_air = air^0.6, f_fluid = flow^0.8 (air film dominates; VDI Heat Atlas 2010,
// section M). Air flow follows the fan speed, with a natural draught of 3 % at rest; fan power follows its cube. Sized from
// nominal power, fluid and air temperatures. Valid for any flow; heat may run either way.
//
// Adiabatic spray, while the fans run and the outdoor air is above a set temperature: the air enters the coil at
// T - effectiveness (T - T_wet_bulb) (ASHRAE Handbook HVAC Systems and Equipment 2016, chapter 41: saturation effectiveness);
// the water evaporated is the heat the air gave up over the heat of vaporisation; bleed and drift are a share of it.
#include "models/plant/effectiveness.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

constexpr double natural_draught = 0.03;
constexpr double vaporisation_j_kg = 2.454e6;  // water at 20 degC (IAPWS-IF97)

struct DryCooler : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr Accounts accounts{.electricity = Account::fan, .heat_out = Account::rejected};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    double nominal_power_w = not_given, fluid_in_c = 42.0, fluid_out_c = 36.0, air_c = 30.0, air_rise_k = 7.0,
           fan_power_w = not_given;
    double nominal_drop_pa = 4e4, ua_w_k = not_given, nominal_kg_s = not_given, spray_above_c = not_given,
           spray_effectiveness = not_given, spray_bleed_frac = 0.0;
    Varying fan_speed, fan_limit;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "dry_cooler", "Finned coil with fans, to outdoor air.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                         "heat rejected at the nominal point"),
           row<&Params::fluid_in_c>("nominal_inlet", "degC", {.min = -20, .max = 110}, "coolant entering at the nominal point"),
           row<&Params::fluid_out_c>("nominal_outlet", "degC", {.min = -20, .max = 110}, "coolant leaving at the nominal point"),
           row<&Params::air_c>("nominal_air", "degC", {.min = -20, .max = 50}, "air entering at the nominal point"),
           row<&Params::air_rise_k>("nominal_air_rise", "K", {.above = 0, .max = 40},
                                    "air leaving above air entering at the nominal point"),
           row<&Params::fan_power_w>("fan_power", "kW", {.need = derived, .min = 0, .max = 1e4},
                                     "all fans at full speed; derived: 20 W a kW"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::ua_w_k>("ua", "W/K", {.need = derived, .above = 0, .max = 1e9},
                                "conductance at the nominal point; derived"),
           row<&Params::nominal_kg_s>("nominal_flow", "kg/s", {.need = derived, .min = 1e-6, .max = 1e5},
                                      "coolant flow at the nominal point; derived"),
           row<&Params::spray_above_c>("spray_above", "degC", {.min = 0, .max = 60},
                                       "outdoor temperature above which water is sprayed into the air; left out: never"),
           row<&Params::spray_effectiveness>("spray_effectiveness", "1", {.above = 0, .max = 1},
                                             "cooling of the sprayed air as a share of its distance to the wet bulb"),
           row<&Params::spray_bleed_frac>("spray_bleed", "1", {.min = 0, .max = 10},
                                          "water drained with the spray (bleed, drift) as a share of what evaporates"),
           row<&Params::fan_speed>("fan_speed", "1", {.min = 0, .max = 1},
                                   "share of full fan speed; left out: 0, or what a controller says"),
           row<&Params::fan_limit>("fan_limit", "1", {.min = 0, .max = 1},
                                   "largest share of full fan speed (noise at night: a calendar); left out: 1")});
      return s;
    }
    void check(Problems& problems) const {
      if (fluid_out_c >= fluid_in_c) problems.error("nominal_outlet", "is not below `nominal_inlet` (a cooler cools); swap them");
      else if (air_c >= fluid_out_c)
        problems.error("nominal_air", "is not below `nominal_outlet` (air cannot cool below itself); lower it");
      else if (air_c + air_rise_k >= fluid_in_c)
        problems.error("nominal_air_rise", "would warm the air above the entering coolant; lower it");
      const bool when = spray_above_c == spray_above_c, how_far = spray_effectiveness == spray_effectiveness;
      if (when != how_far)
        problems.error(when ? "spray_above" : "spray_effectiveness",
                       when ? "does not say how far water cools the air; give `spray_effectiveness` too"
                            : "does not say when water is sprayed; give `spray_above` too");
      if (spray_bleed_frac > 0 && !when)
        problems.error("spray_bleed", "drains a spray that there is not; give `spray_above` and `spray_effectiveness` too");
    }
  };
  template <class R> struct Data {
    R k, nominal_kg_s, cp_j_kg_k, ua_w_k, air_w_k, fan_w, spray_above_c, spray_effectiveness, spray_bleed_frac;
  };
  template <class R> struct State { R water_kg{0}, water_kg_s{0}; };  // sprayed: since the start; over the last step
  template <class R> struct Input : Condition<R> { R fan_speed{0}, fan_limit_frac{1}; };
  template <class R> static R speed_of(const Input<R>& in) {
    return clamp01(vmin(in.fan_speed, in.fan_limit_frac)) * in.available;
  }
  static constexpr std::array inputs{
      Slot<Input<double>>{"fan_speed", "1", "share of full fan speed", &Input<double>::fan_speed},
      Slot<Input<double>>{"fan_limit", "1", "largest share of full fan speed", &Input<double>::fan_limit_frac}};
  static constexpr std::array channels{
      ChannelOf<DryCooler>{"rejected", "W", "heat to outdoor air",
                           [](const ViewOf<DryCooler>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<DryCooler>{"fan_speed", "1", "share of full fan speed",
                           [](const ViewOf<DryCooler>& v, int) { return speed_of(v.input); }},
      ChannelOf<DryCooler>{"electricity", "W", "fan power",
                           [](const ViewOf<DryCooler>& v, int) { return v.ledger.electricity_j / v.dt_s; }},
      ChannelOf<DryCooler>{"water", "kg/s", "water sprayed, with what is drained",
                           [](const ViewOf<DryCooler>& v, int) { return v.state.water_kg_s; }},
      ChannelOf<DryCooler>{"water_total", "kg",
                           "water sprayed, with what is drained, since the start of the run, warm-up included",
                           [](const ViewOf<DryCooler>& v, int) { return v.state.water_kg; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) {
    Problems faults;
    p.check(faults);
    if (!faults.items.empty()) return;  // the check names them
    if (!(p.fan_power_w >= 0)) p.fan_power_w = 0.02 * p.nominal_power_w;
    if (!(p.nominal_kg_s > 0)) p.nominal_kg_s = p.nominal_power_w / (f[0].cp_j_kg_k * (p.fluid_in_c - p.fluid_out_c));
    if (p.ua_w_k > 0) return;
    const double fluid_w_k = p.nominal_kg_s * f[0].cp_j_kg_k, air_w_k = p.nominal_power_w / p.air_rise_k;
    const double least_w_k = vmin(fluid_w_k, air_w_k), ratio = least_w_k / vmax(fluid_w_k, air_w_k);
    const double wanted = p.nominal_power_w / (least_w_k * (p.fluid_in_c - p.air_c));
    double low = 1e-3, high = 100.0;  // effectiveness rises with ntu
    for (int k = 0; k < 80; ++k) {
      const double middle = 0.5 * (low + high);
      (crossflow_unmixed_effectiveness(middle, ratio) < wanted ? low : high) = middle;
    }
    if (high > 50.0)
      problems.error("nominal_outlet",
                     "cannot be reached (no coil is large enough in crossflow); raise it or lower `nominal_air_rise`");
    p.ua_w_k = high * least_w_k;
  }
  static bool meets_weather(const Params&) { return true; }
  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = p.nominal_drop_pa / (p.nominal_kg_s * p.nominal_kg_s),
            .nominal_kg_s = p.nominal_kg_s,
            .cp_j_kg_k = f->cp_j_kg_k,
            .ua_w_k = p.ua_w_k,
            .air_w_k = p.nominal_power_w / p.air_rise_k,
            .fan_w = p.fan_power_w,
            .spray_above_c = p.spray_above_c == p.spray_above_c ? p.spray_above_c : 1e3,  // 1e3: never
            .spray_effectiveness = p.spray_effectiveness == p.spray_effectiveness ? p.spray_effectiveness : 0.0,
            .spray_bleed_frac = p.spray_bleed_frac};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  // By how much the spray cools the air before the coil.
  template <class R> static R spray_k(const Step<R>& st, const Data<R>& d, const Input<R>& in) {
    const auto on = (st.outdoor_c > d.spray_above_c) & (speed_of(in) > R(0));
    return select(on, d.spray_effectiveness * vmax(st.outdoor_c - st.wet_bulb_c, R(0)), R(0));
  }
  // Heat given to the air for each kelvin between entering coolant and entering air, W/K.
  template <class R> static R exchanged_w_k(const Data<R>& d, const Input<R>& in, R speed, R flow_kg_s) {
    const R c = flow_kg_s * d.cp_j_kg_k, moved_frac = vmax(speed, R(natural_draught)), air = d.air_w_k * moved_frac;
    const R f_air = vpow(moved_frac, R(0.6)), f_fluid = vpow(vmax(flow_kg_s / d.nominal_kg_s, R(1e-3)), R(0.8));
    const R ua = in.capacity_frac * d.ua_w_k / (R(0.8) / f_air + R(0.2) / f_fluid);
    const R least = vmin(c, air), ratio = least / vmax(c, air), ntu = vmin(ua / vmax(least, R(1e-12)), R(50));
    return least * crossflow_unmixed_effectiveness(ntu, ratio);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>&, const Branch<R>* b) {
    const R m = vabs(b->flow_kg_s), g = exchanged_w_k(d, in, speed_of(in), m) / d.cp_j_kg_k;
    return {{g * (st.outdoor_c - spray_k(st, d, in)) * d.cp_j_kg_k}, {{m - g}}};
  }
  // What it could reject with fans and pump at full: heat = exchanged_w_k (coolant_c - air_c).
  template <class R> static Rejection<R> most_rejected(const Step<R>& st, const Data<R>& d, const Input<R>& in) {
    Input<R> full = in;
    full.fan_speed = R(1);
    return {.exchanged_w_k = exchanged_w_k(d, in, speed_of(full), d.nominal_kg_s), .air_c = st.outdoor_c - spray_k(st, d, full)};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R speed = speed_of(in);
    s.water_kg_s = d.air_w_k * speed * spray_k(st, d, in) * (R(1) + d.spray_bleed_frac) / R(vaporisation_j_kg);
    s.water_kg += s.water_kg_s * R(st.dt_s);
    return {.heat_out_j = (vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0]) * R(st.dt_s),
            .electricity_j = d.fan_w * speed * speed * speed * R(st.dt_s)};
  }
};

}  // namespace
COMPONENT(DryCooler, dry_cooler)
}  // namespace hypocaust::plant
