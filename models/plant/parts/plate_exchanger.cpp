// plate_exchanger: effectiveness-NTU (models/plant/effectiveness.hpp), counterflow unless another arrangement is given. With one
// side backwards counterflow is parallel flow and parallel flow counterflow; crossflow stays what it is.
//
// 1 / UA = (share_hot / f_hot + share_cold / f_cold) / UA_n + fouling resistance, f = (flow / nominal)^n of each side: both films
// share the resistance equally at the nominal point unless told otherwise, and each follows Nu ~ Re^n, n = 0.7 for chevron plates
// (VDI Heat Atlas 2010, section N6). Fouling may also take a share of UA (fouling, capacity_frac). Sized from nominal power,
// approach and flows (or temperature change): UA = power / logarithmic mean difference in counterflow, else from the
// effectiveness. Heat is booked once: what leaves one side enters the other.
#include <sstream>
#include <string>

#include "models/plant/effectiveness.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/side.hpp"

namespace hypocaust::plant {
namespace {

std::string decimal(double value) {
  std::ostringstream text;
  text.precision(4);
  text << value;
  return text.str();
}

enum class Arrangement : int { counterflow, parallel, crossflow_unmixed, crossflow_hot_mixed, crossflow_cold_mixed };
[[maybe_unused]] std::span<const std::string_view> names(Arrangement) {
  static constexpr std::array<std::string_view, 5> list{"counterflow", "parallel", "crossflow_unmixed", "crossflow_hot_mixed",
                                                        "crossflow_cold_mixed"};
  return list;
}

// aligned: 1 when both streams run forwards or both backwards; hot_least: 1 when the hot side has the least capacity flow.
template <class R> struct Flows { R ntu, ratio, aligned, hot_least; };
template <class R> R effectiveness(R arrangement, const Flows<R>& x) {
  const auto is = [&](Arrangement one) {
    const R number = R(static_cast<double>(one));
    return (arrangement > number - R(0.5)) & (arrangement < number + R(0.5));
  };
  const auto crossed = arrangement > R(1.5);
  const auto parallel = is(Arrangement::parallel);
  const auto aligned = x.aligned > R(0.5);
  const auto counter = (aligned & !parallel) | (parallel & !aligned);
  R e = select(counter, counterflow_effectiveness(x.ntu, x.ratio), parallel_effectiveness(x.ntu, x.ratio));
  if (any(crossed)) {
    const auto hot_mixed = is(Arrangement::crossflow_hot_mixed);
    const auto hot_least = x.hot_least > R(0.5);
    const auto least_mixed = (hot_mixed & hot_least) | ((!hot_mixed) & (!hot_least));
    const R mixed = select(least_mixed, crossflow_least_mixed_effectiveness(x.ntu, x.ratio),
                           crossflow_greater_mixed_effectiveness(x.ntu, x.ratio));
    e = select(crossed, select(is(Arrangement::crossflow_unmixed), crossflow_unmixed_effectiveness(x.ntu, x.ratio), mixed), e);
  }
  return e;
}

struct PlateExchanger : ComponentBase {
  static constexpr std::array<BranchSpec, 2> branches{{{"hot.from", "hot.to"}, {"cold.from", "cold.to"}}};
  static constexpr bool can_wear = true;
  struct Params {
    Side hot, cold;
    double nominal_power_w = not_given, nominal_approach_k = 3.0, nominal_change_k = 10.0, ua_w_k = not_given;
    double hot_flow_kg_s = not_given, cold_flow_kg_s = not_given, hot_drop_pa = 2e4, cold_drop_pa = 2e4, film_exponent = 0.7,
           hot_film_exponent = not_given, cold_film_exponent = not_given, hot_share_frac = 0.5, fouling_frac = 0.0,
           fouling_k_w = 0.0;
    Arrangement arrangement = Arrangement::counterflow;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "plate_exchanger", "Plate heat exchanger between two circuits.",
          {row<&Params::hot>("hot", "", {.need = required}, "stream that is cooled at the nominal point"),
           row<&Params::cold>("cold", "", {.need = required}, "stream that is warmed at the nominal point"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.above = 0, .max = 1e6}, "heat at the nominal point"),
           row<&Params::nominal_approach_k>("nominal_approach", "K", {.above = 0, .max = 100},
                                            "hot inlet minus cold outlet at the nominal point"),
           row<&Params::nominal_change_k>("nominal_temperature_change", "K", {.above = 0, .max = 150},
                                          "of each stream at the nominal point"),
           row<&Params::ua_w_k>("ua", "W/K", {.need = derived, .above = 0, .max = 1e9},
                                "conductance at nominal flows; derived: nominal power / logarithmic mean difference"),
           row<&Params::hot_flow_kg_s>("hot_flow", "kg/s", {.need = derived, .above = 0, .max = 1e5},
                                       "nominal flow, hot side; derived from power and change"),
           row<&Params::cold_flow_kg_s>("cold_flow", "kg/s", {.need = derived, .above = 0, .max = 1e5},
                                        "nominal flow, cold side; derived"),
           row<&Params::hot_drop_pa>("hot_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow, hot side"),
           row<&Params::cold_drop_pa>("cold_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow, cold side"),
           row<&Params::film_exponent>("film_exponent", "1", {.min = 0, .max = 1}, "how the films follow the flow"),
           row<&Params::hot_film_exponent>("hot_film_exponent", "1", {.need = derived, .min = 0, .max = 1},
                                           "of the hot side; derived: film_exponent"),
           row<&Params::cold_film_exponent>("cold_film_exponent", "1", {.need = derived, .min = 0, .max = 1},
                                            "of the cold side; derived: film_exponent"),
           row<&Params::hot_share_frac>("hot_share", "1", {.min = 0, .max = 1},
                                        "share of the hot film in the resistance at nominal flows"),
           row<&Params::arrangement>("arrangement", "", {}, "how the streams pass each other"),
           row<&Params::fouling_k_w>("fouling_resistance", "K/W", {.min = 0, .max = 1}, "added to the resistance of both films"),
           row<&Params::fouling_frac>("fouling", "1", {.min = 0, .below = 1}, "share of UA lost to fouling")});
      return s;
    }
  };
  template <class R> struct Data {
    R ua_w_k, film_exponent[2], film_share[2], fouling_frac, arrangement, nominal_kg_s[2], k[2], cp_j_kg_k[2];
  };
  static constexpr std::array channels{ChannelOf<PlateExchanger>{
      "heat", "W", "heat from hot to cold",
      [](const ViewOf<PlateExchanger>& v, int) { return v.h_out_w[1] - vabs(v.branches[1].flow_kg_s) * v.h_in_j_kg[1]; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) {
    for (double* exponent : {&p.hot_film_exponent, &p.cold_film_exponent})
      if (!(*exponent >= 0)) *exponent = p.film_exponent;
    const bool by_power = p.nominal_power_w > 0;
    if (!by_power && !(p.ua_w_k > 0 && p.hot_flow_kg_s > 0 && p.cold_flow_kg_s > 0)) {
      problems.error("nominal_power",
                     "is missing (nothing else sizes the exchanger); give it, or `ua`, `hot_flow` and `cold_flow`");
      return;
    }
    if (!(p.hot_flow_kg_s > 0)) p.hot_flow_kg_s = p.nominal_power_w / (f[0].cp_j_kg_k * p.nominal_change_k);
    if (!(p.cold_flow_kg_s > 0)) p.cold_flow_kg_s = p.nominal_power_w / (f[1].cp_j_kg_k * p.nominal_change_k);
    if (p.ua_w_k > 0) return;
    if (p.arrangement != Arrangement::counterflow) return size_by_effectiveness(p, f, problems);
    // Differences of a counterflow exchanger: the approach where hot enters, `far_k` where cold enters.
    const double hot_change_k = p.nominal_power_w / (f[0].cp_j_kg_k * p.hot_flow_kg_s);
    const double cold_change_k = p.nominal_power_w / (f[1].cp_j_kg_k * p.cold_flow_kg_s);
    const double near_k = p.nominal_approach_k, far_k = near_k + cold_change_k - hot_change_k;
    if (far_k <= 0) {
      problems.error("nominal_approach", decimal(near_k) + " K cannot be kept at these flows (the hot stream cools by " +
                                             decimal(hot_change_k) + " K, the cold one warms by " + decimal(cold_change_k) +
                                             " K: they would cross); give more than " + decimal(near_k - far_k) +
                                             " K, or a larger `hot_flow`");
      return;
    }
    const double log_mean_k =
        vabs(far_k - near_k) < 1e-6 * near_k ? 0.5 * (near_k + far_k) : (near_k - far_k) / vlog(near_k / far_k);
    p.ua_w_k = p.nominal_power_w / log_mean_k;
  }
  static void size_by_effectiveness(Params& p, const Fluid* f, Problems& problems) {
    const double hot_w_k = p.hot_flow_kg_s * f[0].cp_j_kg_k, cold_w_k = p.cold_flow_kg_s * f[1].cp_j_kg_k;
    const double least_w_k = vmin(hot_w_k, cold_w_k), ratio = least_w_k / vmax(hot_w_k, cold_w_k);
    const double wanted = p.nominal_power_w / (least_w_k * (p.nominal_approach_k + p.nominal_power_w / cold_w_k));
    const auto reached = [&](double ntu) {
      return effectiveness<double>(static_cast<double>(p.arrangement), {ntu, ratio, 1.0, hot_w_k <= cold_w_k ? 1.0 : 0.0});
    };
    double low = 0.0,
           high = 50.0;  // effectiveness rises with ntu, but for the least stream mixed: there the lowest root is found
    while (high > 1.0 && reached(0.5 * high) >= reached(high)) high *= 0.5;
    if (reached(high) <= wanted) {
      problems.error("nominal_approach", decimal(p.nominal_approach_k) +
                                             " K cannot be reached in this arrangement at these flows "
                                             "(no surface is large enough); give more, or `arrangement: counterflow`");
      return;
    }
    for (int k = 0; k < 80; ++k) {
      const double middle = 0.5 * (low + high);
      (reached(middle) < wanted ? low : high) = middle;
    }
    p.ua_w_k = high * least_w_k;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double hot = p.hot_flow_kg_s, cold = p.cold_flow_kg_s;
    return {.ua_w_k = p.ua_w_k * (1.0 - p.fouling_frac),
            .film_exponent = {p.hot_film_exponent, p.cold_film_exponent},
            .film_share = {p.hot_share_frac, 1.0 - p.hot_share_frac},
            .fouling_frac = p.ua_w_k * p.fouling_k_w,
            .arrangement = static_cast<double>(p.arrangement),
            .nominal_kg_s = {hot, cold},
            .k = {p.hot_drop_pa / (hot * hot), p.cold_drop_pa / (cold * cold)},
            .cp_j_kg_k = {f[0].cp_j_kg_k, f[1].cp_j_kg_k}};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    for (int k = 0; k < 2; ++k) {
      quadratic(b[k], d.k[k], R(0.01) * d.nominal_kg_s[k]);
      shut_off(b[k], in.available);
    }
  }
  template <class R> static R film(R exponent, R flow_kg_s, R nominal_kg_s) {
    return vexp(exponent * vlog(vmax(flow_kg_s / nominal_kg_s, R(1e-3))));
  }
  template <class R>
  static HeatLaw<R, 2> heat(const Step<R>&, const Data<R>& d, const Input<R>& in, const State<R>&, const Branch<R>* b) {
    const R m0 = vabs(b[0].flow_kg_s), m1 = vabs(b[1].flow_kg_s), c0 = m0 * d.cp_j_kg_k[0], c1 = m1 * d.cp_j_kg_k[1];
    const R f0 = film(d.film_exponent[0], m0, d.nominal_kg_s[0]), f1 = film(d.film_exponent[1], m1, d.nominal_kg_s[1]),
            both = f0 * f1;
    const R ua = in.capacity_frac * d.ua_w_k * both / (d.film_share[0] * f1 + d.film_share[1] * f0 + d.fouling_frac * both);
    // Effectiveness multiplies the true m cp; floors only in ratios.
    const R least = vmin(c0, c1), ratio = least / vmax(vmax(c0, c1), R(1e-12)), ntu = vmin(ua / vmax(least, R(1e-12)), R(50));
    const R g =
        least * effectiveness(d.arrangement, Flows<R>{ntu, ratio, select(b[0].flow_kg_s * b[1].flow_kg_s >= R(0), R(1), R(0)),
                                                      select(c0 <= c1, R(1), R(0))});
    const R q0 = g / d.cp_j_kg_k[0], q1 = g / d.cp_j_kg_k[1];  // heat hot -> cold = q0 h0 - q1 h1
    return {{R(0), R(0)}, {{m0 - q0, q1}, {q0, m1 - q1}}};
  }
};

}  // namespace
COMPONENT(PlateExchanger, plate_exchanger)
}  // namespace hypocaust::plant
