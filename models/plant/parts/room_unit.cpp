// room_unit: room-air cooling with its own compressor, for heat the liquid does not catch. No water: it rejects to outdoor air.
//
// COP = nominal COP x Carnot(now) / Carnot(nominal): a constant share of the Carnot figure (refrigerating, with condensing
// temperature = outdoor + approach and evaporating temperature = room set-point - approach; ASHRAE Fundamentals 2021, ch. 2), the
// lift held above 10 K and the COP below `maximum_cop`. The room air is one stirred node; the unit removes what returns it to its
// set-point within the step, up to its capacity. Fans run with the load and warm the room.
#include "models/plant/junction.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct RoomUnit : ComponentBase {
  static constexpr std::array<BranchSpec, 0> branches{};
  static constexpr Accounts accounts{.electricity = Account::room_cooling, .heat_in = Account::it, .heat_out = Account::rejected};
  static constexpr bool cools_hosts = true;
  static constexpr bool can_wear = true;
  struct Params {
    Ref hosts;
    double nominal_power_w = not_given, nominal_cop = 4.0, maximum_cop = 9.0, nominal_outdoor_c = 35.0, set_point_c = 27.0,
           approach_k = 12.0;
    double fan_frac = 0.03, room_j_k = not_given, air_limit_c = not_given;
    std::optional<Junction> junction;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "room_unit", "Room-air cooling unit with compressor.",
          {row<&Params::hosts>("hosts", "", {.need = required, .scope = "host"}, "host group whose remaining heat it takes"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5}, "cooling capacity"),
           row<&Params::nominal_cop>("nominal_cop", "1", {.above = 1, .max = 20},
                                     "cooling over compressor power at the nominal outdoor temperature"),
           row<&Params::maximum_cop>("maximum_cop", "1", {.above = 1, .max = 40}, "COP in cold weather is held below this"),
           row<&Params::nominal_outdoor_c>("nominal_outdoor", "degC", {.min = 10, .max = 55},
                                           "outdoor temperature of the nominal point"),
           row<&Params::set_point_c>("set_point", "degC", {.min = 15, .max = 45}, "room air"),
           row<&Params::approach_k>("approach", "K", {.min = 1, .max = 30}, "refrigerant to air, on both coils"),
           row<&Params::fan_frac>("fan_share", "1", {.min = 0, .max = 0.3}, "fan power over cooling power"),
           row<&Params::room_j_k>("room_capacity", "kJ/K", {.need = derived, .above = 0, .max = 1e7},
                                  "heat capacity of the room's air and surfaces; derived: 300 s of capacity a kelvin"),
           row<&Params::air_limit_c>("air_limit", "degC", {.need = derived, .min = 15, .max = 60},
                                     "warmest air the servers may draw; derived: 35 degC, or 5 K above the set-point"),
           row<&Params::junction>("junction", "", {}, "hottest device in this air; left out: none is watched")});
      return s;
    }
    void check(Problems& problems) const {
      if (maximum_cop < nominal_cop)
        problems.error("maximum_cop", "is below `nominal_cop` (the nominal point could not be reached)");
      if (air_limit_c <= set_point_c)
        problems.error("air_limit",
                       "is not above `set_point` (normal operation would break it); raise it or lower the set-point");
      check_junction(junction, set_point_c, problems);
    }
  };
  template <class R> struct Data {
    R capacity_w, cop_per_carnot, maximum_cop, set_point_c, approach_k, fan_frac, room_j_k, junction_k_w;
  };
  template <class R> struct Input : Condition<R> { R heat_w{0}, hosts_peak_w{0}; };
  template <class R> struct State { R room_c{25}, cooling_w{0}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"heat_w", "W", "heat released to the room over the step", &Input<double>::heat_w},
      Slot<Input<double>>{"hosts_peak_w", "W", "largest power of the hosts within the step", &Input<double>::hosts_peak_w}};
  static constexpr std::array channels{
      ChannelOf<RoomUnit>{"room_temperature", "degC", "room air at the end of the step",
                          [](const ViewOf<RoomUnit>& v, int) { return v.state.room_c; }},
      ChannelOf<RoomUnit>{"cooling", "W", "heat removed from the room",
                          [](const ViewOf<RoomUnit>& v, int) { return v.state.cooling_w; }},
      ChannelOf<RoomUnit>{"electricity", "W", "compressor and fans",
                          [](const ViewOf<RoomUnit>& v, int) { return v.ledger.electricity_j / v.dt_s; }},
      ChannelOf<RoomUnit>{
          "junction_temperature", "degC", "hottest junction within the step",
          [](const ViewOf<RoomUnit>& v, int) { return v.state.room_c + v.data.junction_k_w * v.input.hosts_peak_w; },
          [](const Data<double>& d) { return d.junction_k_w > 0 ? 1 : 0; }}};

  static double carnot(double outdoor_c, const Params& p) {
    const double cold_c = p.set_point_c - p.approach_k, lift_k = vmax(outdoor_c + p.approach_k - cold_c, 10.0);
    return kelvin_from_c(cold_c) / lift_k;
  }
  static void size(Params& p, const Fluid*, Problems&) {
    if (!(p.room_j_k > 0)) p.room_j_k = 300.0 * p.nominal_power_w;
    if (!(p.air_limit_c == p.air_limit_c))
      p.air_limit_c = vmax(35.0, p.set_point_c + 5.0);  // 35 degC: ASHRAE TC 9.9 (2021), class A2
  }
  static bool meets_weather(const Params&) { return true; }
  static Data<double> derive(const Params& p, const Fluid*) {
    return {.capacity_w = p.nominal_power_w,
            .cop_per_carnot = p.nominal_cop / carnot(p.nominal_outdoor_c, p),
            .maximum_cop = p.maximum_cop,
            .set_point_c = p.set_point_c,
            .approach_k = p.approach_k,
            .fan_frac = p.fan_frac,
            .room_j_k = p.room_j_k,
            .junction_k_w = junction_rise_k_w(p.junction)};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double) { s.room_c = d.set_point_c; }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>*, const R*, const R*) {
    const R wanted_w = (in.heat_w + d.room_j_k * (s.room_c - d.set_point_c) / R(st.dt_s)) / (R(1) - d.fan_frac);
    const R cooling_w = clamp(wanted_w, R(0), d.capacity_w * in.available * in.capacity_frac), fan_w = d.fan_frac * cooling_w;
    const R cold_c = d.set_point_c - d.approach_k, lift_k = vmax(st.outdoor_c + d.approach_k - cold_c, R(10));
    const R cop = vmin(d.cop_per_carnot * (cold_c + R(kelvin_offset_k)) / lift_k, d.maximum_cop), compressor_w = cooling_w / cop;
    s.room_c += (in.heat_w + fan_w - cooling_w) * R(st.dt_s) / d.room_j_k;
    s.cooling_w = cooling_w;
    const R electricity_j = (compressor_w + fan_w) * R(st.dt_s);
    return {.power_in_j = electricity_j,
            .heat_in_j = in.heat_w * R(st.dt_s),
            .heat_out_j = (cooling_w + compressor_w) * R(st.dt_s),
            .electricity_j = electricity_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.room_j_k * s.room_c; }
};

}  // namespace
COMPONENT(RoomUnit, room_unit)
}  // namespace hypocaust::plant
