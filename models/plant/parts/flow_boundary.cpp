// flow_boundary: a flow that enters a network (positive) or leaves it (negative), whatever the pressure. What enters has the given
// temperature, what leaves takes the node's. Enthalpy that crosses is booked, liquid counted from 0 degC.
// docs/methods/boundaries.md.
#include "models/plant/boundary_law.hpp"

namespace hypocaust::plant {
namespace {

struct FlowBoundary : BoundaryLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "", .to = "at", .fixed_flow = true}}};
  struct Params {
    Ref at;
    Varying flow, volume_flow, temperature;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "flow_boundary", "Open end of a network: a given flow enters or leaves.",
          {row<&Params::at>("at", "", port, "node it is connected to"),
           row<&Params::flow>("flow", "kg/s", {.min = -1e5, .max = 1e5}, "positive: enters the network; negative: leaves it"),
           row<&Params::volume_flow>("volume_flow", "m3/h", {.min = -1e6, .max = 1e6},
                                     "instead of `flow`, at the density of its circuit"),
           row<&Params::temperature>("temperature", "degC", {.min = -40, .max = 200},
                                     "of what enters; left out: the circuit's initial temperature")});
      return s;
    }
    void check(Problems& problems) const {
      if (flow.given() && volume_flow.given())
        problems.error("volume_flow", "and `flow` say the same (how much enters); remove one of the two");
      else if (!flow.given() && !volume_flow.given())
        problems.error("flow", "is missing, and so is `volume_flow`; give one of the two");
    }
  };
  template <class R> struct Data : BoundaryLaw::Data<R> { R rho_kg_m3, by_volume; };
  template <class R> struct Input : Condition<R> { R flow_kg_s{0}, volume_flow_m3_s{0}, temperature_c{20}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"flow", "kg/s", "flow into the network", &Input<double>::flow_kg_s},
      Slot<Input<double>>{"volume_flow", "m3/s", "the same by volume, where its key is given", &Input<double>::volume_flow_m3_s},
      Slot<Input<double>>{"temperature", "degC", "temperature of what enters", &Input<double>::temperature_c}};
  static constexpr std::array channels{entering<FlowBoundary>};

  static Data<double> derive(const Params& p, const Fluid* f) {
    return {BoundaryLaw::derive(p, f), f->rho_kg_m3, p.volume_flow.given() ? 1.0 : 0.0};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    fixed_flow(*b, in.available * select(d.by_volume > R(0), d.rho_kg_m3 * in.volume_flow_m3_s, in.flow_kg_s));
  }
};

}  // namespace
COMPONENT(FlowBoundary, flow_boundary)
}  // namespace hypocaust::plant
