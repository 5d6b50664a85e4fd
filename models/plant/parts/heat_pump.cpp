// heat_pump: takes heat from a source circuit (evaporator) and gives it, with its electric power, to a sink circuit (condenser).
//
// Capacity and power at full load: a map of measured points (EN 14511) or a share of Lorenz's coefficient of performance
// (models/plant/heat_pump_laws.hpp), asked with an inlet, outlet or mean temperature of each stream. Both sides are stirred
// contents; an outlet is the content's mean over the step, so that zero flow is ordinary. Heat and power that follow from outlets
// they make are found by Newton's method; their slopes go into the heat law. Source heat = heat - power (1 - shell_loss), booked once.
// Part load: power = load x full power / (1 - part_load_loss (1 - load)); EN 14825 gives such factors for tested units.
// The unit is off outside its envelope and temperature limits, and rests then. The outlets that would settle at the inlets and flows of
// the step decide: a cold content, or the length of the step, neither keeps it off nor stops it.
#include <optional>

#include "models/plant/heat_pump_balance.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/side.hpp"

namespace hypocaust::plant {
namespace {

// What the unit does, or why it does not run.
enum Mode { runs, no_demand, rests, out_of_order, source_cold, source_warm, evaporator_cold, sink_warm, off_map, sink_cold };
constexpr std::array<std::string_view, 10> mode_texts{"runs",
                                                      "off: no demand",
                                                      "off: rests",
                                                      "off: out of order",
                                                      "off: source below its lowest temperature",
                                                      "off: source above its highest temperature",
                                                      "off: evaporator would fall below its lowest temperature",
                                                      "off: sink above its highest temperature",
                                                      "off: outside the map",
                                                      "off: sink below the map (`cold_sink: hold` would run)"};

// Below the lowest sink temperature of a map: refuse to run, or run as at that temperature.
enum class ColdSink : int { refuse, hold };
[[maybe_unused]] std::span<const std::string_view> names(ColdSink) {
  static constexpr std::array<std::string_view, 2> list{"refuse", "hold"};
  return list;
}

struct HeatPump : ComponentBase {
  static constexpr std::array<BranchSpec, 2> branches{{{"source.from", "source.to"}, {"sink.from", "sink.to"}}};
  static constexpr bool affine = false;
  static constexpr Accounts accounts{.electricity = Account::heat_pump};
  static constexpr bool can_wear = true;
  struct Params {
    Side source, sink;
    std::optional<HeatPumpMap> map;
    std::optional<LorenzModel> lorenz;
    Axis source_axis = Axis::usual, sink_axis = Axis::usual;
    ColdSink cold_sink = ColdSink::refuse;
    double nominal_power_w = not_given, nominal_change_k = 5.0, minimum_load_frac = 0.25, part_load_loss_frac = 0.0,
           shell_loss_frac = 0.0, minimum_run_s = 600.0, minimum_rest_s = 600.0;
    double source_min_c = -25.0, source_max_c = 50.0, evaporator_min_c = not_given, sink_max_c = 85.0;
    double source_flow_kg_s = not_given, sink_flow_kg_s = not_given, source_drop_pa = 2e4, sink_drop_pa = 2e4,
           source_content_kg = not_given, sink_content_kg = not_given;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "heat_pump", "Heat pump between two circuits.",
          {row<&Params::source>("source", "", {.need = required}, "stream through the evaporator"),
           row<&Params::sink>("sink", "", {.need = required}, "stream through the condenser"),
           row<&Params::map>("map", "", {}, "measured capacity and power; without it `lorenz` and `nominal_power` hold"),
           row<&Params::lorenz>("lorenz", "", {}, "coefficient of performance without a map"),
           row<&Params::source_axis>("source_axis", "", {}, "source temperature asked with; usual: inlet for a map, else mean"),
           row<&Params::sink_axis>("sink_axis", "", {}, "sink temperature asked with; usual: outlet for a map, else mean"),
           row<&Params::cold_sink>("cold_sink", "", {},
                                   "below a map's lowest sink temperature: refuse, or hold that temperature"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.above = 0, .max = 1e6},
                                         "heat to the sink at full load; map: its largest capacity, for flows and contents only"),
           row<&Params::nominal_change_k>("nominal_temperature_change", "K", {.above = 0, .max = 100},
                                          "of each stream, for its nominal flow"),
           row<&Params::minimum_load_frac>("minimum_load", "1", {.min = 0, .max = 1}, "below it the unit is off"),
           row<&Params::part_load_loss_frac>("part_load_loss", "1", {.min = -1, .max = 0.9},
                                             "share of the coefficient of performance lost towards zero load"),
           row<&Params::shell_loss_frac>("shell_loss", "1", {.min = 0, .max = 0.9}, "share of the power lost to the room"),
           row<&Params::minimum_run_s>("minimum_run", "min", {.min = 0, .max = 1440}, "runs at least, demand or not"),
           row<&Params::minimum_rest_s>("minimum_rest", "min", {.min = 0, .max = 1440}, "stays off at least"),
           row<&Params::source_min_c>("source_min", "degC", {.min = -60, .max = 110}, "off below, at the source inlet"),
           row<&Params::source_max_c>("source_max", "degC", {.min = -60, .max = 110}, "off above, at the source inlet"),
           row<&Params::evaporator_min_c>("evaporator_min", "degC", {.need = derived, .min = -60, .max = 110},
                                          "off below, at the source outlet; derived: 2 K above the source's freezing point"),
           row<&Params::sink_max_c>("sink_max", "degC", {.min = 0, .max = 200}, "off above, at the sink outlet"),
           row<&Params::source_flow_kg_s>("source_flow", "kg/s", {.need = derived, .min = 1e-6, .max = 1e5},
                                          "nominal flow; derived: three quarters of nominal power over the change"),
           row<&Params::sink_flow_kg_s>("sink_flow", "kg/s", {.need = derived, .min = 1e-6, .max = 1e5},
                                        "nominal flow; derived: nominal power over the change"),
           row<&Params::source_drop_pa>("source_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::sink_drop_pa>("sink_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::source_content_kg>("source_content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                           "water equivalent of the evaporator; derived: 0.5 kg a kW"),
           row<&Params::sink_content_kg>("sink_content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                         "water equivalent of the condenser; derived: 0.5 kg a kW")});
      return s;
    }
    void check(Problems& problems) const {
      if (source_min_c >= source_max_c)
        problems.error("source_min", "is not below `source_max` (the unit would never run); lower it");
      if (map && lorenz) problems.error("lorenz", "does not go with `map` (which of the two holds?); remove one of them");
    }
  };
  template <class R> struct Data {
    R k[2], nominal_kg_s[2], content_kg[2], cp_j_kg_k[2], outlet_share[2], approach_k_w[2], mapped, lowest_sink_c;
    R minimum_load_frac, part_load_loss_frac, shell_loss_frac, minimum_run_s, minimum_rest_s;
    R source_min_c, source_max_c, evaporator_min_c, sink_max_c;
    LorenzData<R> lorenz;
    HeatPumpGrid<R> grid;
  };
  template <class R> struct Input : Condition<R> { R load{1}; };
  template <class R> struct State { R h_j_kg[2]{0, 0}, on{0}, since_s{1e9}, mode{no_demand}, heat_w{0}; };
  static constexpr std::array inputs{Slot<Input<double>>{"load", "1", "share of full load", &Input<double>::load}};
  static constexpr std::array states{
      Slot<State<double>>{"mode", "1", "0 runs, else the number of the reason why not (docs/methods/heat_pump.md)",
                          &State<double>::mode, Over::end},
      Slot<State<double>>{"heat", "W", "heat to the sink", &State<double>::heat_w}};
  static constexpr std::array channels{
      ChannelOf<HeatPump>{"electricity", "W", "electric power",
                          [](const ViewOf<HeatPump>& v, int) { return v.ledger.electricity_j / v.dt_s; }},
      ChannelOf<HeatPump>{"cop", "1", "heat to the sink over electric power; 0 while off",
                          [](const ViewOf<HeatPump>& v, int) {
                            const double power_w = v.ledger.electricity_j / v.dt_s;
                            return power_w > 0 ? v.state.heat_w / power_w : 0.0;
                          },
                          nullptr, Over::electricity}};
  static std::string_view reason(const State<double>& s) { return mode_texts[static_cast<std::size_t>(s.mode)]; }

  static void size(Params& p, const Fluid* f, Problems& problems) {
    if (p.map) {
      p.nominal_power_w = 0;
      for (const MapPoint& point : p.map->points) p.nominal_power_w = vmax(p.nominal_power_w, point.capacity_w);
    }
    if (!(p.nominal_power_w > 0)) {
      if (!p.map) problems.error("nominal_power", "is missing (nothing else sizes the heat pump); give it, or a `map`");
      return;
    }
    if (!(p.source_flow_kg_s > 0)) p.source_flow_kg_s = 0.75 * p.nominal_power_w / (f[0].cp_j_kg_k * p.nominal_change_k);
    if (!(p.sink_flow_kg_s > 0)) p.sink_flow_kg_s = p.nominal_power_w / (f[1].cp_j_kg_k * p.nominal_change_k);
    if (!(p.source_content_kg > 0)) p.source_content_kg = 0.5e-3 * p.nominal_power_w;
    if (!(p.sink_content_kg > 0)) p.sink_content_kg = 0.5e-3 * p.nominal_power_w;
    if (!(p.evaporator_min_c == p.evaporator_min_c)) p.evaporator_min_c = f[0].freezing_c + 2.0;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const auto share = [&p](Axis axis, Axis of_map) {
      if (axis == Axis::usual) axis = p.map ? of_map : Axis::mean;
      return axis == Axis::inlet ? 0.0 : axis == Axis::outlet ? 1.0 : 0.5;
    };
    const LorenzModel model = p.lorenz.value_or(LorenzModel{});
    const LorenzData<double> share_of{p.nominal_power_w, model.fraction_frac, model.nominal_lift_k, model.slope_k_1,
                                      model.highest_cop};
    const double condensing_c = model.nominal_sink_c + model.sink_approach_k;
    const Performance<double> nominal = lorenz(share_of, condensing_c - model.nominal_lift_k, condensing_c);
    // The floor is for a nominal point without a gain (coefficient of performance 1).
    const double nominal_taken_w = vmax(nominal.heat_w - (1.0 - p.shell_loss_frac) * nominal.power_w, 0.01 * p.nominal_power_w);
    Data<double> d{.k = {p.source_drop_pa / (p.source_flow_kg_s * p.source_flow_kg_s),
                         p.sink_drop_pa / (p.sink_flow_kg_s * p.sink_flow_kg_s)},
                   .nominal_kg_s = {p.source_flow_kg_s, p.sink_flow_kg_s},
                   .content_kg = {p.source_content_kg, p.sink_content_kg},
                   .cp_j_kg_k = {f[0].cp_j_kg_k, f[1].cp_j_kg_k},
                   .outlet_share = {share(p.source_axis, Axis::inlet), share(p.sink_axis, Axis::outlet)},
                   .approach_k_w = {p.map ? 0.0 : model.source_approach_k / nominal_taken_w,
                                    p.map ? 0.0 : model.sink_approach_k / p.nominal_power_w},
                   .mapped = p.map ? 1.0 : 0.0,
                   .minimum_load_frac = p.minimum_load_frac,
                   .part_load_loss_frac = p.part_load_loss_frac,
                   .shell_loss_frac = p.shell_loss_frac,
                   .minimum_run_s = p.minimum_run_s,
                   .minimum_rest_s = p.minimum_rest_s,
                   .source_min_c = p.source_min_c,
                   .source_max_c = p.source_max_c,
                   .evaporator_min_c = p.evaporator_min_c,
                   .sink_max_c = p.sink_max_c,
                   .lorenz = share_of,
                   .grid = {}};
    if (p.map) d.grid = make_grid(*p.map);
    if (p.map && p.cold_sink == ColdSink::hold) d.lowest_sink_c = d.grid.sink_c[0];
    return d;
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    for (int k = 0; k < 2; ++k) s.h_j_kg[k] = R(t_c) * d.cp_j_kg_k[k];
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    for (int k = 0; k < 2; ++k) quadratic(b[k], d.k[k], R(0.01) * d.nominal_kg_s[k]);
  }

  template <class R> static auto wanted(const Data<R>& d, const Input<R>& in) {
    return (in.load >= d.minimum_load_frac) & (in.load > R(0)) & (in.available > R(0.5));
  }
  // Whether demand and times let it run; temperatures may still refuse.
  template <class R> static auto called(const Data<R>& d, const Input<R>& in, const State<R>& s) {
    const auto was_on = s.on > R(0.5);
    const auto want = wanted(d, in);
    return (was_on & (want | (s.since_s < d.minimum_run_s)) & (in.available > R(0.5))) |
           ((s.on < R(0.5)) & want & (s.since_s >= d.minimum_rest_s));
  }
  template <class R> static Performance<R> performance(const Data<R>& d, R load, R size_frac, R source_c, R sink_c) {
    const R heat = size_frac * load, power = heat / (R(1) - d.part_load_loss_frac * (R(1) - load));
    Performance<R> p = lorenz(d.lorenz, source_c, sink_c);
    if (any(d.mapped > R(0.5))) {
      Performance<R> m = look_up(d.grid, source_c, vmax(sink_c, d.lowest_sink_c));
      const auto held = sink_c < d.lowest_sink_c;
      m.heat_w_k[1] = select(held, R(0), m.heat_w_k[1]), m.power_w_k[1] = select(held, R(0), m.power_w_k[1]);
      const auto mapped = d.mapped > R(0.5);
      p.heat_w = select(mapped, m.heat_w, p.heat_w), p.power_w = select(mapped, m.power_w, p.power_w);
      for (int k = 0; k < 2; ++k) {
        p.heat_w_k[k] = select(mapped, m.heat_w_k[k], p.heat_w_k[k]);
        p.power_w_k[k] = select(mapped, m.power_w_k[k], p.power_w_k[k]);
      }
      p.inside = select(mapped, m.inside, p.inside);
    }
    p.heat_w = heat * p.heat_w, p.power_w = power * p.power_w;
    for (int k = 0; k < 2; ++k) p.heat_w_k[k] = heat * p.heat_w_k[k], p.power_w_k[k] = power * p.power_w_k[k];
    return p;
  }

  // Heat to the sink, from the source and electric power over a step, W; the first two also by inlet enthalpy, W per J/kg.
  template <class R> struct Operation { R heat_w, taken_w, power_w, heat_kg_s[2], taken_kg_s[2], mode; };
  template <class R> static Operation<R> operate(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                                 const Branch<R>* b, const R* h_in_j_kg) {
    Operation<R> o{R(0), R(0), R(0), {R(0), R(0)}, {R(0), R(0)}, R(runs)};
    const auto call = called(d, in, s);
    if (!any(call)) return o;
    const R load = clamp(in.load, d.minimum_load_frac, R(1)), kept = R(1) - d.shell_loss_frac;
    Streams<R> step{}, settled{};  // outlets as means over the step, and as they would settle
    R by_inlet[2];
    for (int k = 0; k < 2; ++k) {
      const R flow_kg_s = vabs(b[k].flow_kg_s), x = flow_kg_s * R(st.dt_s) / d.content_kg[k], p = phi(x);
      step.in_c[k] = h_in_j_kg[k] / d.cp_j_kg_k[k];
      step.still_c[k] = (s.h_j_kg[k] * p + h_in_j_kg[k] * (R(1) - p)) / d.cp_j_kg_k[k];
      step.by_heat_k_w[k] = R(st.dt_s) / (d.content_kg[k] * d.cp_j_kg_k[k]) * one_less_phi_over(x, p);
      step.outlet_share[k] = d.outlet_share[k], step.approach_k_w[k] = d.approach_k_w[k];
      by_inlet[k] = (R(1) - d.outlet_share[k] * p) / d.cp_j_kg_k[k];
    }
    settled = step;
    for (int k = 0; k < 2; ++k) {  // the floor of flow makes an outlet beyond every limit
      settled.still_c[k] = step.in_c[k];
      settled.by_heat_k_w[k] = R(1) / (vmax(vabs(b[k].flow_kg_s), R(1e-3) * d.nominal_kg_s[k]) * d.cp_j_kg_k[k]);
    }
    const auto law = [&](R source_c, R sink_c) { return performance(d, load, in.capacity_frac, source_c, sink_c); };
    const HeatPumpBalance<R> now = balance(step, kept, call, law), later = balance(settled, kept, call, law);
    const R heat_w = now.heat_w, power_w = now.power_w;
    const R source_out_c = settled.still_c[0] + settled.by_heat_k_w[0] * (kept * later.power_w - later.heat_w),
            sink_out_c = settled.still_c[1] + settled.by_heat_k_w[1] * later.heat_w;
    const auto below_map =
        (settled.axis_c(1, settled.outlet_c(1, later.heat_w)) < d.grid.sink_c[0]) & (d.lowest_sink_c < d.grid.sink_c[0]);
    R refused = select(later.law.inside > R(0.5), R(runs), select(below_map, R(sink_cold), R(off_map)));
    refused = select(sink_out_c > d.sink_max_c, R(sink_warm), refused);
    refused = select(source_out_c < d.evaporator_min_c, R(evaporator_cold), refused);
    refused = select(step.in_c[0] > d.source_max_c, R(source_warm), refused);
    refused = select(step.in_c[0] < d.source_min_c, R(source_cold), refused);
    o.mode = refused;
    const R go = select(call & (refused < R(0.5)), R(1), R(0));
    o.heat_w = go * heat_w, o.power_w = go * power_w, o.taken_w = o.heat_w - kept * o.power_w;
    for (int k = 0; k < 2; ++k) {
      const R from_heat_w = now.law.heat_w_k[k] * by_inlet[k], from_power_w = now.law.power_w_k[k] * by_inlet[k];
      const R power_kg_s = go * (now.a * from_power_w - now.e * from_heat_w) / now.determinant;
      o.heat_kg_s[k] = go * (now.f * from_heat_w - now.c * from_power_w) / now.determinant;
      o.taken_kg_s[k] = o.heat_kg_s[k] - kept * power_kg_s;
    }
    return o;
  }
  template <class R> static HeatLaw<R, 2> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const Operation<R> o = operate(st, d, in, s, b, h_in_j_kg);
    const R gained_w[2] = {-o.taken_w, o.heat_w};
    const R gained_kg_s[2][2] = {{-o.taken_kg_s[0], -o.taken_kg_s[1]}, {o.heat_kg_s[0], o.heat_kg_s[1]}};
    HeatLaw<R, 2> law;
    for (int k = 0; k < 2; ++k) {
      const R m = vabs(b[k].flow_kg_s),
              at_rest_w = gained_w[k] - gained_kg_s[k][0] * h_in_j_kg[0] - gained_kg_s[k][1] * h_in_j_kg[1];
      const Mixed<R> base = mixed(m, at_rest_w, s.h_j_kg[k], d.content_kg[k], st.dt_s);
      const Mixed<R> unit = mixed(m, R(1), R(0), d.content_kg[k], st.dt_s);
      law.base_w[k] = base.base_w;
      for (int j = 0; j < 2; ++j) law.gain_kg_s[k][j] = unit.base_w * gained_kg_s[k][j] + (j == k ? base.gain_kg_s : R(0));
    }
    return law;
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const Operation<R> o = operate(st, d, in, s, b, h_in_j_kg);
    const auto call = called(d, in, s);
    const R ran = select(call & (o.mode < R(0.5)), R(1), R(0));
    s.since_s = select(vabs(ran - s.on) > R(0.5), R(0), s.since_s) + R(st.dt_s);
    s.on = ran;
    s.mode = select(call, o.mode, select(wanted(d, in), R(rests), select(in.available > R(0.5), R(no_demand), R(out_of_order))));
    s.heat_w = o.heat_w;
    const R gained_w[2] = {-o.taken_w, o.heat_w};
    for (int k = 0; k < 2; ++k)
      s.h_j_kg[k] += (vabs(b[k].flow_kg_s) * h_in_j_kg[k] - h_out_w[k] + gained_w[k]) * R(st.dt_s) / d.content_kg[k];
    return {.power_in_j = (o.heat_w - o.taken_w) * R(st.dt_s), .electricity_j = o.power_w * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return d.content_kg[0] * s.h_j_kg[0] + d.content_kg[1] * s.h_j_kg[1];
  }
};

}  // namespace
COMPONENT(HeatPump, heat_pump)
}  // namespace hypocaust::plant
