// greenhouse: a glasshouse with its crop as a heat user. Air (with crop, pipes and frame), vapour and floor have a state; the sun comes in,
// leaves turn part of it into vapour, which leaves by vents, leaks and as water on the cover; a screen closes while it is dark. The
// valve holds the air at its set-point, the own boiler half a kelvin lower.
// Laws: models/demand/greenhouse_law.hpp; keys: models/plant/greenhouse_params.hpp. docs/methods/greenhouse.md.
#include "models/demand/greenhouse_law.hpp"
#include "models/plant/greenhouse_params.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

constexpr double sensor_lag_s = 60.0, least_lift_k = 1.0, heating_band_k = 0.5, boiler_below_k = 0.5;
constexpr double screen_stroke_s = 300.0, vents_lag_s = 300.0, drying_band_frac = 0.05;
constexpr double inner_film_w_m2_k = 7.7;  // EN ISO 6946: 0.13 m2 K/W, convection and radiation

struct Greenhouse : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"connection.from", "connection.to"}}};
  static constexpr bool affine = false;  // a primary stream colder than the air passes by
  static constexpr bool heat_user = true;
  static constexpr Accounts accounts{.heat_in = Account::backup};
  static constexpr bool can_wear = true;
  using Params = GreenhouseParams;
  template <class R> struct Data : GreenhouseData<R> {
    R band_k, follow_frac, screen_step_frac, vents_step_frac;
  };  // set by prepare()
  template <class R> struct Input : Condition<R> { R set_point_c{18}, screen_frac{1}, leaf_area_frac{2.5}; };
  // Means or ends of the last step.
  template <class R> struct State {
    R air_c{18}, floor_c{18}, ratio{0.009}, sensed_c{20}, valve_frac{0}, boiler_frac{0}, screen_frac{0}, vents_frac{0},
        taken_w{0}, backup_w{0}, wanted_w{0}, unmet_w{0}, short_on{0}, latent_w{0}, sun_w{0}, cover_w{0}, fresh_w{0};
  };
  static constexpr std::array shut{Shut{"set_point", 1.0}};
  static constexpr std::array inputs{
      Slot<Input<double>>{"set_point", "degC", "air temperature kept by heating", &Input<double>::set_point_c},
      Slot<Input<double>>{"screen", "1", "how far the screen may close", &Input<double>::screen_frac},
      Slot<Input<double>>{"leaf_area", "1", "m2 of leaves a m2 of floor", &Input<double>::leaf_area_frac}};
  static constexpr std::array states{
      Slot<State<double>>{"air", "degC", "temperature of the air", &State<double>::air_c},
      Slot<State<double>>{"floor", "degC", "temperature of the floor", &State<double>::floor_c},
      Slot<State<double>>{"humidity_ratio", "1", "vapour by mass of dry air", &State<double>::ratio},
      Slot<State<double>>{"screen", "1", "share that is closed", &State<double>::screen_frac},
      Slot<State<double>>{"vents", "1", "share that is open", &State<double>::vents_frac},
      Slot<State<double>>{"sun", "W", "sun within", &State<double>::sun_w},
      Slot<State<double>>{"transpiration_heat", "W", "heat that leaves turn into vapour", &State<double>::latent_w},
      Slot<State<double>>{"cover_loss", "W", "through the cover", &State<double>::cover_w},
      Slot<State<double>>{"air_loss", "W", "with the air exchanged", &State<double>::fresh_w},
      Slot<State<double>>{"backup", "W", "heat of the own boiler", &State<double>::backup_w}};
  static constexpr std::array channels{ChannelOf<Greenhouse>{
      "relative_humidity", "1", "of the air", [](const ViewOf<Greenhouse>& v, int) {
        return vapour_pressure_pa(v.state.ratio, normal_pressure_pa) / saturation_pressure_pa(v.state.air_c);
      }}};

  static void size(Params& p, const Fluid* f, Problems& problems) { size_greenhouse(p, f[0], problems); }
  static Data<double> derive(const Params& p, const Fluid* f) { return {greenhouse_data(p, f[0]), heating_band_k, 1, 1, 1}; }
  static bool meets_weather(const Params&) { return true; }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    d.band_k = valve_band_k(heating_band_k, dt_s, d.power_w, d.air_j_k);
    d.follow_frac = R(1) - vexp(R(-dt_s / sensor_lag_s)), d.screen_step_frac = vmin(R(1), R(dt_s / screen_stroke_s));
    d.vents_step_frac = R(1) - vexp(R(-dt_s / vents_lag_s));
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    s.air_c = d.initial_c, s.floor_c = d.initial_c, s.sensed_c = R(t_c);
    s.ratio = humidity_ratio(R(0.7) * saturation_pressure_pa(s.air_c), R(normal_pressure_pa));
  }

  template <class R> static R open_kg_s(const Data<R>& d, const Input<R>& in, const State<R>& s) {
    const R position = valve_position(in.set_point_c - s.air_c, d.band_k, s.valve_frac);
    return in.available * select(s.sensed_c > s.air_c + R(least_lift_k), position, R(0)) * d.nominal_kg_s;
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R wanted = clamp(open_kg_s(d, in, s), R(bypass_frac) * d.max_kg_s, d.max_kg_s);
    throttle(*b, d.k, d.toe_kg_s, wanted);
  }
  template <class R> static R exchange_w_k(const Data<R>& d, const Input<R>& in, R flow_kg_s) {
    const R c = flow_kg_s * d.cp_j_kg_k;
    return c * (R(1) - vexp(-vmin(in.capacity_frac * d.ua_w_k / vmax(c, R(1e-12)), R(50))));
  }

  // Everything of a step but the primary stream's inlet.
  template <class R> struct Balance {
    demand::HouseHeat<R> heat;
    demand::HouseVapourStep<R> vapour;
    R sun_w, leaf_share_frac, latent_w, backup_w, cover_w_k, fresh_w_k, screen_frac, vents_frac;
  };
  template <class R>
  static Balance<R> balance(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_kg_s, R inlet_c) {
    Balance<R> q;
    const R light_w_m2 = vmax(global_horizontal_w_m2(st.light), R(0)), sun_w_m2 = d.transmittance_frac * light_w_m2;
    q.sun_w = sun_w_m2 * d.area_m2;
    const R dark_frac = select(light_w_m2 < d.screen_below_w_m2, clamp01(in.screen_frac), R(0));
    q.screen_frac = s.screen_frac + clamp(dark_frac - s.screen_frac, -d.screen_step_frac, d.screen_step_frac);
    const R u_w_m2_k = d.u_w_m2_k * demand::wind_factor(vmax(st.wind_m_s, R(0))) * (R(1) - d.saving_frac * q.screen_frac);
    q.cover_w_k = d.cover_m2 * u_w_m2_k;

    // Vents: against heat, and against damp air where the outdoor air is drier.
    const R warm_frac = clamp01((s.air_c - in.set_point_c - d.vents_above_k) / d.vents_band_k);
    q.vents_frac = s.vents_frac + (warm_frac - s.vents_frac) * d.vents_step_frac;
    const R air_pa = vapour_pressure_pa(s.ratio, R(normal_pressure_pa)), leaf_pa = saturation_pressure_pa(s.air_c);
    const R damp_frac =
        select(st.humidity_ratio_kg_kg < s.ratio, clamp01((air_pa / leaf_pa - d.humidity_frac) / R(drying_band_frac)), R(0));
    const R fresh_kg_s = d.area_m2 * demand::leaks_m_s(d.leakage_frac, st.wind_m_s) * R(dry_air_kg_m3) +
                         vmax(q.vents_frac * d.vents_kg_s, damp_frac * d.drying_kg_s);
    q.fresh_w_k = fresh_kg_s * R(dry_air_j_kg_k);

    q.leaf_share_frac = demand::leaf_share(in.leaf_area_frac);
    const R leaf_sun_w_m2 = sun_w_m2 * q.leaf_share_frac, deficit_pa = vmax(leaf_pa - air_pa, R(0));
    const R colder_k =
        vmax(u_w_m2_k * (s.air_c - st.outdoor_c) / R(inner_film_w_m2_k), R(0));  // the innermost surface of the cover
    q.vapour = demand::house_vapour<R>(
        {st.dt_s, d.air_kg, s.ratio, d.area_m2 * demand::transpiration_kg_s_pa_m2(in.leaf_area_frac, leaf_sun_w_m2, deficit_pa),
         leaf_pa, d.cover_m2 * demand::condensation_kg_s_pa_m2(colder_k), saturation_pressure_pa(s.air_c - colder_k), fresh_kg_s,
         st.humidity_ratio_kg_kg});
    q.latent_w = q.vapour.transpired_kg_s * R(demand::vaporisation_j_kg);
    q.backup_w =
        vmin(valve_position(in.set_point_c - R(boiler_below_k) - s.air_c, d.band_k, s.boiler_frac) * d.power_w, d.backup_w);
    q.heat = {.dt_s = st.dt_s,
              .air_j_k = d.air_j_k,
              .air_c = s.air_c,
              .air_w = q.sun_w * q.leaf_share_frac - q.latent_w + q.backup_w,
              .outdoor_w_k = q.cover_w_k + q.fresh_w_k,
              .outdoor_c = st.outdoor_c,
              .exchange_w_k =
                  select(inlet_c > s.air_c, exchange_w_k(d, in, flow_kg_s * coil_share(open_kg_s(d, in, s), d.max_kg_s)), R(0)),
              .floor_j_k = d.floor_j_k,
              .floor_c = s.floor_c,
              .floor_w = q.sun_w * (R(1) - q.leaf_share_frac),
              .floor_w_k = d.floor_w_k,
              .ground_w_k = d.ground_w_k,
              .ground_c = st.ground_c};
    return q;
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s);
    const demand::HouseHeat<R> h = balance(st, d, in, s, m, h_in_j_kg[0] / d.cp_j_kg_k).heat;
    const demand::HouseEnds<R> ends = demand::house_heat(h);
    return {{h.exchange_w_k * ends.base_c}, {{m - h.exchange_w_k * (R(1) - ends.gain) / d.cp_j_kg_k}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), dt = R(st.dt_s), inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const Balance<R> q = balance(st, d, in, s, m, inlet_c);
    const demand::HouseEnds<R> ends = demand::house_heat(q.heat);
    const R air_c = ends.base_c + ends.gain * inlet_c, floor_c = demand::floor_end_c(q.heat, air_c);
    s.taken_w = m * h_in_j_kg[0] - h_out_w[0];
    // Each flow once.
    const R floor_w = d.floor_w_k * (air_c - floor_c), ground_w = d.ground_w_k * (floor_c - st.ground_c);
    s.cover_w = q.cover_w_k * (air_c - st.outdoor_c), s.fresh_w = q.fresh_w_k * (air_c - st.outdoor_c);
    // Where the air would end without plant and boiler; below the set-point, what holds that is wanted.
    const R free_c = (ends.base_c / ends.per_w - q.backup_w) / (R(1) / ends.per_w - q.heat.exchange_w_k);
    const R holds_w = q.heat.outdoor_w_k * (in.set_point_c - st.outdoor_c) + d.floor_w_k * (in.set_point_c - s.floor_c) -
                      (q.heat.air_w - q.backup_w);
    s.wanted_w = select(free_c < in.set_point_c, vmax(holds_w, R(0)), R(0));
    s.air_c += (s.taken_w + q.heat.air_w - floor_w - s.cover_w - s.fresh_w) * dt / d.air_j_k;
    s.floor_c += (q.heat.floor_w + floor_w - ground_w) * dt / d.floor_j_k;
    s.ratio = q.vapour.ratio, s.screen_frac = q.screen_frac, s.vents_frac = q.vents_frac, s.backup_w = q.backup_w,
    s.latent_w = q.latent_w, s.sun_w = q.sun_w;
    s.sensed_c += (inlet_c - s.sensed_c) * d.follow_frac;
    s.valve_frac = valve_integral(in.set_point_c - s.air_c, d.band_k, s.valve_frac, st.dt_s);
    s.boiler_frac = valve_integral(in.set_point_c - R(boiler_below_k) - s.air_c, d.band_k, s.boiler_frac, st.dt_s);
    s.unmet_w = select(s.air_c < in.set_point_c - R(2 * boiler_below_k), vmax(s.wanted_w - s.taken_w - q.backup_w, R(0)), R(0));
    s.short_on = select(s.air_c < in.set_point_c - d.tolerance_k, R(1), R(0));
    return {.heat_in_j = q.backup_w * dt,
            .heat_out_j = (s.cover_w + s.fresh_w + ground_w + q.latent_w - q.sun_w) * dt,
            .fuel_j = q.backup_w / d.backup_efficiency_frac * dt};
  }
  static Need need(const ViewOf<Greenhouse>& v) {
    const auto& s = v.state;
    return {.demand_j = s.wanted_w * v.dt_s,
            .backup_j = s.backup_w * v.dt_s,
            .unmet_j = s.unmet_w * v.dt_s,
            .short_s = s.short_on * v.dt_s};
  }
  static double asks_c(const Step<double>&, const Data<double>& d, const Input<double>&, const State<double>&) {
    return d.supply_c;
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return d.air_j_k * s.air_c + d.floor_j_k * s.floor_c;
  }
};

}  // namespace
COMPONENT(Greenhouse, greenhouse)
}  // namespace hypocaust::plant
