// air_coil: air-cooled hosts whose warm air passes a coil with water: rear door, row cooler, or a room with containment.
//
// The warm air is one stirred node with the heat capacity of air, racks and servers (T). Of the coil's air the share `bypass`
// returns without having met a server (Tozer, Kurkjian and Salim, ASHRAE Transactions 115, 2009):
//   T_coil = (1 - bypass) T + bypass T_cold          coil heat = e C_min (T_coil - T_water)          counterflow, 1 / UA =
//   (0.8 / f_air + 0.2 / f_fluid) / UA_n, f_air = air^0.6, f_fluid = flow^0.8 (VDI Heat Atlas 2010, section M; from about four
//   rows on a coil is near counterflow: Kays and London, Compact Heat Exchangers, 1984, chapter 2)
//   C dT/dt = heat + fans - coil heat - ventilation (T - T_outdoor)
// Servers hold their own rise of `nominal_air_rise`, so that they draw T - rise, or the supply where that is warmer. Fans follow
// the heat between a least speed and full speed; their power follows the cube of speed (affinity law) and stays in the air.
// Dampers to outdoors open when the servers draw air above `ventilation_above`, and when the unit is out of order; they close once the
// coil alone could hold the air below.
#include "models/core/moist_air.hpp"
#include "models/plant/effectiveness.hpp"
#include "models/plant/junction.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/relaxation.hpp"

namespace hypocaust::plant {
namespace {

struct AirCoil : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr Accounts accounts{.electricity = Account::fan, .heat_in = Account::it, .heat_out = Account::rejected};
  static constexpr bool cools_hosts = true;
  static constexpr bool can_wear = true;
  struct Params {
    Ref hosts, from, to;
    double captured_frac = not_given, nominal_power_w = not_given, coil_air_c = 42.0, air_rise_k = 12.0, water_in_c = 25.0,
           water_out_c = 35.0, nominal_drop_pa = 5e4, ua_w_k = not_given, nominal_kg_s = not_given;
    double bypass_frac = 0.1, fan_power_w = not_given, passive_frac = 0.1, room_j_k = not_given, air_limit_c = 35.0;
    double ventilation_w_k = 0.0, ventilation_above_c = 33.0, ventilation_release_k = 5.0;
    Varying minimum_speed;
    std::optional<Junction> junction;
    static const Schema& schema();
    void check(Problems& problems) const {
      const double supply_c = coil_air_c - air_rise_k, inlet_c = supply_c + air_rise_k * bypass_frac / (1.0 - bypass_frac);
      if (water_out_c <= water_in_c)
        problems.error("nominal_outlet", "is not above `nominal_inlet` (a coil warms its water); swap them");
      else if (water_out_c >= coil_air_c)
        problems.error("nominal_outlet",
                       "is not below `nominal_air` (water cannot leave warmer than the air that warms it); lower it");
      else if (water_in_c >= supply_c)
        problems.error("nominal_inlet",
                       "is not below `nominal_air` - `nominal_air_rise` (the air could not cool so far); lower it");
      else if (air_limit_c <= inlet_c)
        problems.error("air_limit",
                       "is not above the air that servers draw at the nominal point (normal operation would break it); "
                       "raise it, or lower `nominal_air` or `bypass`");
      check_junction(junction, inlet_c, problems);
    }
  };
  template <class R> struct Data {
    R k, nominal_kg_s, cp_j_kg_k, ua_w_k, air_w_k, nominal_w, air_rise_k, bypass_frac, fan_w, passive_frac, room_j_k,
        ventilation_w_k, open_c, close_c, junction_k_w;
  };
  template <class R> struct Input : Condition<R> { R heat_w{0}, hosts_peak_w{0}, minimum_speed{0.3}; };
  template <class R> struct State { R air_c{25}, inlet_c{25}, open{0}, dew_point_margin_k{0}; };
  template <class R> static R speed_of(const Data<R>& d, const Input<R>& in) {
    return clamp01(vmax(in.minimum_speed, in.heat_w / d.nominal_w)) * in.available;
  }
  static constexpr std::array inputs{
      Slot<Input<double>>{"heat_w", "W", "mean heat set free in the air", &Input<double>::heat_w},
      Slot<Input<double>>{"hosts_peak_w", "W", "largest power of the hosts within the step", &Input<double>::hosts_peak_w},
      Slot<Input<double>>{"minimum_speed", "1", "least share of full fan speed", &Input<double>::minimum_speed}};
  static constexpr std::array states{
      Slot<State<double>>{"air_temperature", "degC", "air behind the servers at the end of the step", &State<double>::air_c},
      Slot<State<double>>{"inlet_temperature", "degC", "air the servers draw, at the end of the step", &State<double>::inlet_c},
      Slot<State<double>>{"dew_point_margin", "K", "water entering above the dew point of outdoor air; negative: the coil drips",
                          &State<double>::dew_point_margin_k}};
  static constexpr std::array channels{
      ChannelOf<AirCoil>{"heat", "W", "heat set free in the air", [](const ViewOf<AirCoil>& v, int) { return v.input.heat_w; }},
      ChannelOf<AirCoil>{"fan_speed", "1", "share of full fan speed",
                         [](const ViewOf<AirCoil>& v, int) { return speed_of(v.data, v.input); }},
      ChannelOf<AirCoil>{"electricity", "W", "fan power",
                         [](const ViewOf<AirCoil>& v, int) { return v.ledger.electricity_j / v.dt_s; }},
      ChannelOf<AirCoil>{"ventilated", "W", "heat let out to outdoor air",
                         [](const ViewOf<AirCoil>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<AirCoil>{
          "junction_temperature", "degC", "hottest junction within the step",
          [](const ViewOf<AirCoil>& v, int) { return v.state.inlet_c + v.data.junction_k_w * v.input.hosts_peak_w; },
          [](const Data<double>& d) { return d.junction_k_w > 0 ? 1 : 0; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) {
    Problems faults;
    p.check(faults);
    for (const auto& item : faults.items)
      if (!item.warning) return;  // the check names them
    (void)problems;
    if (!(p.fan_power_w >= 0)) p.fan_power_w = 0.03 * p.nominal_power_w;
    if (!(p.room_j_k > 0)) p.room_j_k = 20.0 * p.nominal_power_w;
    if (!(p.nominal_kg_s > 0)) p.nominal_kg_s = p.nominal_power_w / (f[0].cp_j_kg_k * (p.water_out_c - p.water_in_c));
    if (p.ua_w_k > 0) return;
    const double near_k = p.coil_air_c - p.water_out_c, far_k = p.coil_air_c - p.air_rise_k - p.water_in_c;
    const double log_mean_k =
        vabs(far_k - near_k) < 1e-6 * near_k ? 0.5 * (near_k + far_k) : (near_k - far_k) / vlog(near_k / far_k);
    p.ua_w_k = p.nominal_power_w / log_mean_k;
  }
  static bool meets_weather(const Params&) { return true; }
  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = p.nominal_drop_pa / (p.nominal_kg_s * p.nominal_kg_s),
            .nominal_kg_s = p.nominal_kg_s,
            .cp_j_kg_k = f->cp_j_kg_k,
            .ua_w_k = p.ua_w_k,
            .air_w_k = p.nominal_power_w / p.air_rise_k,
            .nominal_w = p.nominal_power_w,
            .air_rise_k = p.air_rise_k,
            .bypass_frac = p.bypass_frac,
            .fan_w = p.fan_power_w,
            .passive_frac = p.passive_frac,
            .room_j_k = p.room_j_k,
            .ventilation_w_k = p.ventilation_w_k,
            .open_c = p.ventilation_above_c,
            .close_c = p.ventilation_above_c - p.ventilation_release_k,
            .junction_k_w = junction_rise_k_w(p.junction)};
  }
  template <class R> static void init(const Data<R>&, State<R>& s, double t_c) { s.air_c = s.inlet_c = R(t_c); }
  static std::string_view reason(const State<double>& s) { return s.open > 0.5 ? "ventilates to outdoors" : "contained"; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }

  // Of the coil over a step: coil heat = coil_w_k (T - T_water); the air it supplies is T_water + supply_frac (T - T_water).
  template <class R> struct Coil { R coil_w_k, supply_frac, supplied_w_k, fan_w; };
  template <class R> static Coil<R> coil(const Data<R>& d, const Input<R>& in, R flow_kg_s) {
    const R speed = speed_of(d, in), moved_frac = vmax(speed, d.passive_frac), air = d.air_w_k * moved_frac;
    const R water_w_k = flow_kg_s * d.cp_j_kg_k;
    const R f_air = vpow(moved_frac, R(0.6)), f_fluid = vpow(vmax(flow_kg_s / d.nominal_kg_s, R(1e-3)), R(0.8));
    const R ua = in.capacity_frac * d.ua_w_k / (R(0.8) / f_air + R(0.2) / f_fluid);
    const R least = vmin(water_w_k, air), ratio = least / vmax(water_w_k, air), ntu = vmin(ua / vmax(least, R(1e-12)), R(50));
    const R met_w_k = least * counterflow_effectiveness(ntu, ratio), cooled_frac = met_w_k / air;  // of coil air above water
    const R kept_frac = R(1) - d.bypass_frac, entering_frac = kept_frac / (kept_frac + d.bypass_frac * cooled_frac);
    return {met_w_k * entering_frac, (R(1) - cooled_frac) * entering_frac, kept_frac * air, d.fan_w * speed * speed * speed};
  }
  // Mean air temperature over the step: own + per_water x temperature of the water.
  template <class R> struct Mean { R own_c, per_water_frac; };
  template <class R>
  static Mean<R> mean(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Coil<R>& c) {
    const R vent_w_k = d.ventilation_w_k * s.open;
    const Relaxation<R> r = relaxation(c.coil_w_k + vent_w_k, d.room_j_k, st.dt_s);
    return {r.kept_frac * s.air_c + r.per_source_k_w * (in.heat_w + c.fan_w + vent_w_k * st.outdoor_c),
            r.per_source_k_w * c.coil_w_k};
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const R m = vabs(b->flow_kg_s);
    const Coil<R> c = coil(d, in, m);
    const Mean<R> air = mean(st, d, in, s, c);
    return {{c.coil_w_k * air.own_c}, {{m - c.coil_w_k * (R(1) - air.per_water_frac) / d.cp_j_kg_k}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), water_c = h_in_j_kg[0] / d.cp_j_kg_k, vent_w_k = d.ventilation_w_k * s.open;
    const Coil<R> c = coil(d, in, m);
    const Mean<R> air = mean(st, d, in, s, c);
    const R vented_w = vent_w_k * (air.own_c + air.per_water_frac * water_c - st.outdoor_c);
    s.air_c += (in.heat_w + c.fan_w - (h_out_w[0] - m * h_in_j_kg[0]) - vented_w) * R(st.dt_s) / d.room_j_k;
    const R supply_c = water_c + c.supply_frac * (s.air_c - water_c);
    const R mixed_c = (c.supplied_w_k * supply_c + vent_w_k * st.outdoor_c) / (c.supplied_w_k + vent_w_k);
    s.inlet_c = vmax(mixed_c, s.air_c - d.air_rise_k);
    // Without dampers T would settle at T_water + heat / coil_w_k; servers would then draw less than close_c.
    const R heat_w = in.heat_w + c.fan_w;
    const auto holds = (s.inlet_c < d.close_c) & (c.coil_w_k * (d.close_c + d.air_rise_k - water_c) >= heat_w) &
                       (c.coil_w_k * (d.close_c - water_c) >= c.supply_frac * heat_w);
    const auto must = (d.ventilation_w_k > R(0)) & ((s.inlet_c > d.open_c) | (in.available < R(0.5)));
    s.open = select(must, R(1), select(holds, R(0), s.open));
    s.dew_point_margin_k = water_c - dew_point_c(vapour_pressure_wet_bulb_pa(st.outdoor_c, st.wet_bulb_c));
    const R fan_j = c.fan_w * R(st.dt_s);
    return {
        .power_in_j = fan_j, .heat_in_j = in.heat_w * R(st.dt_s), .heat_out_j = vented_w * R(st.dt_s), .electricity_j = fan_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.room_j_k * s.air_c; }
};

const Schema& AirCoil::Params::schema() {
  static const Schema s = describe<Params>(
      "air_coil", "Air-cooled hosts with an air-to-water coil: rear door, row cooler, contained room.",
      {row<&Params::hosts>("hosts", "", {.need = required, .scope = "host"}, "host group whose air it cools"),
       row<&Params::captured_frac>(
           "captured", "1", {.above = 0, .max = 1},
           "share of the hosts' heat that meets the coil; left out: all that nothing else captures, and the room's"),
       row<&Params::from>("from", "", port, "supply node"),
       row<&Params::to>("to", "", port, "return node"),
       row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                     "heat at the nominal point"),
       row<&Params::coil_air_c>("nominal_air", "degC", {.min = 15, .max = 70}, "air entering the coil at the nominal point"),
       row<&Params::air_rise_k>("nominal_air_rise", "K", {.above = 0, .max = 40}, "rise of the air in the servers, at any load"),
       row<&Params::water_in_c>("nominal_inlet", "degC", {.min = 1, .max = 60}, "water entering at the nominal point"),
       row<&Params::water_out_c>("nominal_outlet", "degC", {.min = 1, .max = 69}, "water leaving at the nominal point"),
       row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
       row<&Params::ua_w_k>("ua", "W/K", {.need = derived, .above = 0, .max = 1e9}, "conductance at the nominal point; derived"),
       row<&Params::nominal_kg_s>("nominal_flow", "kg/s", {.need = derived, .min = 1e-6, .max = 1e5},
                                  "of water at the nominal point; derived"),
       row<&Params::bypass_frac>("bypass", "1", {.min = 0, .max = 0.8},
                                 "share of the coil's air that returns without having met a server: what containment leaves"),
       row<&Params::fan_power_w>("fan_power", "kW", {.need = derived, .min = 0, .max = 1e4},
                                 "of the coil's fans at full speed; derived: 30 W a kW"),
       row<&Params::minimum_speed>("minimum_speed", "1", {.min = 0, .max = 1}, "least share of full fan speed; left out: 0.3"),
       row<&Params::passive_frac>("passive_flow", "1", {.min = 0.01, .max = 1},
                                  "share of the nominal air that the servers' own fans push through a coil whose fans stand"),
       row<&Params::room_j_k>("room_capacity", "kJ/K", {.need = derived, .above = 0, .max = 1e7},
                              "heat capacity of air, racks and servers; derived: 20 s of nominal power a kelvin"),
       row<&Params::air_limit_c>("air_limit", "degC", {.min = 15, .max = 60}, "warmest air the servers may draw"),
       row<&Params::ventilation_w_k>("ventilation", "W/K", {.min = 0, .max = 1e8},
                                     "heat let out for each kelvin above outdoor air while the dampers are open; 0: no dampers"),
       row<&Params::ventilation_above_c>("ventilation_above", "degC", {.min = 15, .max = 60},
                                         "air drawn by the servers at which the dampers open"),
       row<&Params::ventilation_release_k>("ventilation_release", "K", {.above = 0, .max = 30},
                                           "how far below that the coil must be able to hold it, for them to close"),
       row<&Params::junction>("junction", "", {}, "hottest device; left out: none is watched")});
  return s;
}

}  // namespace
COMPONENT(AirCoil, air_coil)
}  // namespace hypocaust::plant
