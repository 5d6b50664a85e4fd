// process_bath: an open heated tank of an industrial line, as a heat user: degreasing, rinsing, plating, dyeing, scalding. Its content is
// stirred; it loses vapour and heat from its surface, heat through its walls, and heats goods that pass and the water they carry away.
// One coil; its valve holds the set-point, the own boiler half a kelvin lower. docs/methods/process_bath.md.
#include <optional>

#include "models/core/fluids.hpp"
#include "models/core/moist_air.hpp"
#include "models/demand/spec.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_connection.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

constexpr double sensor_lag_s = 60.0, least_lift_k = 1.0, least_band_k = 0.2, boiler_below_k = 0.5;
constexpr double most_warmed_k = 10.0;  // of the bath in a minute
constexpr double stefan_boltzmann_w_m2_k4 = 5.670374e-8, emissivity = 0.95;
constexpr double psychrometric_pa_k = 66.5;  // of air at 101,325 Pa
constexpr double usual_c = 60.0;             // where the set-point is a series

struct ProcessBath : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"connection.from", "connection.to"}}};
  static constexpr bool affine = false;  // a primary stream colder than the bath passes by
  static constexpr bool heat_user = true;
  static constexpr Accounts accounts{.heat_in = Account::backup};
  static constexpr bool can_wear = true;
  struct Params {
    std::optional<UserConnection> connection;
    std::optional<demand::Backup> backup;
    double area_m2 = not_given, volume_m3 = not_given, walls_w_k = not_given, air_speed_m_s = 0.2, goods_j_kg_k = 480,
           goods_c = 20, drag_out_frac = 0.02, fresh_c = 12, comfort_tolerance_k = 3;
    Varying set_point, cover, goods, room, humidity;
    double nominal_power_w = not_given, nominal_supply_c = not_given, nominal_return_c = not_given;
    void check(Problems& problems) const {
      if (volume_m3 < 0.02 * area_m2)
        problems.error("volume", "is less than 0.02 m of liquid on the area (a bath is deeper); correct volume or area");
      else if (nominal_power_w * 60 > most_warmed_k * 4.18e6 * volume_m3)
        problems.error(
            "volume",
            "is too small for nominal_power (the coil would warm the bath by more than 10 K in a minute); correct one of them");
    }
    static const Schema& schema() {
      constexpr Options share{.min = 0, .max = 1};
      static const Schema s = describe<Params>(
          "process_bath", "Open heated bath of an industrial line: evaporation, walls, goods that pass.",
          {row<&Params::connection>("connection", "", {}, "to the plant; left out: an ideal source serves it"),
           row<&Params::backup>("backup", "", {}, "its own boiler, after recovered heat"),
           row<&Params::area_m2>("area", "m2", {.need = required, .min = 0.01, .max = 1e4}, "open surface"),
           row<&Params::volume_m3>("volume", "m3", {.need = required, .min = 0.001, .max = 1e5}, "content, as water"),
           row<&Params::set_point>("set_point", "degC", {.need = required, .min = 5, .max = 95}, "temperature kept"),
           row<&Params::cover>("cover", "1", share, "share of the surface under lids; left out: 0"),
           row<&Params::goods>("goods", "kg/h", {.min = 0, .max = 1e6}, "that pass; left out: 0"),
           row<&Params::goods_j_kg_k>("goods_heat", "J/(kg K)", {.min = 100, .max = 5000},
                                      "heat capacity of goods and racks (steel 480)"),
           row<&Params::goods_c>("goods_temperature", "degC", {.min = -30, .max = 90}, "at which goods come"),
           row<&Params::drag_out_frac>("drag_out", "1", {.min = 0, .max = 10},
                                       "liquid carried away, by mass of goods; fresh water replaces it"),
           row<&Params::fresh_c>("fresh_water", "degC", {.min = 1, .max = 60}, "of the water that replaces losses"),
           row<&Params::room>("room", "degC", {.min = -10, .max = 45}, "air over the bath; left out: 20 degC"),
           row<&Params::humidity>("humidity", "1", {.min = 0, .max = 1}, "of that air; left out: 50 %"),
           row<&Params::air_speed_m_s>("air_speed", "m/s", {.min = 0, .max = 5},
                                       "over the surface; with a lip exhaust 0.3 to 0.5"),
           row<&Params::walls_w_k>("walls", "W/K", {.need = derived, .min = 0, .max = 1e6},
                                   "walls and floor to the room; derived: 1 W/(m2 K) on those of a square tank"),
           row<&Params::comfort_tolerance_k>("tolerance", "K", {.above = 0, .max = 30},
                                             "below the set-point at which minutes of shortfall count"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e6},
                                         "of the coil at its nominal point"),
           row<&Params::nominal_supply_c>("nominal_supply", "degC", {.need = derived, .min = 15, .max = 180},
                                          "into the coil; derived: set-point and 20 K"),
           row<&Params::nominal_return_c>("nominal_return", "degC", {.need = derived, .min = 12, .max = 180},
                                          "out of it; derived: set-point and 5 K")});
      return s;
    }
  };
  template <class R> struct Data {
    R area_m2, content_j_k, walls_w_k, convection_w_m2_k, radiation_w_m2_k, goods_j_kg_k, goods_c, drag_out_frac, fresh_c,
        tolerance_k;
    R k, toe_kg_s, max_kg_s, nominal_kg_s, cp_j_kg_k, ua_w_k, power_w, supply_c, initial_c, backup_w, backup_efficiency_frac;
    R band_k, follow_frac;  // set by prepare()
  };
  template <class R> struct Input : Condition<R> {
    R set_point_c{60}, cover_frac{0}, goods_kg_s{0}, room_c{20}, humidity_frac{0.5};
  };
  // Means or ends of the last step.
  template <class R> struct State {
    R bath_c{60}, sensed_c{20}, valve_frac{0}, boiler_frac{0}, evaporated_kg_s{0}, goods_w{0}, taken_w{0}, backup_w{0},
        wanted_w{0}, unmet_w{0}, short_on{0};
  };
  static constexpr std::array shut{Shut{"set_point", 5.0}, Shut{"goods", 0.0}, Shut{"cover", 1.0}};
  static constexpr std::array inputs{
      Slot<Input<double>>{"set_point", "degC", "temperature kept", &Input<double>::set_point_c},
      Slot<Input<double>>{"cover", "1", "share of the surface under lids", &Input<double>::cover_frac},
      Slot<Input<double>>{"goods", "kg/s", "goods that pass", &Input<double>::goods_kg_s},
      Slot<Input<double>>{"room", "degC", "air over the bath", &Input<double>::room_c},
      Slot<Input<double>>{"humidity", "1", "relative, of that air", &Input<double>::humidity_frac}};
  static constexpr std::array states{
      Slot<State<double>>{"bath", "degC", "temperature of the bath", &State<double>::bath_c},
      Slot<State<double>>{"evaporation", "kg/s", "water evaporated", &State<double>::evaporated_kg_s},
      Slot<State<double>>{"goods_heat", "W", "into goods and the liquid they carry away", &State<double>::goods_w},
      Slot<State<double>>{"backup", "W", "heat of the own boiler", &State<double>::backup_w}};

  static double set_c(const Params& p) {
    return p.set_point.largest() == p.set_point.largest() ? p.set_point.largest() : usual_c;
  }
  static void size(Params& p, const Fluid* f, Problems& problems) {
    if (!(p.walls_w_k >= 0)) p.walls_w_k = p.area_m2 + 4 * p.volume_m3 / vsqrt(p.area_m2);
    if (!(p.nominal_supply_c > 0)) p.nominal_supply_c = set_c(p) + 20;
    if (!(p.nominal_return_c > 0)) p.nominal_return_c = set_c(p) + 5;
    if (p.nominal_return_c <= set_c(p) || p.nominal_supply_c <= p.nominal_return_c)
      problems.error(
          "nominal_return",
          "must lie between the set-point and nominal_supply (the coil would need no end of surface); correct one of them");
    const double nominal_kg_s = p.nominal_power_w / (f->cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
    if (p.connection && !(p.connection->max_flow_m3_s > 0)) p.connection->max_flow_m3_s = nominal_kg_s / f->rho_kg_m3;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = set_c(p)});
    const double nominal_kg_s = p.nominal_power_w / (f->cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
    const UserConnection connection = p.connection.value_or(UserConnection{});
    const double max_kg_s = connection.max_flow_m3_s > 0 ? connection.max_flow_m3_s * f->rho_kg_m3 : nominal_kg_s;
    const double mean_k = kelvin_from_c(0.5 * (set_c(p) + 20));
    return {.area_m2 = p.area_m2,
            .content_j_k = p.volume_m3 * water.rho_kg_m3 * water.cp_j_kg_k,
            .walls_w_k = p.walls_w_k,
            // Lewis: what carries 0.089 + 0.0782 v W a m2 and Pa of vapour carries that times 66.5 Pa/K of heat.
            .convection_w_m2_k = psychrometric_pa_k * (0.089 + 0.0782 * p.air_speed_m_s),
            .radiation_w_m2_k = emissivity * 4 * stefan_boltzmann_w_m2_k4 * mean_k * mean_k * mean_k,
            .goods_j_kg_k = p.goods_j_kg_k,
            .goods_c = p.goods_c,
            .drag_out_frac = p.drag_out_frac,
            .fresh_c = p.fresh_c,
            .tolerance_k = p.comfort_tolerance_k,
            .k = connection.nominal_drop_pa / (max_kg_s * max_kg_s),
            .toe_kg_s = 0.01 * max_kg_s,
            .max_kg_s = max_kg_s,
            .nominal_kg_s = nominal_kg_s,
            .cp_j_kg_k = f->cp_j_kg_k,
            .ua_w_k = nominal_kg_s * f->cp_j_kg_k * vlog((p.nominal_supply_c - set_c(p)) / (p.nominal_return_c - set_c(p))),
            .power_w = p.nominal_power_w,
            .supply_c = p.nominal_supply_c,
            .initial_c = set_c(p),
            .backup_w = !p.backup               ? 0
                        : p.backup->power_w > 0 ? p.backup->power_w
                                                : p.nominal_power_w,
            .backup_efficiency_frac = p.backup ? p.backup->efficiency_frac : 1,
            .band_k = least_band_k,
            .follow_frac = 1};
  }
  static bool meets_weather(const Params&) { return false; }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    d.band_k = valve_band_k(least_band_k, dt_s, d.power_w, d.content_j_k);
    d.follow_frac = R(1) - vexp(R(-dt_s / sensor_lag_s));
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.bath_c = d.initial_c, s.sensed_c = R(t_c); }

  template <class R> static R open_kg_s(const Data<R>& d, const Input<R>& in, const State<R>& s) {
    const R position = valve_position(in.set_point_c - s.bath_c, d.band_k, s.valve_frac);
    return in.available * select(s.sensed_c > s.bath_c + R(least_lift_k), position, R(0)) * d.nominal_kg_s;
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R wanted = clamp(open_kg_s(d, in, s), R(bypass_frac) * d.max_kg_s, d.max_kg_s);
    throttle(*b, d.k, d.toe_kg_s, wanted);
  }

  // Losses of a step: loss_w at the bath's start, loss_w_k with its temperature. Evaporation as at the start.
  template <class R> struct Losses { R evaporated_kg_s, vapour_w, surface_w_k, goods_w_k, drag_w_k, exchange_w_k, backup_w; };
  template <class R> static Losses<R> losses(const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_kg_s, R inlet_c) {
    const R open_m2 = d.area_m2 * (R(1) - clamp01(in.cover_frac)),
            c = flow_kg_s * coil_share(open_kg_s(d, in, s), d.max_kg_s) * d.cp_j_kg_k;
    const R vapour_pa = clamp01(in.humidity_frac) * saturation_pressure_pa(in.room_c),
            h_vapour_j_kg = vapour_enthalpy_j_kg(s.bath_c);
    // Carrier 1918, as the ASHRAE Handbook HVAC Applications has it: W a m2 and Pa, over the heat of vaporisation.
    const R latent_j_kg = h_vapour_j_kg - R(4180) * s.bath_c;
    const R evaporated_kg_s = open_m2 * d.convection_w_m2_k * R(1 / psychrometric_pa_k) *
                              vmax(saturation_pressure_pa(s.bath_c) - vapour_pa, R(0)) / latent_j_kg;
    const R exchange_w_k = c * (R(1) - vexp(-vmin(in.capacity_frac * d.ua_w_k / vmax(c, R(1e-12)), R(50))));
    return {evaporated_kg_s,
            evaporated_kg_s * (h_vapour_j_kg - R(4180) * d.fresh_c),
            open_m2 * (d.convection_w_m2_k + d.radiation_w_m2_k) + d.walls_w_k,
            in.goods_kg_s * d.goods_j_kg_k,
            in.goods_kg_s * d.drag_out_frac * R(4180),
            select(inlet_c > s.bath_c, exchange_w_k, R(0)),
            vmin(valve_position(in.set_point_c - R(boiler_below_k) - s.bath_c, d.band_k, s.boiler_frac) * d.power_w, d.backup_w)};
  }
  // Bath at the end of the step = base + gain x inlet.
  template <class R> struct End { R base_c, gain; };
  template <class R>
  static End<R> end_of(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Losses<R>& q) {
    const R store_w_k = d.content_j_k / R(st.dt_s);
    const R all_w_k = store_w_k + q.surface_w_k + q.goods_w_k + q.drag_w_k + q.exchange_w_k;
    const R rhs = store_w_k * s.bath_c + q.surface_w_k * in.room_c + q.goods_w_k * d.goods_c + q.drag_w_k * d.fresh_c -
                  q.vapour_w + q.backup_w;
    return {rhs / all_w_k, q.exchange_w_k / all_w_k};
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s);
    const Losses<R> q = losses(d, in, s, m, h_in_j_kg[0] / d.cp_j_kg_k);
    const End<R> end = end_of(st, d, in, s, q);
    return {{q.exchange_w_k * end.base_c}, {{m - q.exchange_w_k * (R(1) - end.gain) / d.cp_j_kg_k}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), dt = R(st.dt_s), inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const Losses<R> q = losses(d, in, s, m, inlet_c);
    const End<R> end = end_of(st, d, in, s, q);
    const R bath_c = end.base_c + end.gain * inlet_c, set_c = in.set_point_c;
    s.taken_w = m * h_in_j_kg[0] - h_out_w[0], s.backup_w = q.backup_w, s.evaporated_kg_s = q.evaporated_kg_s;
    s.goods_w = q.goods_w_k * (bath_c - d.goods_c) + q.drag_w_k * (bath_c - d.fresh_c);
    const R lost_w = q.surface_w_k * (bath_c - in.room_c) + s.goods_w + q.vapour_w;
    const R held_w =
        q.surface_w_k * (set_c - in.room_c) + q.goods_w_k * (set_c - d.goods_c) + q.drag_w_k * (set_c - d.fresh_c) + q.vapour_w;
    s.wanted_w = select(s.bath_c > set_c + R(boiler_below_k), R(0), vmax(held_w, R(0)));
    s.bath_c += (s.taken_w + q.backup_w - lost_w) * dt / d.content_j_k;
    s.sensed_c += (inlet_c - s.sensed_c) * d.follow_frac;
    s.valve_frac = valve_integral(set_c - s.bath_c, d.band_k, s.valve_frac, st.dt_s);
    s.boiler_frac = valve_integral(set_c - R(boiler_below_k) - s.bath_c, d.band_k, s.boiler_frac, st.dt_s);
    s.unmet_w = select(s.bath_c < set_c - R(2 * boiler_below_k), vmax(s.wanted_w - s.taken_w - q.backup_w, R(0)), R(0));
    s.short_on = select(s.bath_c < set_c - d.tolerance_k, R(1), R(0));
    return {.heat_in_j = q.backup_w * dt, .heat_out_j = lost_w * dt, .fuel_j = q.backup_w / d.backup_efficiency_frac * dt};
  }
  static Need need(const ViewOf<ProcessBath>& v) {
    const auto& s = v.state;
    return {.demand_j = s.wanted_w * v.dt_s,
            .backup_j = s.backup_w * v.dt_s,
            .unmet_j = s.unmet_w * v.dt_s,
            .short_s = s.short_on * v.dt_s};
  }
  static double asks_c(const Step<double>&, const Data<double>& d, const Input<double>&, const State<double>&) {
    return d.supply_c;
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_j_k * s.bath_c; }
};

}  // namespace
COMPONENT(ProcessBath, process_bath)
}  // namespace hypocaust::plant
