// building: a heat user with rooms that have mass. Zone after VDI 6007-1 (models/demand/zone.hpp), an emitter that follows its
// exponent (models/plant/emitter.hpp), a thermostat valve. It takes what the valve lets through and the stream's temperature gives;
// rooms without enough heat cool, and are warmed up later.
//
// Demand is what an ideal heater of at most `most_w` gives to a twin of the zone, same weather and gains, that is kept at the
// set-point. While the room is below set-point - tolerance, what the twin gets and the room does not is unmet.
// docs/methods/building.md.
#include "models/plant/building_spec.hpp"
#include "models/plant/emitter.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

using demand::zone_nodes;
// Share of heat that is radiant: emitters by kind, people and devices, sun behind glass (9 % convective: VDI 6007-1, case 5).
constexpr std::array<double, 4> emitter_radiant_frac{0.3, 0.55, 0.0, 0.0};
constexpr double gains_radiant_frac = 0.5, sun_radiant_frac = 0.91;

template <class R> struct Aperture {
  Normal<R> normal;
  R area_m2;
};  // area that lets its whole sun in

struct Building : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"connection.from", "connection.to"}}};
  static constexpr bool heat_user = true;
  static constexpr bool can_wear = true;
  using Params = BuildingSpec;

  template <class R> struct Data {
    demand::Zone<R> zone;
    Emitter<R> emitter;
    R k, toe_kg_s, max_kg_s, cp_j_kg_k;
    R emitter_share[zone_nodes], gains_share[zone_nodes], sun_share[zone_nodes];
    Aperture<R> windows[most_windows];
    R sky_m2, ground_m2;  // of all windows: area that lets the whole sky, and the whole ground, in
    R windows_w_k, leak_w_k, fresh_j_k, recovery_frac, coil_on;  // coil_on: 1 where the emitter meets the supply air
    R gains_w, most_w, backup_w, backup_efficiency;
    R tolerance_k, band_k, sensor_time_s, stroke_s, release_s, initial_c;
    R supply_c, return_c, room_c, curve_exponent, design_outdoor_c, reserve_k;
    // For the length of the step: share of the emitter's content that stays, share of new heat that leaves at once, what a watt
    // of new heat does to the room's mean, what it does to the sensor, and the sensor's step.
    R kept_frac, released_frac, coupling_k_w, sensed_k_w, sensor_frac;
  };
  template <class R> struct Input : Condition<R> { R set_c{20}, air_change_s_1{0.4 / 3600}, shading_frac{1}, occupancy_frac{1}; };
  template <class R> struct State {
    demand::ZoneState<R> zone, twin;
    demand::ZoneStride<R> stride;  // of the last step, and what a watt of the emitter does then: made anew when the step's length
    demand::ZoneStep<R> response;  // or the exchanged air changes
    R sensed_c{20}, position{0}, released_j{0};  // released_j: in the emitter's mass, on its way to the room
    R spread_w_k{0}, water_w{0};                 // of the emitter at the last step's excess; heat it took from the stream
    R room_c{20}, demand_w{0}, room_w{0}, backup_w{0}, unmet_w{0}, sun_w{0}, short_frac{0};  // of the last step
  };
  static constexpr std::array inputs{
      Slot<Input<double>>{"set_point", "degC", "air temperature wanted", &Input<double>::set_c},
      Slot<Input<double>>{"air_change", "1/s", "of ventilation", &Input<double>::air_change_s_1},
      Slot<Input<double>>{"shading", "1", "share of the sun that blinds let pass", &Input<double>::shading_frac},
      Slot<Input<double>>{"occupancy", "1", "factor of the gains", &Input<double>::occupancy_frac}};
  // Guarded against frost only, nobody in, fans off.
  static constexpr std::array shut{Shut{"set_point", 5.0}, Shut{"occupancy", 0.0}, Shut{"air_change", 0.0}};
  static constexpr std::array states{
      Slot<State<double>>{"room_temperature", "degC", "air, mean over the step", &State<double>::room_c},
      Slot<State<double>>{"valve_position", "1", "of the thermostat valve", &State<double>::position},
      Slot<State<double>>{"room_heat", "W", "from the emitter to the room", &State<double>::room_w},
      Slot<State<double>>{"sun", "W", "through the windows", &State<double>::sun_w}};

  static bool meets_weather(const Params&) { return true; }
  static void size(Params& p, const Fluid* f, Problems& problems) { size_building(p, f[0], problems); }

  // Heat of which `radiant` is spread over all surfaces by area, the rest given to the air.
  static void spread(const demand::Zone<double>& zone, const demand::ZoneSpec& walls, double radiant_frac,
                     double (&share)[zone_nodes]) {
    const double exterior_frac = walls.exterior.area_m2 / (walls.exterior.area_m2 + walls.interior.area_m2);
    for (int n = 0; n < zone_nodes; ++n)
      share[n] = radiant_frac * (exterior_frac * zone.exterior_share[n] + (1 - exterior_frac) * zone.interior_share[n]);
    share[0] += 1 - radiant_frac;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const BuildingEmitter& e = p.emitter;
    const demand::ZoneSpec walls = p.zone();
    const double nominal_kg_s = e.nominal_power_w / (f->cp_j_kg_k * (e.supply_c - e.return_c));
    const double max_kg_s = p.connection ? p.connection->max_flow_m3_s * f->rho_kg_m3 : nominal_kg_s;
    const double drop_pa = p.connection ? p.connection->nominal_drop_pa : UserConnection{}.nominal_drop_pa;
    Data<double> d{};
    d.zone = demand::make_zone(walls);
    d.emitter = make_emitter({e.nominal_power_w, e.supply_c, e.return_c, e.room_c, e.exponent});
    d.k = drop_pa / (max_kg_s * max_kg_s), d.toe_kg_s = 0.01 * max_kg_s, d.max_kg_s = max_kg_s, d.cp_j_kg_k = f->cp_j_kg_k;
    spread(d.zone, walls, emitter_radiant_frac[static_cast<std::size_t>(e.kind)], d.emitter_share);
    spread(d.zone, walls, gains_radiant_frac, d.gains_share);
    spread(d.zone, walls, sun_radiant_frac, d.sun_share);
    std::size_t place = 0;
    for (const auto& entry : p.windows.entries) {
      const BuildingWindow& w = entry.value;
      if (place >= most_windows) break;  // check() has told
      Aperture<double>& aperture = d.windows[place++];
      aperture = {normal_of({.tilt_rad = w.tilt_rad, .azimuth_rad = w.azimuth_rad}),
                  w.area_m2 * (1 - w.frame_frac) * w.glass_factor};
      d.sky_m2 += aperture.area_m2 * 0.5 * (1 + aperture.normal.up);
      d.ground_m2 += aperture.area_m2 * 0.5 * (1 - aperture.normal.up);
    }
    d.windows_w_k = p.windows_w_k(), d.fresh_j_k = air_j_m3_k * p.volume_m3(), d.recovery_frac = p.heat_recovery_frac;
    d.leak_w_k = d.fresh_j_k * p.infiltration_s_1, d.coil_on = e.kind == EmitterKind::air_coil ? 1 : 0;
    d.gains_w = p.gains_w_m2 * p.floor_m2, d.most_w = vmax(e.nominal_power_w, p.design_load_w());
    if (p.backup) {
      d.backup_w = p.backup->power_w > 0 ? p.backup->power_w : 2 * d.most_w;
      d.backup_efficiency = p.backup->efficiency_frac;
    } else {
      d.backup_efficiency = 1;
    }
    d.tolerance_k = p.tolerance_k, d.band_k = p.band_k, d.sensor_time_s = p.sensor_time_s, d.stroke_s = p.stroke_s;
    d.release_s = e.release_s, d.initial_c = p.initial_c;
    d.supply_c = e.supply_c, d.return_c = e.return_c, d.room_c = e.room_c, d.curve_exponent = 1 / e.exponent;
    d.design_outdoor_c = p.design_outdoor_c, d.reserve_k = p.supply_reserve_k;
    prepare(d, 60.0);
    return d;
  }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    const R usual_s_1 = R(Input<double>{}.air_change_s_1);
    const auto stride = demand::make_stride(d.zone, fresh_w_k(d, usual_s_1), R(dt_s));
    const auto response = demand::zone_response(d.zone, stride, d.emitter_share);
    const R x = R(dt_s) / d.release_s;
    d.kept_frac = vexp(-x), d.released_frac = R(1) - phi(x);
    d.sensor_frac = R(1) - vexp(R(-dt_s) / d.sensor_time_s);
    d.coupling_k_w = response.air_mean_c * d.released_frac;
    d.sensed_k_w = d.sensor_frac * d.coupling_k_w;
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double) {
    for (int n = 0; n < zone_nodes; ++n) s.zone.c[n] = s.twin.c[n] = d.initial_c;
    s.sensed_c = s.room_c = d.initial_c;
    s.spread_w_k = emitter_spread_w_k(d.emitter, d.supply_c - d.room_c);
  }

  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    throttle(*b, d.k, d.toe_kg_s, in.available * s.position * d.max_kg_s);
  }
  template <class R> static R fresh_w_k(const Data<R>& d, R air_change_s_1) {
    return d.windows_w_k + d.leak_w_k + d.fresh_j_k * air_change_s_1 * (R(1) - d.recovery_frac);
  }
  template <class R> static void keep_stride(R dt_s, R now_w_k, const Data<R>& d, State<R>& s) {
    const auto differs = (vabs(s.stride.dt_s - dt_s) > R(0)) | (vabs(s.stride.fresh_w_k - now_w_k) > R(0));
    if (!any(differs)) return;
    s.stride = demand::make_stride(d.zone, now_w_k, dt_s);
    s.response = demand::zone_response(d.zone, s.stride, d.emitter_share);
  }
  // irradiance_w_m2 of every window, sky and ground summed beforehand.
  template <class R> static R through_windows_w(const Light<R>& light, const Data<R>& d) {
    R sun_w = d.sky_m2 * light.diffuse_w_m2 + d.ground_m2 * light.ground_reflected_w_m2;
    for (const Aperture<R>& window : d.windows) {
      if (!any(window.area_m2 > R(0))) break;  // the places behind are empty
      const R beam_w_m2 = light.beam_east_w_m2 * window.normal.east + light.beam_north_w_m2 * window.normal.north +
                          light.beam_up_w_m2 * window.normal.up;
      sun_w += window.area_m2 * vmax(beam_w_m2, R(0));
    }
    return sun_w;
  }
  // The air that the emitter meets: the room, or the supply air.
  template <class R> static R met_c(const Data<R>& d, R outdoor_c, R room_c) {
    const R supply_air_c = outdoor_c + d.recovery_frac * (room_c - outdoor_c);
    return room_c + d.coil_on * (supply_air_c - room_c);
  }
  // Over the step the room answers to new heat: excess = inlet - met - coupling (heat - heat of the step before), so that any step
  // is stable. Linear in the inlet temperature.
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const R m = vabs(b->flow_kg_s),
            to_room_w_k = emitter_conductance_w_k(d.emitter, m * d.cp_j_kg_k, in.capacity_frac * s.spread_w_k);
    const R conductance_w_k = to_room_w_k / (R(1) + d.coupling_k_w * to_room_w_k);
    const R free_c = met_c(d, st.outdoor_c, s.zone.c[0]) - d.coupling_k_w * s.water_w;
    return {{conductance_w_k * free_c}, {{m - conductance_w_k / d.cp_j_kg_k}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R dt_s = R(st.dt_s), water_w = vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0];
    const R room_w = ((R(1) - d.kept_frac) * s.released_j) / dt_s + d.released_frac * water_w;
    s.released_j += (water_w - room_w) * dt_s;
    const R sun_w = in.shading_frac * through_windows_w(st.light, d);
    const R gains_w = d.gains_w * in.occupancy_frac;
    demand::ZoneLoads<R> loads{.equal_c = st.outdoor_c, .fresh_c = st.outdoor_c, .heat_w = {}};
    for (int n = 0; n < zone_nodes; ++n) loads.heat_w[n] = sun_w * d.sun_share[n] + gains_w * d.gains_share[n];
    keep_stride(dt_s, fresh_w_k(d, in.air_change_s_1), d, s);

    auto twin = demand::step_zone(d.zone, s.stride, s.twin, loads);
    const R demand_w = clamp(demand::heat_to_reach_w(d.zone, twin, s.response, in.set_c), R(0), d.most_w);
    demand::add_heat(twin, s.response, demand_w);
    s.twin = twin.end;

    auto room = demand::step_zone(d.zone, s.stride, s.zone, loads);
    demand::add_heat(room, s.response, room_w);
    const R helped_c = in.set_c - R(0.5) * d.band_k;
    const R backup_w = clamp(demand::heat_to_reach_w(d.zone, room, s.response, helped_c), R(0), in.available * d.backup_w);
    demand::add_heat(room, s.response, backup_w);
    s.zone = room.end;

    s.short_frac = select(room.air_mean_c < in.set_c - d.tolerance_k, R(1), R(0));
    s.unmet_w = s.short_frac * vmax(demand_w - room_w - backup_w, R(0));
    s.room_c = room.air_mean_c, s.demand_w = demand_w, s.room_w = room_w, s.backup_w = backup_w, s.sun_w = sun_w;
    s.sensed_c += d.sensor_frac * (room.air_mean_c - s.sensed_c);
    const R excess_k = h_in_j_kg[0] / d.cp_j_kg_k - met_c(d, st.outdoor_c, room.air_mean_c);
    s.spread_w_k = emitter_spread_w_k(d.emitter, excess_k), s.water_w = water_w;
    move_valve(st, d, in, s, excess_k);
    return {.heat_in_j = (sun_w + gains_w + backup_w) * dt_s,
            .heat_out_j = room.lost_w * dt_s,
            .fuel_j = backup_w / d.backup_efficiency * dt_s};
  }
  // The valve towards the proportional position, at most by its stroke. What it lets through comes back to the sensor within the
  // step: that share of the band is taken out of the move, so that long steps do not hunt.
  template <class R> static void move_valve(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s, R excess_k) {
    const R aim_frac = R(0.5) + (in.set_c - s.sensed_c) / d.band_k;
    const R full_w_k = vmin(d.max_kg_s * d.cp_j_kg_k, s.spread_w_k / d.emitter.less_exponent);
    const R feedback_gain = d.sensed_k_w * full_w_k * vabs(excess_k) / d.band_k;
    const R move_frac = (aim_frac - s.position) / (R(1) + feedback_gain), most = R(st.dt_s) / d.stroke_s;
    s.position = clamp01(s.position + clamp(move_frac, -most, most));
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return s.released_j + demand::stored_in_zone_j(d.zone, s.zone);
  }

  static Need need(const ViewOf<Building>& v) {
    return {.demand_j = v.state.demand_w * v.dt_s,
            .backup_j = v.state.backup_w * v.dt_s,
            .unmet_j = v.state.unmet_w * v.dt_s,
            .short_s = v.state.short_frac * v.dt_s};
  }
  // Heating curve: at share x of the design load the mean excess goes with x^(1/n), the spread of the water with x.
  static double asks_c(const Step<double>& st, const Data<double>& d, const Input<double>& in, const State<double>&) {
    const double x = clamp((in.set_c - st.outdoor_c) / (d.room_c - d.design_outdoor_c), 0.0, 1.2);
    const double mean_k = 0.5 * (d.supply_c + d.return_c) - d.room_c, spread_k = d.supply_c - d.return_c;
    return in.set_c + mean_k * vpow(x, d.curve_exponent) + 0.5 * spread_k * x + d.reserve_k;
  }
};

}  // namespace
COMPONENT(Building, building)
}  // namespace hypocaust::plant
