// expansion_vessel: the pressure reference of a circuit. Its water follows the circuit at the rest pressure: a stiff spring to
// outside that carries no flow in a closed circuit. Volume and precharge are kept for the record: the pressure is held constant.
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct ExpansionVessel : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"at", ""}}};
  static constexpr bool can_fail = false;
  struct Params {
    Ref at;
    double volume_m3 = not_given, precharge_pa = 1e5;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "expansion_vessel", "Closed expansion vessel: holds the pressure of its circuit.",
          {row<&Params::at>("at", "", port, "node it is connected to"),
           row<&Params::volume_m3>("volume", "l", {.need = required, .above = 0, .max = 1e6}, "total volume"),
           row<&Params::precharge_pa>("precharge", "bar", {.min = 0, .max = 20}, "gas pressure of the empty vessel, gauge")});
      return s;
    }
  };
  template <class R> struct Input : Condition<R> {
    R pressure_pa{1.5e5};  // the plant starts it at its circuit's rest pressure
  };
  static constexpr std::array inputs{
      Slot<Input<double>>{"pressure", "Pa", "rest pressure it holds, gauge", &Input<double>::pressure_pa}};
  static Data<double> derive(const Params&, const Fluid*) { return {}; }
  template <class R> static void hydraulics(const Data<R>&, const Input<R>& in, const State<R>&, Branch<R>* b) {
    b->conductance = R(0.01), b->offset_kg_s = R(-0.01) * in.pressure_pa;
  }
};

}  // namespace
COMPONENT(ExpansionVessel, expansion_vessel)
}  // namespace hypocaust::plant
