// tank: stratified buffer storage between two nodes. Its laws: models/plant/tank_law.hpp. docs/methods/tank.md.
#include "models/plant/tank_law.hpp"

namespace hypocaust::plant {
namespace {

struct Tank : TankLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{"top", "bottom"}}};
  struct Params : TankParams {
    static const Schema& schema() {
      static const Schema s = describe<Params>("tank", "Stratified buffer tank.", rows({}));
      return s;
    }
  };
  template <class R> struct State : Parcels<R> {};
  static constexpr std::array channels{
      ChannelOf<Tank>{"temperature", "degC", "at ten equal heights, 0 the lowest",
                      [](const ViewOf<Tank>& v, int column) { return temperature_at(v, (column + 0.5) / reported_heights); },
                      [](const Data<double>&) { return reported_heights; }},
      ChannelOf<Tank>{"stored", "J", "heat above its surroundings",
                      [](const ViewOf<Tank>& v, int) { return above_ambient_j(v); }},
      ChannelOf<Tank>{"loss", "W", "heat lost to the room",
                      [](const ViewOf<Tank>& v, int) { return v.ledger.heat_out_j / v.dt_s; }}};

  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    connections(d, in.available, b);
  }
  template <class R>
  static HeatLaw<R, 1> heat(const Step<R>& st, const Data<R>&, const Input<R>&, const Parcels<R>& s, const Branch<R>* b) {
    const Leaving<R> out = leaving<R>(s, vabs(b->flow_kg_s) * R(st.dt_s), b->flow_kg_s >= R(0));
    return {{out.enthalpy_j / R(st.dt_s)}, {{out.through_kg / R(st.dt_s)}}};
  }

  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>&, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R*) {
    displace<R>(s, vabs(b->flow_kg_s) * R(st.dt_s), b->flow_kg_s >= R(0), h_in_j_kg[0], d.merge_below_kg);
    settle<R>(s, b->flow_kg_s >= R(0));
    return {.heat_out_j = rest<R>(d, s, st.dt_s)};
  }
};

}  // namespace
COMPONENT(Tank, tank)
}  // namespace hypocaust::plant
