// pool: an indoor pool and its hall as a heat user. One primary stream feeds two coils side by side: the plate exchanger of the
// filtered water and the air heater of the hall; each has its valve, and they return mixed. The valves follow water and hall air in
// proportion within a narrow band; recovered heat fills up to `store_band` above the set-point, the own boiler acts one band below.
// Laws: models/demand/pool_law.hpp; keys and sizing: models/plant/pool_params.hpp. docs/methods/pool.md.
#include "models/demand/pool_law.hpp"
#include "models/plant/effectiveness.hpp"
#include "models/plant/pool_params.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

constexpr double sensor_lag_s = 60.0, least_lift_k = 1.0;
constexpr double water_band_k = 0.02, air_band_k = 0.2;  // of the valves, or wider for a long step
constexpr double film_exponent = 0.7;                    // as of a plate exchanger, both films alike

struct Pool : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"connection.from", "connection.to"}}};
  static constexpr bool affine = false;  // a primary stream colder than the water passes by
  static constexpr bool heat_user = true;
  static constexpr Accounts accounts{.heat_in = Account::backup};
  static constexpr bool can_wear = true;
  using Params = PoolParams;
  template <class R> struct Data : PoolData<R> { R follow_frac; };
  template <class R> struct Input : Condition<R> {
    R water_temperature_c{28}, air_temperature_c{30}, humidity_frac{0.55}, occupancy_frac{0}, cover_frac{0}, bathers_count{0},
        make_up_m3_s{0}, backwash_m3_s{0}, make_up_temperature_c{10}, filtration_frac{1}, ventilation_m3_s{0}, charge_frac{1};
  };
  // Means or ends of the last step.
  template <class R> struct State {
    R water_c{28}, air_c{30}, ratio{0.014}, sensed_c{20}, water_heat_w{0}, air_heat_w{0}, evaporated_kg_s{0}, dried_kg_s{0},
        water_backup_w{0}, air_backup_w{0}, water_wanted_w{0}, air_wanted_w{0}, unmet_w{0}, short_on{0};
  };
  // Water and hall are left to cool; nobody in, no fresh water, nothing to dry.
  static constexpr std::array shut{
      Shut{"water_temperature", 5.0}, Shut{"air_temperature", 5.0}, Shut{"humidity", 1.0}, Shut{"occupancy", 0.0},
      Shut{"bathers", 0.0},           Shut{"make_up", 0.0},         Shut{"charge", 0.0}};
  static constexpr std::array inputs{
      Slot<Input<double>>{"water_temperature", "degC", "set-point of the water", &Input<double>::water_temperature_c},
      Slot<Input<double>>{"air_temperature", "degC", "set-point of the hall, or its air", &Input<double>::air_temperature_c},
      Slot<Input<double>>{"humidity", "1", "relative humidity wanted, or of the air", &Input<double>::humidity_frac},
      Slot<Input<double>>{"occupancy", "1", "how far the surface is in use", &Input<double>::occupancy_frac},
      Slot<Input<double>>{"cover", "1", "share of the surface under the cover", &Input<double>::cover_frac},
      Slot<Input<double>>{"bathers", "1", "people in the water", &Input<double>::bathers_count},
      Slot<Input<double>>{"make_up", "m3/s", "fresh water", &Input<double>::make_up_m3_s},
      Slot<Input<double>>{"backwash", "m3/s", "water lost to the filters' backwash", &Input<double>::backwash_m3_s},
      Slot<Input<double>>{"make_up_temperature", "degC", "of the fresh water", &Input<double>::make_up_temperature_c},
      Slot<Input<double>>{"filtration", "1", "share of the filtration flow", &Input<double>::filtration_frac},
      Slot<Input<double>>{"ventilation", "m3/s", "least outdoor air", &Input<double>::ventilation_m3_s},
      Slot<Input<double>>{"charge", "1", "1: may store above the set-point, 0: may not", &Input<double>::charge_frac}};
  static constexpr std::array states{
      Slot<State<double>>{"water", "degC", "temperature of the water", &State<double>::water_c},
      Slot<State<double>>{"air", "degC", "temperature of the hall air", &State<double>::air_c},
      Slot<State<double>>{"humidity_ratio", "1", "vapour by mass of dry air", &State<double>::ratio},
      Slot<State<double>>{"evaporation", "kg/s", "water evaporated", &State<double>::evaporated_kg_s},
      Slot<State<double>>{"dried", "kg/s", "water the dehumidifier took", &State<double>::dried_kg_s},
      Slot<State<double>>{"water_heat", "W", "from the plant to the water", &State<double>::water_heat_w},
      Slot<State<double>>{"air_heat", "W", "from the plant to the hall", &State<double>::air_heat_w}};
  static constexpr std::array channels{
      ChannelOf<Pool>{"relative_humidity", "1", "of the hall air",
                      [](const ViewOf<Pool>& v, int) {
                        return vapour_pressure_pa(v.state.ratio, normal_pressure_pa) / saturation_pressure_pa(v.state.air_c);
                      }},
      ChannelOf<Pool>{"evaporation_heat", "W", "heat the water lost by evaporation",
                      [](const ViewOf<Pool>& v, int) {
                        return v.state.evaporated_kg_s * (v.data.vapour_j_kg - v.data.water_j_kg_k * v.state.water_c);
                      }},
      ChannelOf<Pool>{"backup", "W", "heat of the own boiler",
                      [](const ViewOf<Pool>& v, int) { return v.state.water_backup_w + v.state.air_backup_w; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) { size_pool(p, f[0], problems); }
  static Data<double> derive(const Params& p, const Fluid* f) { return {pool_data(p, f[0]), 1.0}; }
  static bool meets_weather(const Params&) { return true; }
  // The bands widen with the step, so that no valve overshoots its set-point within one.
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    d.water_band_k = vmax(R(water_band_k), R(2 * dt_s) * d.water_power_w / d.water_j_k);
    d.air_band_k = vmax(R(air_band_k), R(2 * dt_s) * d.air_power_w / d.air_j_k);
    d.follow_frac = R(1) - vexp(R(-dt_s / sensor_lag_s));
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    s.water_c = d.initial_c, s.air_c = d.initial_air_c, s.sensed_c = R(t_c);
    s.ratio = humidity_ratio(R(0.5) * saturation_pressure_pa(s.air_c), R(normal_pressure_pa));
  }

  // How far the two valves are open, as flows at the nominal lift.
  template <class R> struct Valves { R water_kg_s, air_kg_s; };
  template <class R> static Valves<R> valves(const Data<R>& d, const Input<R>& in, const State<R>& s) {
    const R target_c = in.water_temperature_c + in.charge_frac * d.store_band_k;
    const R water_frac = clamp01((target_c - s.water_c) / d.water_band_k),
            air_frac = clamp01((in.air_temperature_c - s.air_c) / d.air_band_k);
    return {in.available * select(s.sensed_c > s.water_c + R(least_lift_k), water_frac, R(0)) * d.water_kg_s,
            in.available * select(s.sensed_c > s.air_c + R(least_lift_k), air_frac, R(0)) * d.air_kg_s * d.hall_on};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const Valves<R> open = valves(d, in, s);
    const R wanted = clamp(open.water_kg_s + open.air_kg_s, R(bypass_frac) * d.max_kg_s, d.max_kg_s);
    throttle(*b, d.k, d.toe_kg_s, wanted);
  }
  // W/K between a coil's inlet and its content, as effectiveness x m cp: 0 when the stream is no warmer.
  template <class R> static R water_exchange_w_k(const Data<R>& d, const Input<R>& in, R flow_kg_s) {
    const R c = flow_kg_s * d.cp_j_kg_k, filtered_w_k = d.filtration_w_k * in.filtration_frac;
    const auto film = [](R flow_frac) { return vexp(R(film_exponent) * vlog(vmax(flow_frac, R(1e-3)))); };
    const R primary_frac = film(flow_kg_s / d.water_kg_s), secondary_frac = film(in.filtration_frac);
    const R ua = in.capacity_frac * d.water_ua_w_k * primary_frac * secondary_frac / (R(0.5) * (primary_frac + secondary_frac));
    const R least = vmin(c, filtered_w_k), ratio = least / vmax(vmax(c, filtered_w_k), R(1e-12));
    return least * counterflow_effectiveness(vmin(ua / vmax(least, R(1e-12)), R(50)), ratio);
  }
  template <class R> static R air_exchange_w_k(const Data<R>& d, const Input<R>& in, R flow_kg_s) {
    const R c = flow_kg_s * d.cp_j_kg_k;
    return c * (R(1) - vexp(-vmin(in.capacity_frac * d.air_ua_w_k / vmax(c, R(1e-12)), R(50))));
  }

  // Everything of a step: contents, what crosses the boundary, and the own boiler.
  template <class R> struct Balance {
    demand::Contents<R> contents;
    demand::VapourStep<R> vapour;
    R water_backup_w, air_backup_w, pump_w, pump_heat_w, dryer_w, bathers_w, outdoor_kg_s, outdoor_ratio, evaporation_kg_s_pa,
        surface_pa;
  };
  template <class R> using Scratch = Balance<R>;
  // The exchanges are those of an inlet that is warmer than both contents.
  template <class R>
  static Balance<R> once(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    Balance<R> q;
    const auto hall = d.hall_on > R(0);
    const R air_c = select(hall, s.air_c, in.air_temperature_c);
    const R wanted_ratio = humidity_ratio(in.humidity_frac * saturation_pressure_pa(in.air_temperature_c), R(normal_pressure_pa));
    const R ratio = select(hall, s.ratio, wanted_ratio);
    q.evaporation_kg_s_pa = demand::evaporation_kg_s_pa<R>({d.area_m2, d.rest_value, d.in_use_value, d.covered_value, d.vdi_on},
                                                           {in.occupancy_frac, in.cover_frac, s.water_c, air_c});
    q.surface_pa = saturation_pressure_pa(s.water_c);
    q.outdoor_ratio = st.humidity_ratio_kg_kg;
    // Above the humidity wanted, more outdoor air, up to the largest, where it is drier.
    const R more_frac = select(q.outdoor_ratio < ratio, clamp01((ratio / wanted_ratio - R(1)) / R(0.05)), R(0));
    const R least_kg_s = in.ventilation_m3_s * R(dry_air_kg_m3);
    q.outdoor_kg_s = d.hall_on * (least_kg_s + more_frac * vmax(d.most_outdoor_kg_s - least_kg_s, R(0)));
    q.vapour = demand::vapour_step<R>({st.dt_s, d.air_kg, ratio, q.surface_pa, q.evaporation_kg_s_pa, q.outdoor_kg_s,
                                       q.outdoor_ratio, wanted_ratio, in.available * d.dryer_kg_s});
    const R held_kg_s = q.evaporation_kg_s_pa * (q.surface_pa - vapour_pressure_pa(ratio, R(normal_pressure_pa)));
    q.vapour = {select(hall, q.vapour.ratio, ratio), select(hall, q.vapour.evaporated_kg_s, held_kg_s),
                select(hall, q.vapour.dried_kg_s, R(0))};

    const R wb = clamp01((in.water_temperature_c - d.water_band_k - s.water_c) / d.water_band_k);
    const R ab = d.hall_on * clamp01((in.air_temperature_c - d.air_band_k - s.air_c) / d.air_band_k);
    const R asked_w = wb * d.water_power_w + ab * d.air_power_w, given = vmin(R(1), d.backup_w / vmax(asked_w, R(1)));
    q.water_backup_w = given * wb * d.water_power_w, q.air_backup_w = given * ab * d.air_power_w;
    q.pump_w = d.pump_w * in.filtration_frac * in.filtration_frac * in.filtration_frac;
    q.pump_heat_w = q.pump_w * d.pump_heat_frac, q.bathers_w = in.bathers_count * d.bather_heat_w;
    q.dryer_w = q.vapour.dried_kg_s * d.dryer_j_kg;
    const R dried_w = q.vapour.dried_kg_s * (d.vapour_j_kg - d.water_j_kg_k * s.air_c) + q.dryer_w;

    // Fresh water takes the place of what is drained and of what evaporates; what is drained may warm it.
    const R fresh_kg_s = d.water_kg_m3 * ((in.make_up_m3_s + in.bathers_count * d.bather_m3_s) * (R(1) - d.waste_recovery_frac) +
                                          in.backwash_m3_s);
    // The stream divides as the valves are open; the bypass takes the rest.
    const Valves<R> open = valves(d, in, s);
    const R open_kg_s = vabs(b->flow_kg_s) / vmax(open.water_kg_s + open.air_kg_s, R(bypass_frac) * d.max_kg_s);
    const R water_w_k = water_exchange_w_k(d, in, open.water_kg_s * open_kg_s);
    const R air_w_k = air_exchange_w_k(d, in, open.air_kg_s * open_kg_s);
    q.contents = {.dt_s = st.dt_s,
                  .water_j_k = d.water_j_k,
                  .water_c = s.water_c,
                  .water_w = q.pump_heat_w + q.bathers_w + q.water_backup_w + d.dryer_to_water_frac * dried_w -
                             q.vapour.evaporated_kg_s * (d.vapour_j_kg - d.water_j_kg_k * in.make_up_temperature_c),
                  .ground_w_k = d.ground_w_k,
                  .ground_c = st.ground_c,
                  .fresh_w_k = fresh_kg_s * d.water_j_kg_k,
                  .fresh_c = in.make_up_temperature_c,
                  .water_exchange_w_k = water_w_k,
                  .hall_on = d.hall_on,
                  .air_j_k = d.air_j_k,
                  .air_c = air_c,
                  .air_w = q.air_backup_w + (R(1) - d.dryer_to_water_frac) * dried_w,
                  .outdoor_w_k = d.outdoor_w_k + q.outdoor_kg_s * R(dry_air_j_kg_k) * (R(1) - d.air_recovery_frac),
                  .outdoor_c = st.outdoor_c,
                  .air_exchange_w_k = air_w_k,
                  .surface_w_k = d.surface_w_k * (R(1) - d.cover_insulation_frac * in.cover_frac)};
    return q;
  }
  // Nothing flows back from a content into a colder stream.
  template <class R> static demand::Contents<R> met_by(const Balance<R>& q, R inlet_c) {
    demand::Contents<R> c = q.contents;
    c.water_exchange_w_k = select(inlet_c > c.water_c, c.water_exchange_w_k, R(0));
    c.air_exchange_w_k = select(inlet_c > c.air_c, c.air_exchange_w_k, R(0));
    return c;
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>&, const State<R>&,
                                               const Branch<R>* b, const R* h_in_j_kg, const Balance<R>& q) {
    const demand::Contents<R> c = met_by(q, h_in_j_kg[0] / d.cp_j_kg_k);
    const demand::Ends<R> ends = demand::heat_step(c);
    const R taken_w_k = c.water_exchange_w_k * (R(1) - ends.water_gain) + c.air_exchange_w_k * (R(1) - ends.air_gain);
    return {{c.water_exchange_w_k * ends.water_base_c + c.air_exchange_w_k * ends.air_base_c},
            {{vabs(b->flow_kg_s) - taken_w_k / d.cp_j_kg_k}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w, const Balance<R>& q) {
    const R m = vabs(b->flow_kg_s), dt = R(st.dt_s), inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const demand::Contents<R> c = met_by(q, inlet_c);
    const demand::Ends<R> ends = demand::heat_step(c);
    const R water_c = ends.water_base_c + ends.water_gain * inlet_c, air_c = ends.air_base_c + ends.air_gain * inlet_c;
    const R taken_w = m * h_in_j_kg[0] - h_out_w[0], hall_on = d.hall_on, no_hall_on = R(1) - d.hall_on;
    s.air_heat_w = c.air_exchange_w_k * (inlet_c - air_c), s.water_heat_w = taken_w - s.air_heat_w;
    // Each flow once: W out of the water, out of the hall, and beyond both.
    const R surface_w = c.surface_w_k * (water_c - air_c), ground_w = c.ground_w_k * (water_c - c.ground_c);
    const R fresh_w = c.fresh_w_k * (water_c - c.fresh_c), outdoor_w = hall_on * c.outdoor_w_k * (air_c - c.outdoor_c);
    const R vapour_out_kg_s =
        hall_on * q.outdoor_kg_s * (q.vapour.ratio - q.outdoor_ratio) + no_hall_on * q.vapour.evaporated_kg_s;
    const R dried_w = hall_on * q.vapour.dried_kg_s * d.water_j_kg_k * s.air_c;
    const R refilled_w = q.vapour.evaporated_kg_s * d.water_j_kg_k * in.make_up_temperature_c;
    s.water_c += (s.water_heat_w + c.water_w - ground_w - fresh_w - surface_w) * dt / d.water_j_k;
    s.air_c = select(hall_on > R(0), s.air_c + (s.air_heat_w + c.air_w + surface_w - outdoor_w) * dt / d.air_j_k, air_c);
    s.ratio = select(hall_on > R(0), s.ratio + (q.vapour.evaporated_kg_s - q.vapour.dried_kg_s - vapour_out_kg_s) * dt / d.air_kg,
                     q.vapour.ratio);
    s.evaporated_kg_s = q.vapour.evaporated_kg_s, s.dried_kg_s = q.vapour.dried_kg_s;
    s.sensed_c += (inlet_c - s.sensed_c) * d.follow_frac;
    s.water_backup_w = q.water_backup_w, s.air_backup_w = q.air_backup_w;
    tell_need(d, in, q, s);
    const R backup_w = q.water_backup_w + q.air_backup_w;
    return {.power_in_j = (q.pump_heat_w + q.dryer_w) * dt,
            .heat_in_j = backup_w * dt,
            .heat_out_j = (ground_w + fresh_w + outdoor_w + no_hall_on * surface_w + vapour_out_kg_s * d.vapour_j_kg + dried_w -
                           refilled_w - q.bathers_w) *
                          dt,
            .electricity_j = (q.pump_w + q.dryer_w) * dt,
            .fuel_j = backup_w / d.backup_efficiency_frac * dt};
  }
  // The heat that would have held both set-points, and what is missing of it while a content is below both its bands.
  template <class R> static void tell_need(const Data<R>& d, const Input<R>& in, const Balance<R>& q, State<R>& s) {
    const demand::Contents<R>& c = q.contents;
    const R water_c = in.water_temperature_c, air_c = in.air_temperature_c, surface_w = c.surface_w_k * (water_c - air_c);
    const R at_set_kg_s = q.evaporation_kg_s_pa * (saturation_pressure_pa(water_c) - q.surface_pa);
    const R dried_w = q.vapour.dried_kg_s * (d.vapour_j_kg - d.water_j_kg_k * c.air_c) + q.dryer_w;
    const R vapour_w = (q.vapour.evaporated_kg_s + at_set_kg_s) * (d.vapour_j_kg - d.water_j_kg_k * c.fresh_c);
    const R water_w = surface_w + c.ground_w_k * (water_c - c.ground_c) + c.fresh_w_k * (water_c - c.fresh_c) + vapour_w -
                      q.pump_heat_w - q.bathers_w - d.dryer_to_water_frac * dried_w;
    const R air_w = c.outdoor_w_k * (air_c - c.outdoor_c) - surface_w - (R(1) - d.dryer_to_water_frac) * dried_w;
    s.water_wanted_w = vmax(water_w, R(0)), s.air_wanted_w = d.hall_on * vmax(air_w, R(0));
    const auto cold_water = s.water_c < water_c - R(2) * d.water_band_k, cold_air = s.air_c < air_c - R(2) * d.air_band_k;
    const R water_short_w = select(cold_water, vmax(s.water_wanted_w - s.water_heat_w - s.water_backup_w, R(0)), R(0));
    const R air_short_w = select(cold_air, vmax(s.air_wanted_w - s.air_heat_w - s.air_backup_w, R(0)), R(0));
    s.unmet_w = water_short_w + air_short_w;
    const auto low = (s.water_c < water_c - d.tolerance_k) | (d.hall_on * s.air_c < d.hall_on * (air_c - d.air_tolerance_k));
    s.short_on = select(low, R(1), R(0));
  }
  static Need need(const ViewOf<Pool>& v) {
    const auto& s = v.state;
    return {.demand_j = (s.water_wanted_w + s.air_wanted_w) * v.dt_s,
            .backup_j = (s.water_backup_w + s.air_backup_w) * v.dt_s,
            .unmet_j = s.unmet_w * v.dt_s,
            .short_s = s.short_on * v.dt_s};
  }
  static double asks_c(const Step<double>&, const Data<double>& d, const Input<double>&, const State<double>&) {
    return d.supply_c;
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return d.water_j_k * s.water_c + d.hall_on * (d.air_j_k * s.air_c + d.air_kg * s.ratio * d.vapour_j_kg);
  }
};

}  // namespace
COMPONENT(Pool, pool)
}  // namespace hypocaust::plant
