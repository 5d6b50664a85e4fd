// What the open ends of a network share, whether they hold a flow or a pressure: what enters has the given temperature, what
// leaves takes the node's, and the enthalpy that crosses is booked, liquid counted from 0 degC. Their Input has temperature_c.
#pragma once
#include "models/plant/registry.hpp"

namespace hypocaust::plant {

struct BoundaryLaw : ComponentBase {
  static constexpr Accounts accounts{.heat_in = Account::supplied, .heat_out = Account::drawn};
  template <class R> struct Data { R cp_j_kg_k; };
  template <class T> static constexpr ChannelOf<T> entering{"entering", "kg/s", "flow into the network, negative: out of it",
                                                            [](const ViewOf<T>& v, int) { return v.branches[0].flow_kg_s; }};

  template <class P> static Data<double> derive(const P&, const Fluid* f) { return {.cp_j_kg_k = f->cp_j_kg_k}; }
  template <class R, class I>
  static HeatLaw<R, 1> heat(const Step<R>&, const Data<R>& d, const I& in, const State<R>&, const Branch<R>* b) {
    return {{vmax(b->flow_kg_s, R(0)) * d.cp_j_kg_k * in.temperature_c}, {{R(0)}}};
  }
  template <class R, class I> static Ledger<R> advance(const Step<R>& st, const Data<R>&, const I&, State<R>&, const Branch<R>* b,
                                                       const R* h_in_j_kg, const R* h_out_w) {
    return {.heat_in_j = h_out_w[0] * R(st.dt_s), .heat_out_j = vabs(b->flow_kg_s) * h_in_j_kg[0] * R(st.dt_s)};
  }
};

}  // namespace hypocaust::plant
