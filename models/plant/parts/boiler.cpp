// boiler: in series in a circuit, lifts the stream to its target when recovered heat has not. Stirred content; burner power is
// what brings flow and content to the target within the control time, between 0 and nominal power. Fuel by the lower heating
// value; an electric boiler draws electricity instead, of which what does not reach the water warms the plant room.
//
// A condensing boiler's efficiency rises as its return falls below the dew point of the flue gas (about 55 degC): relative to
// full load and a return of 60 degC it follows the curves of one maker (Lochinvar Crest, 21 to 71 degC, 5 to 100 % load, as
// tabulated in the Buildings library of Lawrence Berkeley National Laboratory, release 9, 3-clause BSD; three digits).
#include <optional>

#include "models/core/outdoor_reset.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

enum class BoilerKind : int { gas, condensing_gas, electric };
[[maybe_unused]] std::span<const std::string_view> names(BoilerKind) {
  static constexpr std::array<std::string_view, 3> list{"gas", "condensing_gas", "electric"};
  return list;
}

// Efficiency at returns of 70, 80, ... 160 degF, by the higher heating value: only ratios to the nominal point are used.
constexpr double first_return_c = (70.0 - 32.0) / 1.8, return_step_k = 10.0 / 1.8, nominal_return_c = 60.0;
constexpr int returns = 10;
constexpr std::array<double, returns> least_load_frac{0.991, 0.984, 0.974, 0.959, 0.941, 0.920, 0.899, 0.886, 0.881, 0.880};
constexpr std::array<double, returns> half_load_frac{0.988, 0.981, 0.969, 0.952, 0.932, 0.907, 0.891, 0.883, 0.878, 0.877};
constexpr std::array<double, returns> full_load_frac{0.970, 0.963, 0.951, 0.935, 0.917, 0.896, 0.885, 0.878, 0.874, 0.874};

// Linear between the points, level beyond them.
template <class R> R at_return(const std::array<double, returns>& efficiency_frac, R return_c) {
  R sum = R(efficiency_frac[0]);
  for (std::size_t i = 0; i + 1 < returns; ++i)
    sum += R(efficiency_frac[i + 1] - efficiency_frac[i]) *
           clamp01((return_c - R(first_return_c)) / R(return_step_k) - R(static_cast<double>(i)));
  return sum;
}
// Share of the efficiency at full load and a return of 60 degC; load from 5 %.
template <class R> R condensing_share(R load_frac, R return_c) {
  const R least = at_return(least_load_frac, return_c), half = at_return(half_load_frac, return_c);
  const R below = least + (half - least) * clamp01((load_frac - R(0.05)) / R(0.45));
  const R share_base = below + (at_return(full_load_frac, return_c) - half) * clamp01((load_frac - R(0.5)) / R(0.5));
  return share_base / at_return(full_load_frac, R(nominal_return_c));
}

struct Boiler : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool affine = false;  // kinks at zero and at full power
  static constexpr Accounts accounts{.electricity = Account::backup, .heat_in = Account::backup};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    BoilerKind kind = BoilerKind::gas;
    double nominal_power_w = not_given, target_c = 60.0, efficiency_frac = not_given, nominal_flow_m3_s = not_given,
           nominal_drop_pa = 5e3;
    double content_kg = not_given, control_time_s = 120.0;
    std::optional<OutdoorReset> reset;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "boiler", "Gas or electric boiler in series, after recovered heat.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::kind>("kind", "", {}, "what it turns into heat"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e6},
                                         "largest heat to the water"),
           row<&Params::target_c>("target", "degC", {.min = 5, .max = 110}, "outlet temperature it keeps"),
           row<&Params::reset>("reset", "", {}, "the target follows the outdoor air; `target` then counts for nothing"),
           row<&Params::efficiency_frac>("efficiency", "1", {.need = derived, .above = 0, .max = 1.1},
                                         "heat over fuel (lower heating value; condensing_gas: at full load and a return of "
                                         "60 degC) or electricity; derived: gas 0.9, condensing_gas 0.97, electric 0.99"),
           row<&Params::nominal_flow_m3_s>("nominal_flow", "m3/h", {.need = derived, .min = 1e-6, .max = 1e5},
                                           "flow of the nominal drop; derived: nominal power over 10 K"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e6},
                                    "water equivalent; derived: 0.5 kg a kW"),
           row<&Params::control_time_s>("control_time", "s", {.min = 10, .max = 3600},
                                        "time in which the content is brought to the target")});
      return s;
    }
    void check(Problems& problems) const {
      if (kind == BoilerKind::electric && efficiency_frac > 1.0)
        problems.error("efficiency",
                       "is above 1 (an electric boiler makes no more heat than it draws); lower it, or use a heat_pump");
      if (kind == BoilerKind::condensing_gas && efficiency_frac > 1.0)
        problems.error("efficiency",
                       "is above 1 (nothing condenses at its rating point, a return of 60 degC); give the figure of 80/60 degC, "
                       "or `kind: gas` for one efficiency at any return");
    }
  };
  // condensing_on, electric_on: 1 or 0.
  template <class R> struct Data {
    R k, nominal_kg_s, content_kg, cp_j_kg_k, power_w, target_j_kg, efficiency_frac, control_time_s, condensing_on, electric_on;
    OutdoorCurve<R> curve;
  };
  template <class R> struct State { R h_j_kg{0}; };
  static constexpr std::array channels{
      ChannelOf<Boiler>{"heat", "W", "heat to the water",
                        [](const ViewOf<Boiler>& v, int) { return v.ledger.heat_in_j / v.dt_s; }},
      ChannelOf<Boiler>{"fuel", "W", "fuel power", [](const ViewOf<Boiler>& v, int) { return v.ledger.fuel_j / v.dt_s; }},
      ChannelOf<Boiler>{"electricity", "W", "electricity drawn",
                        [](const ViewOf<Boiler>& v, int) { return v.ledger.electricity_j / v.dt_s; }}};

  static bool meets_weather(const Params& p) { return p.reset.has_value(); }
  static void size(Params& p, const Fluid* f, Problems&) {
    if (!(p.efficiency_frac > 0))
      p.efficiency_frac = p.kind == BoilerKind::electric ? 0.99 : p.kind == BoilerKind::condensing_gas ? 0.97 : 0.9;
    if (!(p.nominal_flow_m3_s > 0)) p.nominal_flow_m3_s = p.nominal_power_w / (f[0].cp_j_kg_k * f[0].rho_kg_m3 * 10.0);
    if (!(p.content_kg > 0)) p.content_kg = 0.5e-3 * p.nominal_power_w;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_flow_m3_s * f->rho_kg_m3;
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .power_w = p.nominal_power_w,
            .target_j_kg = p.target_c * f->cp_j_kg_k,
            .efficiency_frac = p.efficiency_frac,
            .control_time_s = p.control_time_s,
            .condensing_on = p.kind == BoilerKind::condensing_gas ? 1.0 : 0.0,
            .electric_on = p.kind == BoilerKind::electric ? 1.0 : 0.0,
            .curve = p.reset ? curve_of(*p.reset) : no_curve()};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
  }
  // Burner power for an inlet at h_in_j_kg: what holds the stream at the target, and closes the content's gap in the control time.
  template <class R>
  static R burner_w(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_kg_s, R h_in_j_kg) {
    const R target_j_kg = select(d.curve.on > R(0), d.cp_j_kg_k * target_c(d.curve, st.outdoor_c), d.target_j_kg);
    const R gap_w = d.content_kg * (target_j_kg - s.h_j_kg) / vmax(d.control_time_s, R(st.dt_s));
    return clamp(flow_kg_s * (target_j_kg - h_in_j_kg) + gap_w, R(0), d.power_w * in.available * in.capacity_frac);
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s), power_w = burner_w(st, d, in, s, m, h_in_j_kg[0]);
    // Between its limits the power falls by m for each J/kg of inlet: that slope belongs to the gain.
    const auto free = (power_w > R(0)) & (power_w < d.power_w * in.available * in.capacity_frac);
    const R slope = select(free, m, R(0));
    const Mixed<R> base = mixed(m, power_w + slope * h_in_j_kg[0], s.h_j_kg, d.content_kg, st.dt_s);
    const Mixed<R> none = mixed(m, R(0), s.h_j_kg, d.content_kg, st.dt_s), unit = mixed(m, R(1), R(0), d.content_kg, st.dt_s);
    return {{base.base_w}, {{none.gain_kg_s - slope * unit.base_w}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R m = vabs(b->flow_kg_s), power_w = burner_w(st, d, in, s, m, h_in_j_kg[0]);
    s.h_j_kg += (m * h_in_j_kg[0] - h_out_w[0] + power_w) * R(st.dt_s) / d.content_kg;
    const R share = select(d.condensing_on > R(0), condensing_share(power_w / d.power_w, h_in_j_kg[0] / d.cp_j_kg_k), R(1));
    const R drawn_j = power_w / (d.efficiency_frac * share) * R(st.dt_s);
    return {
        .heat_in_j = power_w * R(st.dt_s), .electricity_j = d.electric_on * drawn_j, .fuel_j = (R(1) - d.electric_on) * drawn_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace
COMPONENT(Boiler, boiler)
}  // namespace hypocaust::plant
