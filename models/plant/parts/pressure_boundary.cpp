// pressure_boundary: the open end of a network, at an exact pressure. Flow enters or leaves as the network wants; what enters has
// the given temperature, what leaves takes the node's. Enthalpy that crosses is booked, liquid counted from 0 degC.
// docs/methods/boundaries.md.
#include "models/plant/boundary_law.hpp"

namespace hypocaust::plant {
namespace {

struct PressureBoundary : BoundaryLaw {
  static constexpr std::array<BranchSpec, 1> branches{{{.from = "", .to = "at", .own_unknown = true}}};
  static constexpr bool can_fail = false;
  struct Params {
    Ref at;
    Varying pressure, temperature;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "pressure_boundary", "Open end of a network: holds its node at an exact pressure, flow enters or leaves.",
          {row<&Params::at>("at", "", port, "node it is connected to"),
           row<&Params::pressure>("pressure", "bar", {.need = required, .min = -1, .max = 1000}, "gauge pressure of the node"),
           row<&Params::temperature>("temperature", "degC", {.min = -40, .max = 200},
                                     "of what enters; left out: the circuit's initial temperature")});
      return s;
    }
  };
  template <class R> struct Input : Condition<R> { R pressure_pa{0}, temperature_c{20}; };
  static constexpr std::array inputs{
      Slot<Input<double>>{"pressure", "Pa", "gauge pressure of the node", &Input<double>::pressure_pa},
      Slot<Input<double>>{"temperature", "degC", "temperature of what enters", &Input<double>::temperature_c}};
  static constexpr std::array channels{entering<PressureBoundary>};

  template <class R> static void hydraulics_row(const Data<R>&, const Input<R>& in, const State<R>&, Branch<R>*, Row<R>* row) {
    *row = {.flow_c = R(0), .dp_c = R(1), .sensor_c = R(0), .rhs = -in.pressure_pa, .sensor_pa = R(0)};  // 0 outside - node
  }
};

}  // namespace
COMPONENT(PressureBoundary, pressure_boundary)
}  // namespace hypocaust::plant
