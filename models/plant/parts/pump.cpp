// pump: a circulation pump whose speed a controller or a schedule sets. Curves, power and heat: models/plant/pump_law.hpp.
// Against a closed path (less than a thousandth of the nominal flow at more than a tenth of full speed, for more than a minute) it
// trips, and tries again after its rest or when `available` was 0.
#include "models/plant/pump_law.hpp"

namespace hypocaust::plant {
namespace {

struct Pump : PumpLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  struct Params : PumpParams {
    double trip_rest_s = 600.0;
    Varying speed;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "pump", "Circulation pump with speed control.",
          rows({row<&Params::trip_rest_s>("trip_rest", "min", {.min = 1, .max = 1440},
                                          "off after a trip (no flow for more than a minute), before it tries again"),
                row<&Params::speed>("speed", "1", {.min = 0, .max = 1},
                                    "share of full speed; left out: 1, or what a controller says")}));
      return s;
    }
  };
  template <class R> struct Data : PumpLaw::Data<R> { R trip_rest_s; };
  template <class R> struct Input : Condition<R> { R speed{1}; };
  template <class R> struct State : Content<R> { R still_s{0}, rest_s{0}; };  // without flow; of the rest, left
  static constexpr std::array inputs{Slot<Input<double>>{"speed", "1", "share of full speed", &Input<double>::speed}};
  static constexpr std::array channels{
      ChannelOf<Pump>{"electricity", "W", "electric power",
                      [](const ViewOf<Pump>& v, int) { return v.ledger.electricity_j / v.dt_s; }},
      ChannelOf<Pump>{"speed", "1", "share of full speed",
                      [](const ViewOf<Pump>& v, int) { return v.state.rest_s > 0 ? 0.0 : v.input.speed * v.input.available; }}};
  static std::string_view reason(const State<double>& s) { return s.rest_s > 0 ? "tripped: no flow" : "ready"; }

  static Data<double> derive(const Params& p, const Fluid* f) { return {PumpLaw::derive(p, f), p.trip_rest_s}; }
  template <class R> static R speed_of(const Input<R>& in, const State<R>& s) {
    return select(s.rest_s > R(0), R(0), clamp01(in.speed) * in.available);
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>& state, Branch<R>* b) {
    const R s = speed_of(in, state);
    quadratic(*b, resistance<R>(d, b->flow_kg_s), toe_kg_s<R>(d), s * s * d.shut_off_pa);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>& d, const Input<R>& in, const State<R>& s, const Branch<R>* b) {
    return heat_at<R>(speed_of(in, s), st, d, s, b);
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>& in, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R* h_out_w) {
    const R speed = speed_of(in, s);
    const auto still = (speed > R(0.1)) & (vabs(b->flow_kg_s) < R(1e-3) * d.nominal_kg_s);
    s.still_s = select(still, s.still_s + R(st.dt_s), R(0));
    s.rest_s = select(s.still_s > R(60), d.trip_rest_s, select(in.available > R(0.5), vmax(s.rest_s - R(st.dt_s), R(0)), R(0)));
    return advance_at<R>(speed, st, d, s, b, h_in_j_kg, h_out_w);
  }
};

}  // namespace
COMPONENT(Pump, pump)
}  // namespace hypocaust::plant
