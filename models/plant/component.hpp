// What a component type is. A type is ONE file in parts/: a struct with the pieces below, ended by COMPONENT(...), and one
// word in the list of registry.cpp. From that entry come YAML keys, messages, channels, control inputs and property tests.
//
// Laws are templates on Real: `double`, or lanes (models/core/math.hpp has the vocabulary). Data, Input and State hold
// only Real (counters too) and are trivially copyable: State and Input live in the plant's arena, so a snapshot is a copy.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "models/core/fluids.hpp"
#include "models/core/light.hpp"
#include "models/core/math.hpp"
#include "models/core/schema.hpp"

namespace hypocaust::plant {

// One flow path through a component. Ports are dotted keys of Params that are Ref rows ("hot.from", "at").
// "" is outside (the gas side of a vessel, the world beyond a boundary: what enters from there brings h_in = 0); "~" is a private node of the component, where its inner branches meet.
struct BranchSpec {
  std::string_view from, to;
  bool own_unknown = false;  // the flow stays an unknown and the component gives one Row (remote target, exact pressure)
  bool fixed_flow = false;   // its law is always fixed_flow(): two in series are a structural fault
  bool optional = false;     // its port may be left out: the branch is then shut, and hidden
};

// In: the iterate (dp includes density x g x height; flow counts from `from` to `to`).
// Out: flow = offset_kg_s + conductance * dp, with conductance >= 0. Resistive: the tangent at the iterate; closed: 0, 0;
// fixed flow: conductance 0; flow-limited: whichever of the two holds; pressure reference: 0.01, -0.01 p, or a Row.
template <class R> struct Branch { R flow_kg_s, dp_pa, conductance, offset_kg_s; };
// own_unknown only: flow_c * flow + dp_c * dp + sensor_c * (p_high - p_low) = rhs, the sensors' nodes named in `sensors`.
template <class R> struct Row { R flow_c, dp_c, sensor_c, rhs, sensor_pa; };

// Step-mean enthalpy flow leaving branch k (W) = base_w[k] + sum over j of gain_kg_s[k][j] * (enthalpy entering branch j, J/kg).
template <class R, int N> struct HeatLaw {
  static constexpr int places = std::max(N, 1);  // no array is empty
  R base_w[places];
  R gain_kg_s[places][places];
};

// What crosses a component's boundary over a step other than by its branches, J.
// Balance: enthalpy in - out + power_in + heat_in - heat_out = change of stored.
template <class R> struct Ledger {
  R power_in_j{0};  // electricity that ends as heat in the component or its fluid
  R heat_in_j{0};   // heat in (rack, burner); negative flows are legal for exchange with ambient
  R heat_out_j{0};  // heat out (to a user, to air, loss)
  R electricity_j{
      0};  // at the terminals, for meters (a pump's includes power_in_j and its motor loss; a fan's heat leaves with the air)
  R fuel_j{0};    // chemical energy burnt, lower heating value
  R wanted_j{0};  // heat asked for by a consumer whose heat_out is what it got
};

// Where the numbers of a type's Ledger are booked (meters; words of docs/methods/kpi.md).
// supplied and drawn: heat that a network's boundaries and prescribed sources bring in (negative: take out), or take out.
enum class Account : int {
  none,
  it,
  pump,
  fan,
  heat_pump,
  room_cooling,
  auxiliary,
  backup,
  delivered,
  rejected,
  ambient,
  supplied,
  drawn
};
struct Accounts {
  Account electricity = Account::none;
  Account heat_in = Account::none;
  Account heat_out = Account::ambient;  // ambient: a loss while positive, an ambient gain while negative
};

// Weather and time as the laws see them: means over the (sub-)step.
template <class R> struct Step {
  double dt_s;
  R outdoor_c, wet_bulb_c, ground_c;
  R humidity_ratio_kg_kg{0}, wind_m_s{0}, sky_c{0};  // of the outdoor air; black sky of the same long-wave radiation
  Light<R> light{};                                  // irradiance_w_m2(light, normal) is that of a surface
  bool steady = false;  // every input has stood for ever: a pipe passes what enters, cooled, and keeps its content as it is
};

// What a component that rejects heat could reject at full: exchanged_w_k (entering coolant - air).
template <class R> struct Rejection { R exchanged_w_k, air_c; };

// The condition every component has from the first day. Every Input derives from it.
template <class R> struct Condition {
  R available{1};      // 1 works, 0 out of order
  R capacity_frac{1};  // share of nominal capacity left (fouling, wear)
};

// What a heat user tells of a step beside the heat it took by its branches (docs/methods/heat_user.md), J and s. The fuel or
// electricity of its own backup is in its Ledger; its other electricity is nobody's but its own.
struct Need {
  double demand_j = 0;  // heat wanted: with it the user would have had its set-points
  double backup_j = 0;  // heat from its own backup
  double unmet_j = 0;   // wanted, and given by nobody
  double short_s = 0;   // time with a room or water below its comfort limit
};

// What a record holds of a number over its interval: the mean over time, the mean weighted by the component's electricity (a
// coefficient of performance), or the value at the end (a mode).
enum class Over : int { time, electricity, end };

// A named number in a component's Input or State, reachable by controllers, schedules and the recorder.
template <class Owner> struct Slot {
  std::string_view name, unit, doc;
  double Owner::*member;
  Over over = Over::time;
};
// What an input is while a heat user is shut (fault demand_off), in the input's own unit.
struct Shut {
  std::string_view input;
  double value;
};
// A derived channel, computed after the step. count: number of columns (layers of a tank), normally 1.
template <class D, class I, class S> struct View {
  const D& data;
  const I& input;
  const S& state;
  const Branch<double>* branches;
  const double* h_in_j_kg;  // enthalpy that entered each branch
  const double* h_out_w;    // enthalpy flow that left each branch
  const Ledger<double>& ledger;
  double dt_s;
};

struct ComponentBase {  // defaults: no state, no inputs beyond the condition, no sensors, heat passes unchanged
  template <class R> struct Data { R unused{0}; };
  template <class R> struct Input : Condition<R> {};
  template <class R> struct State { R unused{0}; };
  static constexpr std::array<std::string_view, 0> sensors{};  // ports read by a regulated branch: {high, low}
  static constexpr bool affine = true;                         // false: heat() also reads its inlets' iterate and is asked again
  static constexpr Accounts accounts{};
  static constexpr bool can_fail = true, can_wear = false;  // its laws read `available`; they read `capacity_frac`
  static constexpr bool follows_steady = true;              // false: in a steady step its content stays as it is
};
// A component adds:
//   static constexpr std::array<BranchSpec, N> branches            N may be 0
//   struct Params with its rows; static const Schema& schema()      name of the schema = the word of `type:`
//   static bool fixes_flow(const Params&)      optional: what BranchSpec::fixed_flow says, where it depends on the parameters
//   static bool meets_weather(const Params&)   optional: whether its laws read the weather in Step; without it they do not
//   static void size(Params&, const Fluid* of_each_branch, Problems&)   optional: nominal point -> what was not given (NaN)
//   static Data<double> derive(const Params&, const Fluid* of_each_branch)
//   template <class R> static void prepare(Data<R>&, double dt_s)       optional; called when the length of the step changes
//   template <class R> static void init(const Data<R>&, State<R>&, double t_c)   optional; t_c: the circuit's initial temperature
//   template <class R> static void hydraulics(const Data<R>&, const Input<R>&, const State<R>&, Branch<R>*)
//     or hydraulics_row(const Data<R>&, const Input<R>&, State<R>&, Branch<R>*, Row<R>*) for own_unknown: the one law that writes state, its mode
//   template <class R> static HeatLaw<R, N> heat(const Step<R>&, const Data<R>&, const Input<R>&, const State<R>&, const Branch<R>* [, const R* h_in])
//     optional; reads state, never writes it. With affine = false it takes the iterate of its inlet enthalpies too
//   template <class R> static Ledger<R> advance(const Step<R>&, const Data<R>&, const Input<R>&, State<R>&, const Branch<R>*, const R* h_in, const R* h_out_w)
//     optional; the only writer of state
//   template <class R> struct Scratch   optional: what heat() finds and advance() need not find again, passed to both as one more
//     argument, last; heat() writes it. Not state: nothing of it outlives the step
//   template <class R> static Scratch<R> once(const Step<R>&, const Data<R>&, const Input<R>&, const State<R>&, const Branch<R>*)
//     optional, with affine = false: the part of heat() that does not depend on the inlets, which are tried more than once. It makes
//     the scratch; heat() and advance() only read it
//   template <class R> static R stored_j(const Data<R>&, const State<R>&)    optional
//   template <class R> static Rejection<R> most_rejected(const Step<R>&, const Data<R>&, const Input<R>&)    optional: of dump plant
//   static constexpr bool heat_user = true     optional: a `type:` of heat_users. Its ports are in an optional record `connection`
//                                              (user_connection.hpp); where that is left out, an ideal source meets them. It also has
//   static Need need(const ViewOf<T>&)                 what it wanted and lacked, asked after the step
//   static double asks_c(const Step<double>&, const Data<double>&, const Input<double>&, const State<double>&)
//                                              the supply temperature it would like now: what its ideal source sends
//   static constexpr std::array shut{Shut{...}}    optional, of a heat user: its inputs while nobody is there
//   A Varying row whose key is the name of an input: a user may write that input as a constant or a series
//   static constexpr Slot<Input<double>> inputs[]; Slot<State<double>> states[]   optional: what others may set; what is recorded
//   static std::string_view reason(const State<double>&)            optional: the mode it is in; its changes are logged as events
//   static constexpr ChannelOf<T> channels[]                         optional: {name, unit, doc, [](const ViewOf<T>&, int k) {...}}
// Heat is booked once: exchange between two branches is q0 h0 - q1 h1, taken from one and given to the other.
// Floors belong only in ratios, never on m cp. What makes heat holds mass (mixed()).

template <class T> using ViewOf =
    View<typename T::template Data<double>, typename T::template Input<double>, typename T::template State<double>>;
template <class T> struct ChannelOf {
  std::string_view name, unit, doc;
  double (*value)(const ViewOf<T>&, int column);
  int (*count)(const typename T::template Data<double>&) = nullptr;  // nullptr: one column
  Over over = Over::time;
};

// dp = k m (|m| + toe) - extra_pa: valves, exchangers, pump curves. The toe (kg/s) keeps the slope finite at rest.
template <class R> void quadratic(Branch<R>& b, R k, R toe_kg_s, R extra_pa = R(0)) {
  // The iterate's flow gives the tangent: h(m) = k m (|m| + toe) - extra; h'(m) = k (2 |m| + toe).
  const R m = b.flow_kg_s, a = vabs(m), slope = k * (R(2) * a + toe_kg_s);
  b.conductance = R(1) / slope;
  b.offset_kg_s = m - b.conductance * (k * m * (a + toe_kg_s) - extra_pa);
}
template <class R> void closed(Branch<R>& b) { b.conductance = R(0), b.offset_kg_s = R(0); }
// Shut-off valves: what is not available passes nothing.
template <class R> void shut_off(Branch<R>& b, R available) {
  const auto open = available >= R(0.5);
  b.conductance = select(open, b.conductance, R(0)), b.offset_kg_s = select(open, b.offset_kg_s, R(0));
}
template <class R> void fixed_flow(Branch<R>& b, R flow_kg_s) { b.conductance = R(0), b.offset_kg_s = flow_kg_s; }

// A stirred content of `mass` kg at enthalpy h0 (J/kg) at the start of the step, fed with `flow` kg/s (>= 0) and heat_w (W):
// exact exponential, legal for any flow x step, zero flow included. Step-mean outlet enthalpy FLOW = base_w + gain_kg_s * h_in;
// the content at the end of the step follows from the balance.
template <class R> struct Mixed { R base_w, gain_kg_s; };
// (1 - phi) / x for phi = phi(x), written so that x = 0 is ordinary.
template <class R> R one_less_phi_over(R x, R phi_value) {
  const auto small = x < R(1e-4);
  return select(small, R(0.5) - x * R(1.0 / 6), (R(1) - phi_value) / select(small, R(1), x));
}
template <class R> Mixed<R> mixed(R flow_kg_s, R heat_w, R h0_j_kg, R mass_kg, double dt_s) {
  // h' = (flow (h_in - h) + heat) / mass. With x = flow dt / mass the step mean of h is h0 phi(x) + (1 - phi(x)) (h_in + heat / flow);
  // flow times that:
  const R x = flow_kg_s * R(dt_s) / mass_kg, p = phi(x), rest = one_less_phi_over(x, p);
  return {flow_kg_s * p * h0_j_kg + heat_w * x * rest, flow_kg_s * x * rest};
}

}  // namespace hypocaust::plant
