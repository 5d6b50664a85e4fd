// plate_exchanger: counterflow, effectiveness-NTU (Kays and London 1984); parallel flow when one side runs backwards.
//
// UA = clean UA x 2 f_hot f_cold / (f_hot + f_cold), f = (flow / nominal)^n: both films share the resistance equally at the
// nominal point and each follows Nu ~ Re^n, n = 0.7 for chevron plates (VDI Heat Atlas 2010, section N6). Fouling takes a share
// of UA (capacity_frac). Sized from nominal power, approach and flows (or temperature change): UA = power / logarithmic mean
// difference; with equal capacity flows the difference is the approach everywhere. Heat is booked once: what leaves one side
// enters the other.
#include <sstream>
#include <string>

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

struct PlateExchanger : ComponentBase {
  static constexpr std::array<BranchSpec, 2> branches{{{"hot.from", "hot.to"}, {"cold.from", "cold.to"}}};
  struct Params {
    Side hot, cold;
    double nominal_power_w = not_given, nominal_approach_k = 3.0, nominal_change_k = 10.0, ua_w_k = not_given;
    double hot_flow_kg_s = not_given, cold_flow_kg_s = not_given, hot_drop_pa = 2e4, cold_drop_pa = 2e4, film_exponent = 0.7,
           fouling_frac = 0.0;
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
           row<&Params::fouling_frac>("fouling", "1", {.min = 0, .below = 1}, "share of UA lost to fouling")});
      return s;
    }
  };
  template <class R> struct Data { R ua_w_k, film_exponent, nominal_kg_s[2], k[2], cp_j_kg_k[2]; };
  static constexpr std::array channels{ChannelOf<PlateExchanger>{
      "heat", "W", "heat from hot to cold",
      [](const ViewOf<PlateExchanger>& v, int) { return v.h_out_w[1] - vabs(v.branches[1].flow_kg_s) * v.h_in_j_kg[1]; }}};

  static void size(Params& p, const Fluid* f, Problems& problems) {
    const bool by_power = p.nominal_power_w > 0;
    if (!by_power && !(p.ua_w_k > 0 && p.hot_flow_kg_s > 0 && p.cold_flow_kg_s > 0)) {
      problems.error("nominal_power",
                     "is missing (nothing else sizes the exchanger); give it, or `ua`, `hot_flow` and `cold_flow`");
      return;
    }
    if (!(p.hot_flow_kg_s > 0)) p.hot_flow_kg_s = p.nominal_power_w / (f[0].cp_j_kg_k * p.nominal_change_k);
    if (!(p.cold_flow_kg_s > 0)) p.cold_flow_kg_s = p.nominal_power_w / (f[1].cp_j_kg_k * p.nominal_change_k);
    if (p.ua_w_k > 0) return;
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
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double hot = p.hot_flow_kg_s, cold = p.cold_flow_kg_s;
    return {.ua_w_k = p.ua_w_k * (1.0 - p.fouling_frac),
            .film_exponent = p.film_exponent,
            .nominal_kg_s = {hot, cold},
            .k = {p.hot_drop_pa / (hot * hot), p.cold_drop_pa / (cold * cold)},
            .cp_j_kg_k = {f[0].cp_j_kg_k, f[1].cp_j_kg_k}};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    for (int k = 0; k < 2; ++k) quadratic(b[k], d.k[k], R(0.01) * d.nominal_kg_s[k]);
  }
  template <class R> static R film(const Data<R>& d, R flow_kg_s, R nominal_kg_s) {
    return vexp(d.film_exponent * vlog(vmax(flow_kg_s / nominal_kg_s, R(1e-3))));
  }
  template <class R>
  static HeatLaw<R, 2> heat(const Step<R>&, const Data<R>& d, const Input<R>& in, const State<R>&, const Branch<R>* b) {
    const R m0 = vabs(b[0].flow_kg_s), m1 = vabs(b[1].flow_kg_s), c0 = m0 * d.cp_j_kg_k[0], c1 = m1 * d.cp_j_kg_k[1];
    const R f0 = film(d, m0, d.nominal_kg_s[0]), f1 = film(d, m1, d.nominal_kg_s[1]);
    const R ua = in.capacity_frac * d.ua_w_k * R(2) * f0 * f1 / (f0 + f1);
    // Effectiveness multiplies the true m cp; floors only in ratios.
    const R least = vmin(c0, c1), ratio = least / vmax(vmax(c0, c1), R(1e-12)), ntu = vmin(ua / vmax(least, R(1e-12)), R(50));
    const R x = ntu * (R(1) - ratio), e = vexp(-x);  // counterflow, written so that ratio = 1 is ordinary
    const R counter = ntu * phi(x) / (ntu * phi(x) + e), parallel = (R(1) - vexp(-ntu * (R(1) + ratio))) / (R(1) + ratio);
    const R g = least * select(b[0].flow_kg_s * b[1].flow_kg_s >= R(0), counter, parallel);
    const R q0 = g / d.cp_j_kg_k[0], q1 = g / d.cp_j_kg_k[1];  // heat hot -> cold = q0 h0 - q1 h1
    return {{R(0), R(0)}, {{m0 - q0, q1}, {q0, m1 - q1}}};
  }
};

}  // namespace
COMPONENT(PlateExchanger, plate_exchanger)
}  // namespace hypocaust::plant
