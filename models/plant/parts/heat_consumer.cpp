// heat_consumer: takes a given flow and a given heat, as published networks prescribe their consumers. Two of flow, power,
// temperature_drop and return_temperature say both:
//   flow + power, flow + temperature_drop, flow + return_temperature: the heat follows from the stream that arrives;
//   power + temperature_drop: flow = power / (cp temperature_drop);
//   power + return_temperature: flow = power / (cp (inlet - return_temperature)), inlet as of the step before.
// It passes its flow whatever the pressure (compare heat_user, whose valve can only throttle), never warms the stream unless
// `power` is negative, and never cools it below 0 degC. docs/methods/boundaries.md.
#include <string>

#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

constexpr double least_drop_k = 1.0;  // power + return_temperature: a colder inlet draws no more than at this drop

struct HeatConsumer : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "from", .to = "to", .fixed_flow = true}}};
  static constexpr bool affine = false;  // the heat is limited by what the stream carries
  static constexpr Accounts accounts{.heat_out = Account::delivered};
  struct Params {
    Ref from, to;
    Varying flow, power, temperature_drop, return_temperature;
    void check(Problems& problems) const {
      const int given = flow.given() + power.given() + temperature_drop.given() + return_temperature.given();
      if (given != 2)
        problems.error("", std::to_string(given) +
                               " of flow, power, temperature_drop and return_temperature are given (two say "
                               "what it takes); write two of them");
      else if (temperature_drop.given() && return_temperature.given())
        problems.error("return_temperature",
                       "does not go with temperature_drop (neither says how much flows); give flow or power in place of one");
    }
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "heat_consumer", "Prescribed consumer: two of flow, power, temperature_drop and return_temperature.",
          {row<&Params::from>("from", "", port, "supply node"), row<&Params::to>("to", "", port, "return node"),
           row<&Params::flow>("flow", "kg/s", {.min = 0, .max = 1e5}, "flow it passes"),
           row<&Params::power>("power", "kW", {.min = -1e6, .max = 1e6}, "heat it takes"),
           row<&Params::temperature_drop>("temperature_drop", "K", {.above = 0, .max = 150}, "by which the stream leaves colder"),
           row<&Params::return_temperature>("return_temperature", "degC", {.min = 0, .max = 150}, "at which the stream leaves")});
      return s;
    }
  };
  // Which of the keys are given: 1 or 0.
  template <class R> struct Data { R cp_j_kg_k, flow_given, power_given, drop_given; };
  template <class R> struct Input : Condition<R> { R flow_kg_s{0}, power_w{0}, temperature_drop_k{0}, return_temperature_c{0}; };
  template <class R> struct State { R inlet_c{20}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"flow", "kg/s", "flow it passes", &Input<double>::flow_kg_s},
      Slot<Input<double>>{"power", "W", "heat it takes", &Input<double>::power_w},
      Slot<Input<double>>{"temperature_drop", "K", "by which the stream leaves colder", &Input<double>::temperature_drop_k},
      Slot<Input<double>>{"return_temperature", "degC", "at which the stream leaves", &Input<double>::return_temperature_c}};
  static constexpr std::array channels{
      ChannelOf<HeatConsumer>{"heat", "W", "heat taken",
                              [](const ViewOf<HeatConsumer>& v, int) { return v.ledger.heat_out_j / v.dt_s; }},
      ChannelOf<HeatConsumer>{"requested", "W", "heat asked for",
                              [](const ViewOf<HeatConsumer>& v, int) { return v.ledger.wanted_j / v.dt_s; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.cp_j_kg_k = f->cp_j_kg_k,
            .flow_given = p.flow.given() ? 1.0 : 0.0,
            .power_given = p.power.given() ? 1.0 : 0.0,
            .drop_given = p.temperature_drop.given() ? 1.0 : 0.0};
  }
  template <class R> static void init(const Data<R>&, State<R>& s, double t_c) { s.inlet_c = R(t_c); }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& s, Branch<R>* b) {
    const R drop_k = select(d.drop_given > R(0), vmax(in.temperature_drop_k, R(1e-3)),
                            vmax(s.inlet_c - in.return_temperature_c, R(least_drop_k)));
    fixed_flow(*b, in.available * select(d.flow_given > R(0), in.flow_kg_s, vmax(in.power_w, R(0)) / (d.cp_j_kg_k * drop_k)));
  }
  template <class R> static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const Input<R>& in, const State<R>&,
                                               const Branch<R>* b, const R* h_in_j_kg) {
    const R m = vabs(b->flow_kg_s), in_w = m * h_in_j_kg[0], carried_w = vmax(in_w, R(0));
    const R heat_given = vmax(d.power_given * d.flow_given, d.drop_given), return_w = m * d.cp_j_kg_k * in.return_temperature_c;
    const R taken_w = in.available * select(d.drop_given > R(0), m * d.cp_j_kg_k * in.temperature_drop_k, in.power_w);
    // A given heat, but no more than the stream carries above 0 degC; or a given outlet, which is no gain.
    const R base =
        select(heat_given > R(0), select(taken_w > carried_w, R(0), -taken_w), select(in_w <= return_w, R(0), return_w));
    const R gain =
        select(heat_given > R(0), select((taken_w > carried_w) & (in_w > R(0)), R(0), m), select(in_w <= return_w, m, R(0)));
    return {{base}, {{gain}}};
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    s.inlet_c = h_in_j_kg[0] / d.cp_j_kg_k;
    const R taken_w = vabs(b->flow_kg_s) * h_in_j_kg[0] - h_out_w[0];
    const R cooled_w = in.flow_kg_s * d.cp_j_kg_k * in.temperature_drop_k;  // flow and drop
    const R asked_w = select(d.power_given > R(0), in.power_w, select(d.drop_given > R(0), cooled_w, taken_w));
    return {.heat_out_j = taken_w * R(st.dt_s), .wanted_j = asked_w * R(st.dt_s)};
  }
};

}  // namespace
COMPONENT(HeatConsumer, heat_consumer)
}  // namespace hypocaust::plant
