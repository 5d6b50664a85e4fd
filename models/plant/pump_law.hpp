// What pumps share, whoever sets their speed: nominal point, head curve, affinity laws, power and heat.
//
// H0 and k: shut-off head 1.25 x nominal unless a curve is given (typical of radial pumps; Guelich, Centrifugal Pumps, 2014,
// section 4). Shaft power = P_n (0.4 speed^3 + 0.6 speed^2 flow / nominal flow), P_n = nominal hydraulic power / efficiency
// (power curve of radial pumps of low specific speed, same source). All shaft power becomes heat in the fluid; of the motor's
// loss the share motor_heat_to_fluid does, the rest warms the plant room. A stopped pump is a resistance; its check valve
// holds backflow unless check_valve is false.
#pragma once
#include <algorithm>
#include <string>

#include "models/plant/registry.hpp"

namespace hypocaust::plant {

struct CurvePoint {
  double flow_m3_s = not_given, head_pa = not_given;
  static const Schema& schema() {
    static const Schema s = describe<CurvePoint>(
        "curve_point", "A point of a pump curve at full speed.",
        {row<&CurvePoint::flow_m3_s>("flow", "m3/h", {.need = required, .min = 0, .max = 1e5}, "flow"),
         row<&CurvePoint::head_pa>("head", "bar", {.need = required, .min = 0, .max = 100}, "pressure rise")});
    return s;
  }
};

struct PumpParams {
  Ref from, to;
  double nominal_flow_m3_s = not_given, nominal_head_pa = not_given, shut_off_head_pa = not_given;
  std::vector<CurvePoint> curve;
  double efficiency_frac = 0.6, motor_efficiency_frac = 0.85, motor_heat_to_fluid_frac = 0.0, content_kg = not_given;
  bool check_valve = true;

  // The rows of the keys above, and what a type adds.
  static std::vector<Field> rows(std::vector<Field> own) {
    using Params = PumpParams;
    std::vector<Field> list{
        row<&Params::from>("from", "", port, "suction node"),
        row<&Params::to>("to", "", port, "discharge node"),
        row<&Params::nominal_flow_m3_s>("nominal_flow", "m3/h", {.need = required, .min = 1e-6, .max = 1e4},
                                        "flow at the nominal point, full speed"),
        row<&Params::nominal_head_pa>("nominal_head", "bar", {.need = required, .above = 0, .max = 50},
                                      "pressure rise at the nominal point"),
        row<&Params::shut_off_head_pa>("shut_off_head", "bar", {.need = derived, .above = 0, .max = 100},
                                       "pressure rise at zero flow; derived: from the curve, else 1.25 x nominal"),
        row<&Params::curve>("curve", "", {}, "points of the head curve at full speed, fitted by least squares"),
        row<&Params::efficiency_frac>("efficiency", "1", {.above = 0, .max = 0.95},
                                      "hydraulic over shaft power at the nominal point"),
        row<&Params::motor_efficiency_frac>("motor_efficiency", "1", {.above = 0, .max = 1}, "shaft over electric power"),
        row<&Params::motor_heat_to_fluid_frac>("motor_heat_to_fluid", "1", {.min = 0, .max = 1},
                                               "share of the motor's loss that warms the fluid (wet rotor: 1)"),
        row<&Params::content_kg>("content", "kg", {.need = derived, .above = 0, .max = 1e4},
                                 "water equivalent of pump and fluid; derived: one second of nominal flow"),
        row<&Params::check_valve>("check_valve", "", {}, "holds backflow")};
    list.insert(list.end(), own.begin(), own.end());
    return list;
  }
};

struct PumpLaw : ComponentBase {
  static constexpr Accounts accounts{.electricity = Account::pump};
  template <class R> struct Data {
    R k, shut_off_pa, nominal_kg_s, nominal_shaft_w, motor_efficiency_frac, motor_heat_frac, content_kg, cp_j_kg_k,
        reverse_factor;
  };
  template <class R> struct Content { R h_j_kg{0}; };

  static void size(PumpParams& p, const Fluid* f, Problems& problems) {
    if (!(p.content_kg > 0)) p.content_kg = p.nominal_flow_m3_s * f[0].rho_kg_m3;
    if (!p.curve.empty() && !check_curve(p, problems)) return;
    if (p.shut_off_head_pa == p.shut_off_head_pa) {
      if (p.shut_off_head_pa <= p.nominal_head_pa)
        problems.error("shut_off_head", "is not above the nominal head (the curve would rise with flow); raise it");
      return;
    }
    if (p.curve.empty()) {
      p.shut_off_head_pa = 1.25 * p.nominal_head_pa;
      return;
    }
    // Least squares of head = H0 - c x (flow / nominal)^2, held at the nominal point: head - nominal = c (1 - q^2).
    double above = 0, below = 0;
    for (const CurvePoint& point : p.curve) {
      const double q = point.flow_m3_s / p.nominal_flow_m3_s, weight = 1.0 - q * q;
      above += weight * (point.head_pa - p.nominal_head_pa), below += weight * weight;
    }
    if (below <= 0 || above <= 0)
      problems.error("curve",
                     "does not fall with flow (a pump on it would be unstable); give points on both sides of the nominal flow");
    else {
      p.shut_off_head_pa = p.nominal_head_pa + above / below;
      check_fit(p, problems);
    }
  }
  // The parabola cannot follow a hump, and a single point says nothing about the slope.
  static bool check_curve(const PumpParams& p, Problems& problems) {
    if (p.curve.size() < 2) {
      problems.error("curve", "has one point (a curve needs two or more); give more, or `shut_off_head` in its place");
      return false;
    }
    std::vector<std::size_t> order(p.curve.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p.curve[a].flow_m3_s < p.curve[b].flow_m3_s; });
    for (std::size_t k = 1; k < order.size(); ++k) {
      if (p.curve[order[k]].head_pa <= p.curve[order[k - 1]].head_pa) continue;
      problems.error(
          "curve." + std::to_string(order[k]) + ".head",
          "is above that of point " + std::to_string(order[k - 1]) +
              ", whose flow is less (a pump on a curve that rises with flow would be unstable); give the falling part");
      return false;
    }
    return true;
  }
  static void check_fit(const PumpParams& p, Problems& problems) {
    std::size_t worst = 0;
    double worst_frac = 0;
    for (std::size_t k = 0; k < p.curve.size(); ++k) {
      const double q = p.curve[k].flow_m3_s / p.nominal_flow_m3_s,
                   fitted_pa = p.shut_off_head_pa - (p.shut_off_head_pa - p.nominal_head_pa) * q * q,
                   miss_frac = vabs(fitted_pa - p.curve[k].head_pa) / p.shut_off_head_pa;
      if (miss_frac > worst_frac) worst = k, worst_frac = miss_frac;
    }
    if (worst_frac > 0.05)
      problems.warn("curve." + std::to_string(worst) + ".head",
                    "is missed by " + std::to_string(static_cast<int>(vfloor(100 * worst_frac + 0.5))) +
                        " % of the shut-off head (the fit is a parabola through the nominal point); give a nominal point on the "
                        "curve, or points of the flows it works at");
  }
  static Data<double> derive(const PumpParams& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_flow_m3_s * f->rho_kg_m3;
    return {.k = (p.shut_off_head_pa - p.nominal_head_pa) / (nominal_kg_s * nominal_kg_s),
            .shut_off_pa = p.shut_off_head_pa,
            .nominal_kg_s = nominal_kg_s,
            .nominal_shaft_w = p.nominal_flow_m3_s * p.nominal_head_pa / p.efficiency_frac,
            .motor_efficiency_frac = p.motor_efficiency_frac,
            .motor_heat_frac = p.motor_heat_to_fluid_frac,
            .content_kg = p.content_kg,
            .cp_j_kg_k = f->cp_j_kg_k,
            .reverse_factor = p.check_valve ? 1e4 : 1.0};
  }
  // The curve at the iterate's flow: dp = k m (|m| + toe) - speed^2 H0.
  template <class R> static R resistance(const Data<R>& d, R flow_kg_s) {
    return d.k * select(flow_kg_s >= R(0), R(1), d.reverse_factor);
  }
  template <class R> static R toe_kg_s(const Data<R>& d) { return R(0.02) * d.nominal_kg_s; }
  template <class R> static R shaft_w(const Data<R>& d, R speed, R flow_kg_s) {
    const R q = vmax(flow_kg_s, R(0)) / d.nominal_kg_s;
    return d.nominal_shaft_w * speed * speed * (R(0.4) * speed + R(0.6) * q);
  }
  template <class R> static R heat_w(const Data<R>& d, R power_w) {
    return power_w + d.motor_heat_frac * power_w * (R(1) / d.motor_efficiency_frac - R(1));
  }
  template <class R> static void init(const Data<R>& d, Content<R>& s, double t_c) { s.h_j_kg = R(t_c) * d.cp_j_kg_k; }
  template <class R>
  static HeatLaw<R, 1> heat_at(R speed, const Step<R>& st, const Data<R>& d, const Content<R>& s, const Branch<R>* b) {
    const R power_w = heat_w(d, shaft_w(d, speed, b->flow_kg_s));
    const Mixed<R> out = mixed(vabs(b->flow_kg_s), power_w, s.h_j_kg, d.content_kg, st.dt_s);
    return {{out.base_w}, {{out.gain_kg_s}}};
  }
  template <class R> static Ledger<R> advance_at(R speed, const Step<R>& st, const Data<R>& d, Content<R>& s, const Branch<R>* b,
                                                 const R* h_in_j_kg, const R* h_out_w) {
    const R shaft = shaft_w(d, speed, b->flow_kg_s), heat = heat_w(d, shaft);
    s.h_j_kg += (vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0] + heat) * R(st.dt_s) / d.content_kg;
    return {.power_in_j = heat * R(st.dt_s), .electricity_j = shaft / d.motor_efficiency_frac * R(st.dt_s)};
  }
  template <class R> static R stored_j(const Data<R>& d, const Content<R>& s) { return d.content_kg * s.h_j_kg; }
};

}  // namespace hypocaust::plant
