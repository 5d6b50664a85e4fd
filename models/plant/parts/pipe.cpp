// pipe: plug flow with wall heat capacity and loss to the ground or the air; Darcy-Weisbach friction.
//
// Friction: models/core/friction.hpp, the pipe's own law or its circuit's. Loss: every parcel relaxes towards
// its surroundings exponentially with time constant content x cp / (loss x length). The wall
// adds to the mass a front must displace, and smears it, since heat reaches the wall through a film: a wall of W (kg of water)
// behind NTU = 4 St L / D film units delays a front by W / flow with variance 2 (W / flow)^2 / NTU (Schumann 1929). Two stirred
// shares of W / sqrt(NTU), one at each end, have that variance; the rest moves with the plug. St: Dittus-Boelter at 0.5 m/s
// (NTU follows flow to the power -0.2 only).
// A step longer than 1/20 of the time constant is cut inside the pipe. Valid for any flow, zero and reversed.
#include "models/plant/parcels.hpp"
#include "models/plant/pipe_shells.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

enum class Surroundings : int { ground, air };
std::span<const std::string_view> names(Surroundings) {
  static constexpr std::string_view list[] = {"ground", "air"};
  return list;
}

enum class PipeFriction : int { circuit, haaland, colebrook_white, swamee_jain, prandtl_nikuradse, nikuradse_sum };
std::span<const std::string_view> names(PipeFriction) {
  static constexpr std::string_view list[] = {"circuit",     "haaland",           "colebrook_white",
                                              "swamee_jain", "prandtl_nikuradse", "nikuradse_sum"};
  return list;
}

struct Pipe : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool follows_steady = false;
  struct Params {
    Ref from, to;
    double length_m = not_given, diameter_m = not_given, nominal_flow_m3_s = not_given, nominal_gradient_pa_m = 100.0;
    double roughness_m = 5e-5, loss_w_m_k = not_given, wall_j_m_k = not_given, zeta = 0.0;
    double wall_m = not_given, wall_w_m_k = not_given, wall_j_m3_k = not_given, film_w_m2_k = not_given;
    WallMaterial material = WallMaterial::steel;
    std::optional<Insulation> insulation;
    std::optional<Burial> burial;
    Surroundings surroundings = Surroundings::ground;
    Varying surroundings_temperature;
    PipeFriction friction = PipeFriction::circuit;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "pipe", "Pipe with friction, delay, wall and loss.",
          {row<&Params::from>("from", "", port, "node where positive flow enters"),
           row<&Params::to>("to", "", port, "node where it leaves"),
           row<&Params::length_m>("length", "m", {.need = required, .min = 0.01, .max = 1e5}, "length"),
           row<&Params::diameter_m>("diameter", "m", {.need = derived, .min = 1e-3, .max = 3},
                                    "inner diameter; derived from the nominal flow and gradient"),
           row<&Params::nominal_flow_m3_s>("nominal_flow", "m3/h", {.min = 1e-6, .max = 1e4},
                                           "flow at the nominal gradient, when no diameter is given"),
           row<&Params::nominal_gradient_pa_m>("nominal_gradient", "Pa/m", {.min = 1, .max = 5000},
                                               "pressure gradient at the nominal flow"),
           row<&Params::roughness_m>("roughness", "mm", {.min = 0, .max = 10}, "wall roughness"),
           row<&Params::loss_w_m_k>("loss", "W/(m K)", {.need = derived, .min = 0, .max = 100},
                                    "conductance to the surroundings per metre; derived from insulation, burial and film"),
           row<&Params::wall_j_m_k>("wall", "J/(m K)", {.need = derived, .min = 0, .max = 1e6},
                                    "heat capacity of the wall per metre; derived from its thickness"),
           row<&Params::wall_m>("wall_thickness", "mm", {.above = 0, .max = 200}, "thickness of the wall"),
           row<&Params::material>("material", "", {}, "of the wall"),
           row<&Params::wall_w_m_k>("wall_conductivity", "W/(m K)", {.above = 0, .max = 1000}, "instead of the material's"),
           row<&Params::wall_j_m3_k>("wall_heat", "MJ/(m3 K)", {.min = 0, .max = 10},
                                     "heat capacity of the wall by volume, instead of the material's"),
           row<&Params::insulation>("insulation", "", {}, "around the wall"),
           row<&Params::burial>("burial", "", {}, "soil around it"),
           row<&Params::film_w_m2_k>("film", "W/(m2 K)", {.above = 0, .max = 1e4}, "heat transfer from its outside to the air"),
           row<&Params::friction>("friction", "", {}, "friction law; `circuit`: what its circuit says"),
           row<&Params::zeta>("minor_losses", "1", {.min = 0, .max = 1e4}, "sum of loss coefficients of bends and fittings"),
           row<&Params::surroundings>("surroundings", "", {}, "what it loses heat to"),
           row<&Params::surroundings_temperature>("surroundings_temperature", "degC", {.min = -60, .max = 150},
                                                  "of what it loses heat to; left out: ground or air of the weather")});
      return s;
    }
  };
  template <class R> struct Data {
    Friction<R> friction;
    R drag_pa_s_kg, minor, re_per_kg_s, plug_kg, end_kg, per_end_kg, tau_s, cp_j_kg_k, in_air, surroundings_given, keep, parts,
        merge_below_kg, velocity_per_kg_s;
  };
  template <class R> struct Input : Condition<R> { R surroundings_temperature_c{10}; };
  template <class R> struct Ends { R from_j_kg, to_j_kg; };  // enthalpy of the stirred shares at the two ends
  template <class R> struct State : Ends<R>, Parcels<R> {};
  static constexpr std::array inputs{Slot<Input<double>>{"surroundings_temperature", "degC", "of what it loses heat to",
                                                         &Input<double>::surroundings_temperature_c}};
  static constexpr std::array channels{ChannelOf<Pipe>{"loss", "W", "heat lost to the surroundings",
                                                       [](const ViewOf<Pipe>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
                                       ChannelOf<Pipe>{"velocity", "m/s", "mean velocity", [](const ViewOf<Pipe>& v, int) {
                                                         return v.branches[0].flow_kg_s * v.data.velocity_per_kg_s;
                                                       }}};

  static bool meets_weather(const Params& p) { return p.loss_w_m_k > 0 && !p.surroundings_temperature.given(); }
  static FrictionChoice friction_choice(const Params& p, const Fluid& f) {
    FrictionChoice choice = f.friction;
    if (p.friction != PipeFriction::circuit) choice.law = static_cast<FrictionLaw>(static_cast<int>(p.friction) - 1);
    return choice;
  }
  static double gradient_pa_m(const Params& p, const Fluid& f, double flow_kg_s) {
    const double re = 4.0 * flow_kg_s / (pi * p.diameter_m * f.mu_pa_s), d2 = p.diameter_m * p.diameter_m;
    const Friction<double> law = friction_of(friction_choice(p, f), vmin(p.roughness_m / p.diameter_m, rough_ratio_most));
    return drag(law, re).value / re * 8.0 * flow_kg_s * flow_kg_s / (pi * pi * f.rho_kg_m3 * d2 * d2 * p.diameter_m);
  }
  static void size(Params& p, const Fluid* f, Problems& problems) {
    if (p.diameter_m != p.diameter_m && !(p.nominal_flow_m3_s > 0)) {
      problems.error("diameter", "is missing (it cannot be derived without `nominal_flow`); give one of the two");
      return;
    }
    if (p.diameter_m != p.diameter_m) {
      double low_m = 1e-3, high_m = 3.0;  // the gradient falls with the diameter
      for (int k = 0; k < 60; ++k) {
        p.diameter_m = 0.5 * (low_m + high_m);
        (gradient_pa_m(p, f[0], p.nominal_flow_m3_s * f[0].rho_kg_m3) > p.nominal_gradient_pa_m ? low_m : high_m) = p.diameter_m;
      }
    }
    check_roughness(p, f[0], problems);
    size_shells(p, problems);
  }
  static void size_shells(Params& p, Problems& problems) {
    const WallProperties wall = properties(p.material);
    const Shells shells{.inner_m = p.diameter_m,
                        .wall_m = p.wall_m,
                        .wall_w_m_k = p.wall_w_m_k > 0 ? p.wall_w_m_k : wall.conductivity_w_m_k,
                        .insulation = p.insulation,
                        .burial = p.burial,
                        .film_w_m2_k = p.film_w_m2_k};
    const std::size_t before = problems.items.size();
    shells.check(problems);
    const bool described = (p.insulation || p.burial || p.film_w_m2_k > 0) && problems.items.size() == before;
    if (p.burial && p.surroundings == Surroundings::air)
      problems.error("burial", "does not go with `surroundings: air`; remove one of the two");
    if (p.loss_w_m_k != p.loss_w_m_k) p.loss_w_m_k = described ? shells.loss_w_m_k() : 0.2;
    const double outer_m = shells.wall_outer_m(), heat_j_m3_k = p.wall_j_m3_k >= 0 ? p.wall_j_m3_k : wall.heat_j_m3_k;
    if (p.wall_j_m_k != p.wall_j_m_k)
      p.wall_j_m_k = p.wall_m > 0 ? heat_j_m3_k * pi / 4 * (outer_m * outer_m - p.diameter_m * p.diameter_m) : 1000.0;
  }
  static void check_roughness(const Params& p, const Fluid& f, Problems& problems) {
    const FrictionChoice choice = friction_choice(p, f);
    const double ratio = p.roughness_m / p.diameter_m;
    if (ratio > rough_ratio_most)
      problems.error("roughness",
                     "is above a tenth of the diameter (no friction law holds there); give less, or another `diameter`");
    else if (choice.turbulent_reynolds > 4 * choice.laminar_reynolds || drop_grows(friction_of(choice, ratio)))
      return;  // a passage that wide is told at the circuit
    else if (choice.law != FrictionLaw::prandtl_nikuradse)
      problems.error("roughness",
                     "makes the drop fall with the flow between `laminar_until` and `turbulent_from` of the circuit; bring these "
                     "nearer to each other, or give another roughness");
    else
      problems.error("roughness",
                     "is too small for `friction: " + std::string(names(choice.law)[static_cast<std::size_t>(choice.law)]) +
                         "` (a law of fully rough flow); give more, or `friction: colebrook_white`");
  }
  // Share of the wall that is stirred at each end.
  static double end_share(const Params& p, const Fluid& f) {
    const double re = f.rho_kg_m3 * 0.5 * p.diameter_m / f.mu_pa_s, pr = f.mu_pa_s * f.cp_j_kg_k / f.k_w_m_k;
    const double nu = vmax(3.66, 0.023 * vpow(re, 0.8) * vpow(pr, 0.4)), ntu = 4.0 * nu / (re * pr) * p.length_m / p.diameter_m;
    return vmin(0.5, 1.0 / vsqrt(ntu));
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double d = p.diameter_m, l = p.length_m, d4 = d * d * d * d, water_kg = f->rho_kg_m3 * pi * d * d / 4.0 * l;
    const double wall_kg = p.wall_j_m_k * l / f->cp_j_kg_k, content_kg = water_kg + wall_kg;
    const double end_kg = vmax(wall_kg * end_share(p, *f), 1e-6 * water_kg), plug_kg = content_kg - 2.0 * end_kg,
                 dynamic = 8.0 / (pi * pi * f->rho_kg_m3 * d4);
    const double re_per_kg_s = 4.0 / (pi * d * f->mu_pa_s);
    return {.friction = friction_of(friction_choice(p, *f), p.roughness_m / d),
            .drag_pa_s_kg = dynamic * l / d / re_per_kg_s,
            .minor = dynamic * p.zeta,
            .re_per_kg_s = re_per_kg_s,
            .plug_kg = plug_kg,
            .end_kg = end_kg,
            .per_end_kg = 1.0 / end_kg,
            .tau_s = content_kg * f->cp_j_kg_k / vmax(p.loss_w_m_k * l, 1e-9),
            .cp_j_kg_k = f->cp_j_kg_k,
            .in_air = p.surroundings == Surroundings::air ? 1.0 : 0.0,
            .surroundings_given = meets_weather(p) ? 0.0 : 1.0,
            .keep = 1.0,
            .parts = 1.0,
            .merge_below_kg = plug_kg / (parcel_places - parcel_spare),
            .velocity_per_kg_s = 4.0 / (pi * d * d * f->rho_kg_m3)};
  }
  template <class R> static void prepare(Data<R>& d, double dt_s) {
    d.parts = vmax(R(1), -vfloor(R(-20.0 * dt_s) / d.tau_s));  // ceiling of dt / (tau / 20)
    d.keep = vexp(-R(dt_s) / (d.parts * d.tau_s));
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    fill<R>(s, d.plug_kg, R(t_c) * d.cp_j_kg_k);
    s.from_j_kg = s.to_j_kg = R(t_c) * d.cp_j_kg_k;
  }

  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    // h = dp / m and the slope of dp.
    const R m = b->flow_kg_s, a = vmax(vabs(m), R(1e-6)), minor = d.minor * a;
    const Drag<R> friction = drag(d.friction, a * d.re_per_kg_s);
    const R hm = d.drag_pa_s_kg * friction.value + minor, hp = d.drag_pa_s_kg * friction.growth + R(2) * minor;
    b->conductance = R(1) / hp;
    b->offset_kg_s = m - b->conductance * hm * m;
    shut_off(*b, in.available);
  }

  // A stirred end keeps the share p = phi(mass through / its mass) of its start in its step mean: (1 - p) of what comes, exact
  // for a steady inlet. What heat() finds along the pipe is left for advance().
  template <class R> struct Scratch {
    R through_kg, kept_frac;
    Leaving<R> out;
  };
  template <class R, class Mask> static Scratch<R> look(const Data<R>& d, const State<R>& s, R through_kg, Mask forward) {
    return {through_kg, phi(through_kg * d.per_end_kg), leaving(s, through_kg, forward)};
  }
  template <class R> static auto alone(const Data<R>& d) { return d.parts > R(1); }  // probes copies of its state: no packs
  template <class R> struct Moved { R out_j, loss_j; };
  // Displaces, then cools. met: the stirred ends, the one the stream meets first as `from`.
  template <class R, class Mask> static Moved<R> move_once(const Data<R>& d, State<R>& s, const Scratch<R>& w, Mask forward,
                                                           R keep_frac, R h_in_j_kg, R h_ambient_j_kg, Ends<R>& met) {
    const R p = w.kept_frac, total_kg = w.through_kg;
    R &first = met.from_j_kg, &last = met.to_j_kg;
    const R into_j_kg = p * first + (R(1) - p) * h_in_j_kg;
    push(s, w.out, total_kg, forward, into_j_kg, d.merge_below_kg);
    const R plug_j = w.out.enthalpy_j + w.out.through_kg * into_j_kg, out_j = p * total_kg * last + (R(1) - p) * plug_j;
    first += p * total_kg * (h_in_j_kg - first) * d.per_end_kg, last += p * (plug_j - total_kg * last) * d.per_end_kg;
    const R lost_frac = R(1) - keep_frac;
    const R loss_j =
        relax(s, d.plug_kg, keep_frac, h_ambient_j_kg) + lost_frac * d.end_kg * (first + last - R(2) * h_ambient_j_kg);
    first = first * keep_frac + h_ambient_j_kg * lost_frac, last = last * keep_frac + h_ambient_j_kg * lost_frac;
    rebase(s, d.plug_kg);
    return {out_j, loss_j};
  }
  // The step, in `parts` parts where it is long. w: look() before it, for the pipes that are not cut.
  template <class R> static Moved<R> move(const Data<R>& d, State<R>& s, const Scratch<R>& w, R flow_kg_s, double dt_s,
                                          R h_in_j_kg, R h_ambient_j_kg) {
    const auto forward = flow_kg_s >= R(0);
    Ends<R> met{select(forward, s.from_j_kg, s.to_j_kg), select(forward, s.to_j_kg, s.from_j_kg)};
    Moved<R> moved{R(0), R(0)};
    if (!any(alone(d))) {
      moved = move_once(d, s, w, forward, d.keep, h_in_j_kg, h_ambient_j_kg, met);
    } else {
      for (R i = R(0); any(i < d.parts); i += R(1)) {
        const auto on = i < d.parts;
        Scratch<R> part = look(d, s, select(on, vabs(flow_kg_s) * R(dt_s) / d.parts, R(0)), forward);
        part.kept_frac = select(on, part.kept_frac, R(1));
        const Moved<R> more = move_once(d, s, part, forward, select(on, d.keep, R(1)), h_in_j_kg, h_ambient_j_kg, met);
        moved.out_j += more.out_j, moved.loss_j += more.loss_j;
      }
    }
    s.from_j_kg = select(forward, met.from_j_kg, met.to_j_kg), s.to_j_kg = select(forward, met.to_j_kg, met.from_j_kg);
    return moved;
  }
  template <class R> static R ambient_j_kg(const Step<R>& st, const Data<R>& d, const Input<R>& in) {
    const R weather_c = d.in_air * st.outdoor_c + (R(1) - d.in_air) * st.ground_c;
    return select(d.surroundings_given > R(0), in.surroundings_temperature_c, weather_c) * d.cp_j_kg_k;
  }
  // Steady: the stream relaxes towards its surroundings over the time it takes from end to end.
  template <class R> static HeatLaw<R, 1> steady_heat(const Data<R>& d, R flow_kg_s, R h_ambient_j_kg) {
    const R keep = vexp(-(d.plug_kg + R(2) * d.end_kg) / (d.tau_s * vmax(flow_kg_s, R(1e-12))));
    return {{flow_kg_s * (R(1) - keep) * h_ambient_j_kg}, {{flow_kg_s * keep}}};
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s,
                                               const Branch<R>* b, Scratch<R>& w) {
    if (st.steady) return steady_heat(d, vabs(b->flow_kg_s), ambient_j_kg(st, d, in));
    const auto forward = b->flow_kg_s >= R(0);
    const R per_s = R(1 / st.dt_s), total = vabs(b->flow_kg_s) * R(st.dt_s);
    const R first = select(forward, s.from_j_kg, s.to_j_kg), last = select(forward, s.to_j_kg, s.from_j_kg);
    w = look(d, s, total, forward);
    const R p = w.kept_frac, q = R(1) - p;
    const R base_j = p * total * last + q * (w.out.enthalpy_j + w.out.through_kg * p * first), gain_kg = q * q * w.out.through_kg;
    HeatLaw<R, 1> law{{base_j * per_s}, {{gain_kg * per_s}}};
    const auto cut = alone(d);
    if (any(cut)) {  // affine in h_in_j_kg: two probes of the cut step give the law
      State<R> cold = s, warm = s;
      const R h = ambient_j_kg(st, d, in), cold_j = move(d, cold, w, b->flow_kg_s, st.dt_s, R(0), h).out_j;
      const R slope_kg = (move(d, warm, w, b->flow_kg_s, st.dt_s, R(1e5), h).out_j - cold_j) * R(1e-5);
      law.base_w[0] = select(cut, cold_j * per_s, law.base_w[0]);
      law.gain_kg_s[0][0] = select(cut, slope_kg * per_s, law.gain_kg_s[0][0]);
    }
    return law;
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w, const Scratch<R>& w) {
    if (st.steady) return {.heat_out_j = (vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0]) * R(st.dt_s)};
    return {.heat_out_j = move(d, s, w, b->flow_kg_s, st.dt_s, h_in_j_kg[0], ambient_j_kg(st, d, in)).loss_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    return parcels_stored_j<R>(s, d.plug_kg) + d.end_kg * (s.from_j_kg + s.to_j_kg);
  }
};

}  // namespace
COMPONENT(Pipe, pipe)
}  // namespace hypocaust::plant
