// hot_water: draw-offs, a layered store with a coil or an exchanger without store, a circulation loop and a top-up, as a heat user.
// Recovered heat comes first: it warms the lower half of the store, or the water on its way, and the top-up lifts what is missing.
// Laws: models/demand/hot_water_law.hpp; keys and sizing: models/plant/hot_water_params.hpp. docs/methods/hot_water.md.
#include "models/demand/hot_water_law.hpp"
#include "models/plant/effectiveness.hpp"
#include "models/plant/hot_water_params.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_valve.hpp"

namespace hypocaust::plant {
namespace {

using demand::layers;
constexpr double sensor_lag_s = 60.0, least_lift_k = 2.0, store_valve_band_k = 2.0;
constexpr double hygienic_c = 60.0, hygienic_loop_c = 55.0;  // DVGW W 551: at the store's outlet, and back from the loop
constexpr double late_s = 86400.0;                           // a disinfection that is due may take this long

struct HotWater : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"connection.from", "connection.to"}}};
  static constexpr bool affine = false;  // an exchanger warms no further than its set-point
  static constexpr bool heat_user = true;
  static constexpr Accounts accounts{.electricity = Account::backup, .heat_in = Account::backup};
  static constexpr bool can_wear = true;
  using Params = HotWaterParams;
  template <class R> struct Data : HotWaterData<R> {
    R follow_frac, rest_frac, loop_kept_frac;
  };  // of the sensor; of a layer's heat above the room's
  template <class R> struct Input : Condition<R> { R draw_m3_s{0}, draw_power_w{0}, cold_water_c{10}, set_temperature_c{60}; };
  // Means or ends of the last step. age: since the last disinfection; held: since the whole store is hot; kept: while hygienic.
  template <class R> struct State {
    demand::Layers<R> store;
    R sensed_c{20}, supply_c{60}, loop_c{55}, drawn_m3_s{0}, drawn_w{0}, wanted_w{0}, losses_w{0}, top_up_w{0}, unmet_w{0};
    R age_s{0}, held_s{0}, disinfecting_on{0}, hygienic_on{0}, kept_s{0}, short_s{0};
  };
  // Nobody draws, and the store is left to cool.
  static constexpr std::array shut{Shut{"draw", 0.0}, Shut{"draw_power", 0.0}, Shut{"set_temperature", 10.0}};
  static constexpr std::array inputs{
      Slot<Input<double>>{"draw", "m3/s", "drawn at draw_temperature", &Input<double>::draw_m3_s},
      Slot<Input<double>>{"draw_power", "W", "heat drawn, above cold water", &Input<double>::draw_power_w},
      Slot<Input<double>>{"cold_water", "degC", "of the mains", &Input<double>::cold_water_c},
      Slot<Input<double>>{"set_temperature", "degC", "held by the top-up", &Input<double>::set_temperature_c}};
  static constexpr std::array channels{
      ChannelOf<HotWater>{"layer", "degC", "of the store's layers, 0 the lowest",
                          [](const ViewOf<HotWater>& v, int k) { return v.state.store.t_c[k]; },
                          [](const Data<double>&) { return layers; }},
      ChannelOf<HotWater>{"supply", "degC", "leaving for the taps",
                          [](const ViewOf<HotWater>& v, int) { return v.state.supply_c; }},
      ChannelOf<HotWater>{"loop_return", "degC", "back from the circulation loop",
                          [](const ViewOf<HotWater>& v, int) { return v.state.loop_c; }},
      ChannelOf<HotWater>{"drawn", "m3/s", "drawn at draw_temperature",
                          [](const ViewOf<HotWater>& v, int) { return v.state.drawn_m3_s; }},
      ChannelOf<HotWater>{"drawn_heat", "W", "heat in what is drawn",
                          [](const ViewOf<HotWater>& v, int) { return v.state.drawn_w; }},
      ChannelOf<HotWater>{"losses", "W", "of store and loop", [](const ViewOf<HotWater>& v, int) { return v.state.losses_w; }},
      ChannelOf<HotWater>{"top_up", "W", "heat of the top-up", [](const ViewOf<HotWater>& v, int) { return v.state.top_up_w; }},
      ChannelOf<HotWater>{"hygienic", "1", "1 while its regime is kept",
                          [](const ViewOf<HotWater>& v, int) { return v.state.hygienic_on; }},
      ChannelOf<HotWater>{"hygienic_time", "s", "time since the start with its regime kept",
                          [](const ViewOf<HotWater>& v, int) { return v.state.kept_s; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) { size_hot_water(p, f[0], problems); }
  static Data<double> derive(const Params& p, const Fluid* f) { return {hot_water_data(p, f[0]), 1.0, 0.0, 1.0}; }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    d.follow_frac = R(1) - vexp(R(-dt_s / sensor_lag_s));
    d.rest_frac = R(1) - vexp(-d.layer_loss_w_k * R(dt_s) / (d.layer_kg * d.water_j_kg_k));
    d.loop_kept_frac = vexp(-vmin(d.loop_loss_w_k / vmax(d.loop_kg_s * d.water_j_kg_k, R(1e-9)), R(50)));
  }
  static bool meets_weather(const Params&) { return true; }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    for (R& layer_c : s.store.t_c) layer_c = d.initial_c;
    s.sensed_c = R(t_c), s.supply_c = d.initial_c, s.loop_c = d.initial_c;
  }
  static std::string_view reason(const State<double>& s) { return s.disinfecting_on > 0 ? "disinfecting" : "normal"; }

  // Water asked of the exchanger or store: taps and loop. mixed: at draw_temperature; stream: through an exchanger without store.
  template <class R> struct Flows { R cold_c, mixed_kg_s, loop_back_c, hot_kg_s, stream_kg_s, enters_c; };
  template <class R> static Flows<R> flows(const Data<R>& d, const Input<R>& in, R ground_c) {
    Flows<R> f;
    f.cold_c = select(d.cold_given > R(0), in.cold_water_c, ground_c);
    const R lift_j_kg = d.water_j_kg_k * vmax(d.draw_temperature_c - f.cold_c, R(1));
    f.mixed_kg_s = in.draw_m3_s * d.water_kg_m3 + in.draw_power_w / lift_j_kg;
    const R out_c = vmin(in.set_temperature_c, d.scald_limit_c);
    f.loop_back_c = loop_back_c(d, out_c);
    f.hot_kg_s = demand::hot_part_kg_s<R>({f.mixed_kg_s, d.draw_temperature_c, in.set_temperature_c, f.cold_c});
    f.stream_kg_s = f.hot_kg_s + d.loop_kg_s;
    f.enters_c = (f.hot_kg_s * f.cold_c + d.loop_kg_s * f.loop_back_c) / vmax(f.stream_kg_s, R(1e-12));
    return f;
  }
  template <class R> static R loop_back_c(const Data<R>& d, R out_c) {
    return d.ambient_c + (out_c - d.ambient_c) * d.loop_kept_frac;
  }

  // The valve: a store's follows the layer at the head of the coil, up to the set-point; an exchanger's what is drawn, as sensed.
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R open = clamp01((in.set_temperature_c - s.store.t_c[demand::coil_layers - 1]) / R(store_valve_band_k));
    const R store_kg_s = select(s.sensed_c > s.store.t_c[0] + R(least_lift_k), open, R(0)) * d.max_kg_s;
    const Flows<R> f = flows(d, in, in.cold_water_c);
    const R asked_w = f.stream_kg_s * d.water_j_kg_k * vmax(vmin(in.set_temperature_c, s.sensed_c) - f.enters_c, R(0));
    const R drop_k = vmax(s.sensed_c - f.enters_c - R(0.5) * d.approach_k, R(5));
    const R exchanger_kg_s = select(s.sensed_c > f.enters_c + R(least_lift_k), asked_w / (d.cp_j_kg_k * drop_k), R(0));
    const R wanted =
        clamp(in.available * select(d.store_on > R(0), store_kg_s, exchanger_kg_s), R(bypass_frac) * d.max_kg_s, d.max_kg_s);
    throttle(*b, d.k, d.toe_kg_s, wanted);
  }

  template <class R> static demand::Coil<R> coil(const Data<R>& d, const Input<R>& in, R flow_kg_s) {
    return {in.capacity_frac * d.coil_ua_w_k, d.layer_kg * d.water_j_kg_k, flow_kg_s * d.cp_j_kg_k};
  }
  // Heat of an exchanger without store = exchange x (inlet - enters), at most what lifts the stream to the set-point.
  template <class R> struct Exchange { R exchange_w_k, most_w; };
  template <class R> static Exchange<R> exchange(const Data<R>& d, const Input<R>& in, const Flows<R>& f, R flow_kg_s) {
    const R primary_w_k = flow_kg_s * d.cp_j_kg_k, secondary_w_k = f.stream_kg_s * d.water_j_kg_k,
            least = vmin(primary_w_k, secondary_w_k);
    const R ntu = vmin(in.capacity_frac * d.ua_w_k / vmax(least, R(1e-12)), R(50));
    const R ratio = least / vmax(vmax(primary_w_k, secondary_w_k), R(1e-12));
    return {least * counterflow_effectiveness(ntu, ratio), secondary_w_k * vmax(in.set_temperature_c - f.enters_c, R(0))};
  }
  // Linear in the inlet: the coil from an inlet of 0 degC, and from 1 degC into layers of 0 degC.
  template <class R> struct Scratch {
    Flows<R> flows;
    demand::CoilStep<R> coil;
    R base_c, unit_c;
    Exchange<R> exchange;
  };
  template <class R>
  static Scratch<R> once(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    Scratch<R> w;
    const R m = vabs(b->flow_kg_s);
    w.flows = flows(d, in, st.ground_c);
    w.coil = coil_step(coil(d, in, m), st.dt_s);
    demand::Layers<R> base = s.store, unit;
    for (R& layer_c : unit.t_c) layer_c = R(0);
    w.base_c = through_coil(w.coil, base, R(0)), w.unit_c = through_coil(w.coil, unit, R(1));
    w.exchange = exchange(d, in, w.flows, m);
    return w;
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>&, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg, const Scratch<R>& w) {
    const R m = vabs(b->flow_kg_s), inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const auto coil_warm = inlet_c > s.store.t_c[0];
    const R whole_w = w.exchange.exchange_w_k * (inlet_c - w.flows.enters_c);
    const auto none = whole_w <= R(0);
    const auto capped = whole_w > w.exchange.most_w;
    const R base_w = select(none, R(0), select(capped, -w.exchange.most_w, w.exchange.exchange_w_k * w.flows.enters_c));
    const R gain_kg_s = select(none | capped, m, m - w.exchange.exchange_w_k / d.cp_j_kg_k);
    const auto store = d.store_on > R(0);
    return {{select(store, select(coil_warm, m * d.cp_j_kg_k * w.base_c, R(0)), base_w)},
            {{select(store, select(coil_warm, m * w.unit_c, m), gain_kg_s)}}};
  }

  // What a step gives: heat drawn, of the loop, of the top-up, and the temperature at which water left.
  template <class R> struct Given { R drawn_w, loop_w, loop_back_c, rest_w, top_up_w, out_c, coldest_c; };
  template <class R> static Given<R> from_store(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                                const Scratch<R>& w, R inlet_c) {
    const Flows<R>& f = w.flows;
    const R dt = R(st.dt_s), layer_j_k = d.layer_kg * d.water_j_kg_k;
    demand::Layers<R> warmed = s.store;
    through_coil(w.coil, warmed, inlet_c);
    const auto coil_warm = inlet_c > s.store.t_c[0];
    R rest_j = R(0);
    for (int i = 0; i < layers; ++i) {
      s.store.t_c[i] = select(coil_warm, warmed.t_c[i], s.store.t_c[i]);
      const R lost_k = (s.store.t_c[i] - d.ambient_c) * d.rest_frac;
      s.store.t_c[i] -= lost_k, rest_j += lost_k * layer_j_k;
    }
    // The taps mix with what leaves at the end of the step: three rounds bring the hot part within a thousandth.
    demand::Layers<R> risen = s.store;
    demand::Rise<R> r{R(0), f.cold_c, R(0), R(0), d.layer_kg};
    for (int round = 0; round < 3; ++round) {
      const R top_c = risen.t_c[layers - 1], out_c = vmin(top_c, d.scald_limit_c);
      r.draw_kg_s = demand::hot_part_kg_s<R>({f.mixed_kg_s, d.draw_temperature_c, top_c, f.cold_c});
      r.loop_c = loop_back_c(d, out_c);  // what is mixed down to the limit does not pass the store
      r.loop_kg_s = d.loop_kg_s * clamp01((out_c - r.loop_c) / vmax(top_c - r.loop_c, R(1e-9)));
      risen = s.store;
      rise(r, risen, st.dt_s);
    }
    s.store = risen;
    const R top_c = risen.t_c[layers - 1];
    const auto hot = s.disinfecting_on > R(0);
    const R target_c = select(hot, vmax(d.disinfection_c, in.set_temperature_c), in.set_temperature_c);
    const R used_j =
        top_up<R>({in.available * d.top_up_w * dt, target_c, layer_j_k, select(hot, R(0), R(demand::coil_layers))}, s.store);
    settle_layers(s.store);
    R coldest_c = s.store.t_c[0];
    for (const R& layer_c : s.store.t_c) coldest_c = vmin(coldest_c, layer_c);
    return {r.draw_kg_s * d.water_j_kg_k * (top_c - f.cold_c),
            r.loop_kg_s * d.water_j_kg_k * (top_c - r.loop_c),
            r.loop_c,
            rest_j / dt,
            used_j / dt,
            vmin(top_c, d.scald_limit_c),
            coldest_c};
  }
  template <class R> static Given<R> from_exchanger(const Data<R>& d, const Input<R>& in, const Flows<R>& f, R taken_w) {
    const R stream_w_k = f.stream_kg_s * d.water_j_kg_k, to_set_w = stream_w_k * vmax(in.set_temperature_c - f.enters_c, R(0));
    const R top_up_w = clamp(to_set_w - taken_w, R(0), in.available * d.top_up_w);
    const R out_c = f.enters_c + (taken_w + top_up_w) / vmax(stream_w_k, R(1e-9)), draws = f.hot_kg_s * d.water_j_kg_k;
    const R drawn_w = draws * (out_c - f.cold_c);
    return {drawn_w,       taken_w + top_up_w - drawn_w,
            f.loop_back_c, R(0),
            top_up_w,      select(stream_w_k > R(0), out_c, in.set_temperature_c),
            out_c};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w, const Scratch<R>& w) {
    const R m = vabs(b->flow_kg_s), dt = R(st.dt_s), inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const Flows<R>& f = w.flows;
    const auto store = d.store_on > R(0);
    State<R> after = s;
    const Given<R> a = from_store(st, d, in, after, w, inlet_c), e = from_exchanger(d, in, f, m * h_in_j_kg[0] - h_out_w[0]);
    for (int i = 0; i < layers; ++i) s.store.t_c[i] = select(store, after.store.t_c[i], s.store.t_c[i]);
    s.sensed_c += (inlet_c - s.sensed_c) * d.follow_frac;
    s.supply_c = select(store, a.out_c, e.out_c), s.loop_c = select(store, a.loop_back_c, e.loop_back_c);
    s.drawn_w = select(store, a.drawn_w, e.drawn_w), s.top_up_w = select(store, a.top_up_w, e.top_up_w);
    s.losses_w = select(store, a.loop_w + a.rest_w, e.loop_w), s.drawn_m3_s = f.mixed_kg_s / d.water_kg_m3;
    s.wanted_w = f.mixed_kg_s * d.water_j_kg_k * vmax(d.draw_temperature_c - f.cold_c, R(0));
    // Met when the supply is warm enough to mix from.
    s.unmet_w = select(s.supply_c < d.draw_temperature_c, vmax(s.wanted_w - s.drawn_w, R(0)), R(0));
    s.short_s = select(s.unmet_w > R(0), dt, R(0));
    keep_hygiene(d, s, a.coldest_c, dt);
    const R drawn_j = s.top_up_w * dt / d.top_up_efficiency_frac;
    return {.heat_in_j = s.top_up_w * dt,
            .heat_out_j = (s.drawn_w + s.losses_w) * dt,
            .electricity_j = d.electric_on * drawn_j,
            .fuel_j = (R(1) - d.electric_on) * drawn_j};
  }
  // Periodic: due after its interval, over when the coldest layer has been hot for the time it is to be held.
  template <class R> static void keep_hygiene(const Data<R>& d, State<R>& s, R coldest_c, R dt) {
    s.age_s += d.periodic_on * dt;
    const auto due = (d.periodic_on > R(0)) & (s.age_s >= d.disinfection_every_s);
    const auto hot = (s.disinfecting_on > R(0)) & (coldest_c >= d.disinfection_c - R(0.5));
    s.held_s = select(hot, s.held_s + dt, R(0));
    const auto done = s.held_s >= d.disinfection_hold_s;
    s.disinfecting_on = select(done, R(0), select(due, R(1), s.disinfecting_on));
    s.age_s = select(done, R(0), s.age_s), s.held_s = select(done, R(0), s.held_s);
    const auto warm = (s.supply_c >= R(hygienic_c - 0.5)) & ((s.loop_c >= R(hygienic_loop_c)) | (d.loop_kg_s <= R(0)));
    const R by_heat = select(warm, d.hot_store_on, R(0)),
            by_date = select(s.age_s <= d.disinfection_every_s + R(late_s), d.periodic_on, R(0));
    s.hygienic_on = by_heat + by_date, s.kept_s += s.hygienic_on * dt;
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    R sum_c = R(0);
    for (int i = 0; i < layers; ++i) sum_c += s.store.t_c[i];
    return d.store_on * sum_c * d.layer_kg * d.water_j_kg_k;
  }
  static Need need(const ViewOf<HotWater>& v) {
    const auto& s = v.state;
    return {.demand_j = (s.wanted_w + s.losses_w) * v.dt_s,
            .backup_j = s.top_up_w * v.dt_s,
            .unmet_j = s.unmet_w * v.dt_s,
            .short_s = s.short_s};
  }
  static double asks_c(const Step<double>&, const Data<double>& d, const Input<double>&, const State<double>&) {
    return d.supply_c;
  }
};

}  // namespace
COMPONENT(HotWater, hot_water)
}  // namespace hypocaust::plant
