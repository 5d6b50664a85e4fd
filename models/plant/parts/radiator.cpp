// radiator: emits heat to a room of given temperature, as EN 442-2 rates it:
//
//   Q = Q_n (dT / dT_n)^n      dT = (T_in - T_out) / ln((T_in - T_room) / (T_out - T_room)), n about 1.3 for panels
//
// Water and metal are a chain of equal stirred elements, each with its own excess over the room to the power n; the conductance is
// set so that the nominal point is met exactly. A flowing stream then follows the formula within 2.5 % from a quarter to twice the
// nominal flow, and what stands cools by the same law. Within a step an element's conductance is that of its start and its temperature moves as the exact
// exponential: any flow x step is legal. The capacity is that of water and steel. docs/methods/radiator.md.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

constexpr int elements = 16;
constexpr double steel_j_kg_k = 490.0;  // VDI Heat Atlas 2010, section D6: unalloyed steel at 50 degC

struct Radiator : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr Accounts accounts{.heat_out = Account::delivered};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    double nominal_power_w = not_given, supply_c = 75.0, return_c = 65.0, room_c = 20.0, exponent = 1.3, water_kg = not_given,
           metal_kg = not_given, nominal_drop_pa = 5e3;
    Varying room_temperature;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "radiator", "Radiator that heats a room of given temperature (EN 442-2).",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                         "heat to the room at the nominal point"),
           row<&Params::supply_c>("nominal_supply", "degC", {.min = 10, .max = 130}, "inlet at the nominal point"),
           row<&Params::return_c>("nominal_return", "degC", {.min = 10, .max = 130}, "outlet at the nominal point"),
           row<&Params::room_c>("nominal_room", "degC", {.min = 0, .max = 40}, "room at the nominal point"),
           row<&Params::exponent>("exponent", "1", {.min = 1, .max = 1.6}, "n of the characteristic"),
           row<&Params::water_kg>("water", "kg", {.need = derived, .above = 0, .max = 1e6}, "content; derived: 5.8 kg a kW"),
           row<&Params::metal_kg>("metal", "kg", {.need = derived, .min = 0, .max = 1e7}, "steel; derived: 26.3 kg a kW"),
           row<&Params::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0, .max = 1000}, "pressure drop at nominal flow"),
           row<&Params::room_temperature>("room_temperature", "degC", {.min = -30, .max = 50},
                                          "of the room; left out: 20 degC")});
      return s;
    }
    void check(Problems& problems) const {
      if (return_c >= supply_c) problems.error("nominal_return", "is not below `nominal_supply` (it gives heat off); lower it");
      else if (room_c >= return_c)
        problems.error("nominal_room", "is not below `nominal_return` (a room cannot cool water below itself); lower it");
    }
  };
  // Conductance of an element: emission_w_k |T - T_room|^(exponent - 1).
  template <class R> struct Data { R k, nominal_kg_s, content_kg, cp_j_kg_k, emission_w_k, exponent; };
  template <class R> struct Input : Condition<R> { R room_c{20}; };
  template <class R> struct State { R h_j_kg[elements]; };
  static constexpr std::array inputs{Slot<Input<double>>{"room_temperature", "degC", "of the room", &Input<double>::room_c}};
  static constexpr std::array channels{
      ChannelOf<Radiator>{"heat", "W", "heat to the room",
                          [](const ViewOf<Radiator>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<Radiator>{"room_temperature", "degC", "of the room",
                          [](const ViewOf<Radiator>& v, int) { return v.input.room_c; }}};

  static void size(Params& p, const Fluid*, Problems&) {
    if (!(p.water_kg > 0)) p.water_kg = 5.8e-3 * p.nominal_power_w;
    if (!(p.metal_kg >= 0)) p.metal_kg = 26.3e-3 * p.nominal_power_w;
  }
  // Excess over the room at the outlet, in nominal flow and steady: T_before = T + emission T^n / (m cp) in each element.
  static double outlet_excess_k(double inlet_k, double emission_factor, double exponent) {
    double excess_k = inlet_k;
    for (int i = 0; i < elements; ++i) {
      const double before_k = excess_k;
      for (int n = 0; n < 50; ++n) {  // Newton on a convex function, from above its root
        const double emitted_k = emission_factor * vpow(excess_k, exponent);
        excess_k -= (excess_k + emitted_k - before_k) / (1.0 + exponent * emitted_k / excess_k);
      }
    }
    return excess_k;
  }
  static Data<double> derive(const Params& p, const Fluid* f) {
    const double nominal_kg_s = p.nominal_power_w / (f->cp_j_kg_k * (p.supply_c - p.return_c));
    double low = 0.0, high = 1e4;  // a larger emission leaves a colder outlet
    for (int k = 0; k < 100; ++k) {
      const double middle = 0.5 * (low + high);
      (outlet_excess_k(p.supply_c - p.room_c, middle, p.exponent) > p.return_c - p.room_c ? low : high) = middle;
    }
    return {.k = p.nominal_drop_pa / (nominal_kg_s * nominal_kg_s),
            .nominal_kg_s = nominal_kg_s,
            .content_kg = p.water_kg + p.metal_kg * steel_j_kg_k / f->cp_j_kg_k,
            .cp_j_kg_k = f->cp_j_kg_k,
            .emission_w_k = high * nominal_kg_s * f->cp_j_kg_k,
            .exponent = p.exponent};
  }
  template <class R> static void init(const Data<R>& d, State<R>& s, double t_c) {
    for (int i = 0; i < elements; ++i) s.h_j_kg[i] = R(t_c) * d.cp_j_kg_k;
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    quadratic(*b, d.k, R(0.01) * d.nominal_kg_s);
    shut_off(*b, in.available);
  }
  // One element over the step: mean enthalpy = base + gain x (mean enthalpy entering); it emits loss_kg_s x (mean - room).
  template <class R> struct Element {
    Index<R> place;
    R base_j_kg, gain, loss_kg_s;
  };
  template <class R>
  static Element<R> element(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, R flow_kg_s, int number) {
    using I = Index<R>;
    const I place = select(flow_kg_s >= R(0), I(number), I(elements - 1 - number));
    const R m = vabs(flow_kg_s), h0_j_kg = at(s.h_j_kg, place), mass_kg = d.content_kg / R(elements);
    const R excess_k = vmax(vabs(h0_j_kg / d.cp_j_kg_k - in.room_c), R(1e-3));
    const R loss_kg_s = in.capacity_frac * d.emission_w_k * vpow(excess_k, d.exponent - R(1)) / d.cp_j_kg_k;
    // h' = (m (h_in - h) + loss (h_room - h)) / mass, its step mean as in mixed().
    const R x = (m + loss_kg_s) * R(st.dt_s) / mass_kg, p = phi(x), rest = one_less_phi_over(x, p) * R(st.dt_s) / mass_kg;
    return {place, p * h0_j_kg + rest * loss_kg_s * in.room_c * d.cp_j_kg_k, rest * m, loss_kg_s};
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    R base_j_kg = R(0), gain = R(1);
    for (int i = 0; i < elements; ++i) {
      const Element<R> e = element<R>(st, d, in, s, b->flow_kg_s, i);
      base_j_kg = e.base_j_kg + e.gain * base_j_kg, gain *= e.gain;
    }
    const R m = vabs(b->flow_kg_s);
    return {{m * base_j_kg}, {{m * gain}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R*) {
    const R m = vabs(b->flow_kg_s), mass_kg = d.content_kg / R(elements);
    R enters_j_kg = h_in_j_kg[0], emitted_j = R(0);
    for (int i = 0; i < elements; ++i) {
      const Element<R> e = element<R>(st, d, in, s, b->flow_kg_s, i);
      const R mean_j_kg = e.base_j_kg + e.gain * enters_j_kg;
      const R out_j = e.loss_kg_s * (mean_j_kg - in.room_c * d.cp_j_kg_k) * R(st.dt_s);
      put(s.h_j_kg, e.place, at(s.h_j_kg, e.place) + (m * (enters_j_kg - mean_j_kg) * R(st.dt_s) - out_j) / mass_kg, m >= R(0));
      emitted_j += out_j, enters_j_kg = mean_j_kg;
    }
    return {.heat_out_j = emitted_j};
  }
  template <class R> static R stored_j(const Data<R>& d, const State<R>& s) {
    R sum = R(0);
    for (int i = 0; i < elements; ++i) sum += s.h_j_kg[i];
    return sum * d.content_kg / R(elements);
  }
};

}  // namespace
COMPONENT(Radiator, radiator)
}  // namespace hypocaust::plant
