// twin_pipe: supply and return beside each other, each a pipe with friction, plug flow, wall and loss, that also exchange heat.
//
// With T_i the temperatures along the two pipes (degC), x from supply.from to supply.to, per metre:
//   loss of pipe i to the ground   loss x (T_i - T_ground)          exchange   exchange x (T_1 - T_2), from pipe 1 to pipe 2
// Both conductances (W/(m K)) are given, or follow from what surrounds the pair (models/plant/twin_shells.hpp). In time each pipe
// exchanges with the mean of the other over its length: exact for the pair as a whole, and booked on both sides from one number.
// A step is displacement, loss, exchange, in as many parts as the fastest of them asks for (a twentieth of its time constant).
// With Step::steady the closed form of two streams that exchange heat along their way, in either direction.
// The return lies backwards along the supply: both flows positive is counterflow. docs/methods/twin_pipe.md.
#include <string>

#include "models/core/friction.hpp"
#include "models/plant/parcels.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/side.hpp"
#include "models/plant/twin_shells.hpp"

namespace hypocaust::plant {
namespace {

enum class TwinSurroundings : int { ground, air };
std::span<const std::string_view> names(TwinSurroundings) {
  static constexpr std::string_view list[] = {"ground", "air"};
  return list;
}

struct TwinPipe : ComponentBase {
  static constexpr std::array<BranchSpec, 2> branches{{{"supply.from", "supply.to"}, {"return.from", "return.to"}}};
  static constexpr bool follows_steady = false;
  struct Params {
    Side supply, back;
    double length_m = not_given, diameter_m = not_given, roughness_m = 5e-5, zeta = 0.0, loss_w_m_k = not_given,
           exchange_w_m_k = not_given, wall_j_m_k = not_given, wall_m = not_given;
    WallMaterial material = WallMaterial::steel;
    std::optional<Casing> casing;
    std::optional<Insulation> insulation;
    std::optional<Burial> burial;
    TwinSurroundings surroundings = TwinSurroundings::ground;
    Varying surroundings_temperature;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "twin_pipe", "Supply and return pipe that exchange heat, in one casing or beside each other.",
          {row<&Params::supply>("supply", "", {.need = required}, "stream through the one pipe"),
           row<&Params::back>("return", "", {.need = required},
                              "stream through the other, which begins where the supply ends (positive flows pass each other)"),
           row<&Params::length_m>("length", "m", {.need = required, .min = 0.01, .max = 1e5}, "of each"),
           row<&Params::diameter_m>("diameter", "m", {.need = required, .min = 1e-3, .max = 3}, "inner diameter of each"),
           row<&Params::roughness_m>("roughness", "mm", {.min = 0, .max = 10}, "wall roughness"),
           row<&Params::zeta>("minor_losses", "1", {.min = 0, .max = 1e4}, "sum of loss coefficients of each"),
           row<&Params::wall_m>("wall_thickness", "mm", {.above = 0, .max = 200}, "thickness of the walls"),
           row<&Params::material>("material", "", {}, "of the walls"),
           row<&Params::wall_j_m_k>("wall", "J/(m K)", {.need = derived, .min = 0, .max = 1e6},
                                    "heat capacity of each wall per metre; derived from its thickness"),
           row<&Params::casing>("casing", "", {}, "one casing around both"),
           row<&Params::insulation>("insulation", "", {}, "around each, where they have a casing of their own"),
           row<&Params::burial>("burial", "", {}, "soil around them; `spacing` with two casings only"),
           row<&Params::loss_w_m_k>(
               "loss", "W/(m K)", {.need = derived, .min = 0, .max = 100},
               "of each to the surroundings, both at the same temperature; derived from casing or insulation"),
           row<&Params::exchange_w_m_k>("exchange", "W/(m K)", {.need = derived, .min = 0, .max = 100},
                                        "from one to the other; derived from casing or insulation"),
           row<&Params::surroundings>("surroundings", "", {}, "what they lose heat to"),
           row<&Params::surroundings_temperature>("surroundings_temperature", "degC", {.min = -60, .max = 150},
                                                  "of what they lose heat to; left out: ground or air of the weather")});
      return s;
    }
  };
  // Per pipe: friction, content in the plug and at each stirred end. change_frac: what the pair's difference loses in a part.
  template <class R> struct Data {
    Friction<R> friction[2];
    R drag_pa_s_kg[2], minor[2], re_per_kg_s[2], velocity_per_kg_s[2], plug_kg[2], end_kg[2], cp_j_kg_k[2], keep[2], tau_s[2];
    R loss_w_k, exchange_w_k, exchange_tau_s, change_frac, parts, in_air, surroundings_given;
    R content_kg(int i) const { return plug_kg[i] + R(2) * end_kg[i]; }
    R content_j_k(int i) const { return content_kg(i) * cp_j_kg_k[i]; }
  };
  template <class R> struct Input : Condition<R> { R surroundings_temperature_c{10}; };
  template <class R> struct Content : Parcels<R> { R from_j_kg, to_j_kg; };  // plug, and the stirred shares at the two ends
  template <class R> struct State {
    Content<R> pipe[2];
    R exchange_w{0};  // of the last step, from supply to return
  };
  static constexpr std::array inputs{Slot<Input<double>>{"surroundings_temperature", "degC", "of what they lose heat to",
                                                         &Input<double>::surroundings_temperature_c}};
  static constexpr std::array states{
      Slot<State<double>>{"exchange", "W", "heat from supply to return", &State<double>::exchange_w}};
  static constexpr std::array channels{
      ChannelOf<TwinPipe>{"loss", "W", "heat lost to the surroundings by both",
                          [](const ViewOf<TwinPipe>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<TwinPipe>{"supply_velocity", "m/s", "mean velocity",
                          [](const ViewOf<TwinPipe>& v, int) { return v.branches[0].flow_kg_s * v.data.velocity_per_kg_s[0]; }},
      ChannelOf<TwinPipe>{"return_velocity", "m/s", "mean velocity",
                          [](const ViewOf<TwinPipe>& v, int) { return v.branches[1].flow_kg_s * v.data.velocity_per_kg_s[1]; }}};

  static bool meets_weather(const Params& p) { return p.loss_w_m_k > 0 && !p.surroundings_temperature.given(); }
  static void size(Params& p, const Fluid* f, Problems& problems) {
    const double ratio = p.roughness_m / p.diameter_m;
    if (ratio > rough_ratio_most)
      problems.error("roughness",
                     "is above a tenth of the diameter (no friction law holds there); give less, or another `diameter`");
    else if (!drop_grows(friction_of(f[0].friction, ratio)) || !drop_grows(friction_of(f[1].friction, ratio)))
      problems.error("roughness",
                     "does not go with the friction law of its circuit (the drop would fall with the flow between "
                     "`laminar_until` and `turbulent_from`); give another roughness, or another `friction` there");
    const WallProperties wall = properties(p.material);
    if (p.wall_j_m_k != p.wall_j_m_k)
      p.wall_j_m_k = p.wall_m > 0 ? wall.heat_j_m3_k * pi * p.wall_m * (p.diameter_m + p.wall_m) : 1000.0;
    const TwinShells shells{.inner_m = p.diameter_m,
                            .wall_m = p.wall_m,
                            .wall_w_m_k = wall.conductivity_w_m_k,
                            .casing = p.casing,
                            .insulation = p.insulation,
                            .burial = p.burial};
    const std::size_t before = problems.items.size();
    shells.check(problems);
    if (p.burial && p.surroundings == TwinSurroundings::air)
      problems.error("burial", "does not go with `surroundings: air`; remove one of the two");
    if (problems.items.size() > before) return;
    if (shells.described()) {
      const TwinLoss found = shells.loss();
      if (p.loss_w_m_k != p.loss_w_m_k) p.loss_w_m_k = found.loss_w_m_k;
      if (p.exchange_w_m_k != p.exchange_w_m_k) p.exchange_w_m_k = found.exchange_w_m_k;
      return;
    }
    for (const auto& [value, key] : {std::pair{p.loss_w_m_k, "loss"}, std::pair{p.exchange_w_m_k, "exchange"}})
      if (value != value)
        problems.error(key, "is missing (nothing describes what surrounds the pair); give it, or `casing` and `burial`");
  }
  // Share of the wall that is stirred at each end: see the pipe.
  static double end_share(const Params& p, const Fluid& f) {
    const double re = f.rho_kg_m3 * 0.5 * p.diameter_m / f.mu_pa_s, pr = f.mu_pa_s * f.cp_j_kg_k / f.k_w_m_k;
    const double nu = vmax(3.66, 0.023 * vpow(re, 0.8) * vpow(pr, 0.4)), ntu = 4.0 * nu / (re * pr) * p.length_m / p.diameter_m;
    return vmin(0.5, 1.0 / vsqrt(ntu));
  }
  static Data<double> derive(const Params& p, const Fluid* fluids) {
    const double d = p.diameter_m, l = p.length_m;
    Data<double> data{};
    for (int i = 0; i < 2; ++i) {
      const Fluid& f = fluids[i];
      const double water_kg = f.rho_kg_m3 * pi * d * d / 4.0 * l, wall_kg = p.wall_j_m_k * l / f.cp_j_kg_k;
      const double dynamic = 8.0 / (pi * pi * f.rho_kg_m3 * d * d * d * d), re_per_kg_s = 4.0 / (pi * d * f.mu_pa_s);
      data.friction[i] = friction_of(f.friction, p.roughness_m / d);
      data.drag_pa_s_kg[i] = dynamic * l / d / re_per_kg_s, data.minor[i] = dynamic * p.zeta, data.re_per_kg_s[i] = re_per_kg_s;
      data.velocity_per_kg_s[i] = 4.0 / (pi * d * d * f.rho_kg_m3), data.cp_j_kg_k[i] = f.cp_j_kg_k;
      data.end_kg[i] = vmax(wall_kg * end_share(p, f), 1e-6 * water_kg);
      data.plug_kg[i] = water_kg + wall_kg - 2.0 * data.end_kg[i];
      data.tau_s[i] = data.content_j_k(i) / vmax(p.loss_w_m_k * l, 1e-30);
    }
    data.loss_w_k = p.loss_w_m_k * l, data.exchange_w_k = p.exchange_w_m_k * l;
    data.exchange_tau_s = 1.0 / vmax(data.exchange_w_k * (1.0 / data.content_j_k(0) + 1.0 / data.content_j_k(1)), 1e-30);
    data.in_air = p.surroundings == TwinSurroundings::air ? 1.0 : 0.0;
    data.surroundings_given = meets_weather(p) ? 0.0 : 1.0;
    return data;
  }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    const R fastest_s = vmin(d.exchange_tau_s, vmin(d.tau_s[0], d.tau_s[1]));
    d.parts = vmax(R(1), -vfloor(R(-20.0 * dt_s) / fastest_s));  // ceiling of dt / (tau / 20)
    for (int i = 0; i < 2; ++i) d.keep[i] = vexp(-R(dt_s) / (d.parts * d.tau_s[i]));
    d.change_frac = R(1) - vexp(-R(dt_s) / (d.parts * d.exchange_tau_s));
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    for (int i = 0; i < 2; ++i) {
      fill<R>(s.pipe[i], d.plug_kg[i], R(t_c) * d.cp_j_kg_k[i]);
      s.pipe[i].from_j_kg = s.pipe[i].to_j_kg = R(t_c) * d.cp_j_kg_k[i];
    }
  }

  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    for (int i = 0; i < 2; ++i) {
      const R m = b[i].flow_kg_s, a = vmax(vabs(m), R(1e-6)), minor = d.minor[i] * a;
      const Drag<R> friction = drag(d.friction[i], a * d.re_per_kg_s[i]);
      const R hm = d.drag_pa_s_kg[i] * friction.value + minor, hp = d.drag_pa_s_kg[i] * friction.growth + R(2) * minor;
      b[i].conductance = R(1) / hp;
      b[i].offset_kg_s = m - b[i].conductance * hm * m;
      shut_off(b[i], in.available);
    }
  }

  // One part of the step of one pipe: what entered displaces, then all of it cools. Enthalpy that leaves, J; heat lost, J.
  template <class R> struct Moved { R out_j{0}, loss_j{0}; };
  template <class R>
  static Moved<R> move(const Data<R>& d, int i, Content<R>& s, R flow_kg_s, R total_kg, R keep, R h_in_j_kg, R h_ambient_j_kg) {
    const auto forward = flow_kg_s >= R(0);
    const R end_kg = d.end_kg[i], plug_kg = d.plug_kg[i], p = phi(total_kg / end_kg);  // a stirred end keeps p of its start
    R first = select(forward, s.from_j_kg, s.to_j_kg), last = select(forward, s.to_j_kg, s.from_j_kg);
    const R plug_j_kg = p * first + (R(1) - p) * h_in_j_kg;
    const Leaving<R> out = displace(s, total_kg, forward, plug_j_kg, plug_kg / R(parcel_places - parcel_spare));
    const R plug_j = out.enthalpy_j + out.through_kg * plug_j_kg, out_j = p * total_kg * last + (R(1) - p) * plug_j;
    first += p * total_kg * (h_in_j_kg - first) / end_kg, last += p * (plug_j - total_kg * last) / end_kg;
    const R loss_j = relax<R>(s, plug_kg, keep, h_ambient_j_kg) + (R(1) - keep) * end_kg * (first + last - R(2) * h_ambient_j_kg);
    first = first * keep + h_ambient_j_kg * (R(1) - keep), last = last * keep + h_ambient_j_kg * (R(1) - keep);
    s.from_j_kg = select(forward, first, last), s.to_j_kg = select(forward, last, first);
    rebase<R>(s, plug_kg);
    return {out_j, loss_j};
  }
  template <class R> static R content_j(const Data<R>& d, int i, const Content<R>& s) {
    return parcels_stored_j<R>(s, d.plug_kg[i]) + d.end_kg[i] * (s.from_j_kg + s.to_j_kg);
  }
  // Both relax towards the mean of the other: their difference loses the share `frac`. Returns the heat from the first to the other, J.
  template <class R> static R exchange(const Data<R>& d, State<R>& s, R frac) {
    R mean_c[2], out_j[2];
    const R both_j_k = d.content_j_k(0) + d.content_j_k(1);
    for (int i = 0; i < 2; ++i) mean_c[i] = content_j(d, i, s.pipe[i]) / d.content_j_k(i);
    for (int i = 0; i < 2; ++i) {
      Content<R>& own = s.pipe[i];
      const R keep = R(1) - frac * d.content_j_k(1 - i) / both_j_k, towards_j_kg = mean_c[1 - i] * d.cp_j_kg_k[i];
      out_j[i] = relax<R>(own, d.plug_kg[i], keep, towards_j_kg);
      for (R* end : {&own.from_j_kg, &own.to_j_kg}) {
        out_j[i] += (R(1) - keep) * d.end_kg[i] * (*end - towards_j_kg);
        *end = *end * keep + towards_j_kg * (R(1) - keep);
      }
    }
    return out_j[0];
  }
  // The whole step of both. h_in: enthalpy entering each.
  template <class R> struct Both { R out_j[2], loss_j, exchange_j; };
  template <class R>
  static Both<R> pass(const Step<R>& st, const Data<R>& d, State<R>& s, const Branch<R>* b, const R* h_in_j_kg, R ambient_c) {
    Both<R> all{{R(0), R(0)}, R(0), R(0)};
    for (R part = R(0); any(part < d.parts); part += R(1)) {
      const auto on = part < d.parts;
      for (int i = 0; i < 2; ++i) {
        const R total_kg = select(on, vabs(b[i].flow_kg_s) * R(st.dt_s) / d.parts, R(0));
        const Moved<R> moved = move<R>(d, i, s.pipe[i], b[i].flow_kg_s, total_kg, select(on, d.keep[i], R(1)), h_in_j_kg[i],
                                       ambient_c * d.cp_j_kg_k[i]);
        all.out_j[i] += moved.out_j, all.loss_j += moved.loss_j;
      }
      all.exchange_j += exchange<R>(d, s, select(on, d.change_frac, R(0)));
    }
    return all;
  }
  template <class R> static R surroundings_c(const Step<R>& st, const Data<R>& d, const Input<R>& in) {
    const R weather_c = d.in_air * st.outdoor_c + (R(1) - d.in_air) * st.ground_c;
    return select(d.surroundings_given > R(0), in.surroundings_temperature_c, weather_c);
  }

  // Steady: T' = -a T + b T_other along each stream's own way, excess over the surroundings, a = (loss + exchange) / (m cp),
  // b = exchange / (m cp), over the whole length. outlet[k][j]: excess leaving k for 1 K of excess entering j.
  template <class R> struct Outlets { R of[2][2]; };
  template <class R> static Outlets<R> steady_outlets(const Data<R>& d, const Branch<R>* b) {
    const R loss_w_k = vmax(d.loss_w_k, R(1e-6) * d.exchange_w_k + R(1e-12));  // balanced counterflow without any loss is a limit
    R a[2], x[2];
    for (int i = 0; i < 2; ++i) {
      const R capacity_w_k = vmax(vabs(b[i].flow_kg_s) * d.cp_j_kg_k[i], R(1e-6));
      a[i] = (loss_w_k + d.exchange_w_k) / capacity_w_k, x[i] = d.exchange_w_k / capacity_w_k;
    }
    const R mean = R(0.5) * (a[0] + a[1]), half = R(0.5) * (a[0] - a[1]);
    // Both the same way: exp of the matrix {-a0, x0; x1, -a1}, eigenvalues -mean +- root.
    const R root = vsqrt(half * half + x[0] * x[1]), slow = vexp(root - mean), fast = vexp(-root - mean);
    const R sum = R(0.5) * (slow + fast), over = slow * phi(R(2) * root);  // over: (slow - fast) / (2 root)
    // Each other's way: modes (1, near0) exp(down s) and (near1, 1) exp(up (s - 1)), s along the first, down <= 0 <= up.
    const R width_number = vsqrt(vmax(mean * mean - x[0] * x[1], R(0))), near0 = x[1] / (mean + width_number),
            near1 = x[0] / (mean + width_number);
    const R down_frac = vexp(-half - width_number), up_frac = vexp(half - width_number),
            det = R(1) - near0 * near1 * down_frac * up_frac;
    const auto same_way = b[0].flow_kg_s * b[1].flow_kg_s < R(0);
    return {{{select(same_way, sum - half * over, down_frac * (R(1) - near0 * near1) / det),
              select(same_way, x[0] * over, near1 * (R(1) - down_frac * up_frac) / det)},
             {select(same_way, x[1] * over, near0 * (R(1) - down_frac * up_frac) / det),
              select(same_way, sum + half * over, up_frac * (R(1) - near0 * near1) / det)}}};
  }
  template <class R> static HeatLaw<R, 2> steady_heat(const Data<R>& d, const Branch<R>* b, R ambient_c) {
    const Outlets<R> outlets = steady_outlets<R>(d, b);
    HeatLaw<R, 2> law{};
    for (int k = 0; k < 2; ++k) {
      const R m = vabs(b[k].flow_kg_s);
      law.base_w[k] = m * d.cp_j_kg_k[k] * ambient_c * (R(1) - outlets.of[k][0] - outlets.of[k][1]);
      for (int j = 0; j < 2; ++j) law.gain_kg_s[k][j] = m * outlets.of[k][j] * d.cp_j_kg_k[k] / d.cp_j_kg_k[j];
    }
    return law;
  }

  template <class R>
  static HeatLaw<R, 2> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    const R ambient_c = surroundings_c(st, d, in), dt_s = R(st.dt_s);
    if (st.steady) return steady_heat(d, b, ambient_c);
    HeatLaw<R, 2> law{};
    for (int i = 0; i < 2; ++i) {  // uncut: what leaves does so before it cools or exchanges
      const Content<R>& own = s.pipe[i];
      const auto forward = b[i].flow_kg_s >= R(0);
      const R total_kg = vabs(b[i].flow_kg_s) * dt_s, p = phi(total_kg / d.end_kg[i]), q = R(1) - p;
      const R first = select(forward, own.from_j_kg, own.to_j_kg), last = select(forward, own.to_j_kg, own.from_j_kg);
      const Leaving<R> out = leaving(own, total_kg, forward);
      law.base_w[i] = (p * total_kg * last + q * (out.enthalpy_j + out.through_kg * p * first)) / dt_s;
      law.gain_kg_s[i][i] = q * q * out.through_kg / dt_s;
    }
    const auto cut = d.parts > R(1);
    if (any(cut)) {  // affine in what enters: probes of the cut step give the law
      constexpr double probe_j_kg = 1e5;
      const R none[2] = {R(0), R(0)};
      State<R> cold = s;
      const Both<R> base = pass<R>(st, d, cold, b, none, ambient_c);
      for (int j = 0; j < 2; ++j) {
        const R one[2] = {j == 0 ? R(probe_j_kg) : R(0), j == 1 ? R(probe_j_kg) : R(0)};
        State<R> warm = s;
        const Both<R> probed = pass<R>(st, d, warm, b, one, ambient_c);
        for (int k = 0; k < 2; ++k)
          law.gain_kg_s[k][j] = select(cut, (probed.out_j[k] - base.out_j[k]) / (R(probe_j_kg) * dt_s), law.gain_kg_s[k][j]);
      }
      for (int k = 0; k < 2; ++k) law.base_w[k] = select(cut, base.out_j[k] / dt_s, law.base_w[k]);
    }
    return law;
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    if (st.steady) {  // the content stays as it is; each stream's loss follows from the two balances
      R gone_w[2];
      for (int i = 0; i < 2; ++i) gone_w[i] = vabs(b[i].flow_kg_s) * h_in_j_kg[i] - h_out_w[i];
      s.exchange_w = d.exchange_w_k * (gone_w[0] - gone_w[1]) / vmax(d.loss_w_k + R(2) * d.exchange_w_k, R(1e-12));
      return {.heat_out_j = (gone_w[0] + gone_w[1]) * R(st.dt_s)};
    }
    const Both<R> all = pass<R>(st, d, s, b, h_in_j_kg, surroundings_c(st, d, in));
    s.exchange_w = all.exchange_j / R(st.dt_s);
    return {.heat_out_j = all.loss_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return content_j<R>(d, 0, s.pipe[0]) + content_j<R>(d, 1, s.pipe[1]);
  }
};

}  // namespace
COMPONENT(TwinPipe, twin_pipe)
}  // namespace hypocaust::plant
