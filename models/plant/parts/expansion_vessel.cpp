// expansion_vessel: the pressure reference of a circuit. Its water follows the circuit at the rest pressure: a stiff spring to
// outside that carries no flow in a closed circuit. Its size is checked against EN 12828, annex D: the water the vessel can
// take between precharge and rest pressure, volume x (p0 + 1 bar) (1 / (p0 + 1 bar) - 1 / (p + 1 bar)).
#include "models/plant/registry.hpp"

namespace hypocaust::plant {
namespace {

struct ExpansionVessel : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"at", ""}}};
  struct Params {
    Ref at;
    double volume_m3 = not_given, precharge_pa = 1e5, pressure_pa = not_given;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "expansion_vessel", "Closed expansion vessel: holds the pressure of its circuit.",
          {row<&Params::at>("at", "", port, "node it is connected to"),
           row<&Params::volume_m3>("volume", "l", {.need = required, .above = 0, .max = 1e6}, "total volume"),
           row<&Params::precharge_pa>("precharge", "bar", {.min = 0, .max = 20}, "gas pressure of the empty vessel, gauge"),
           row<&Params::pressure_pa>("pressure", "bar", {.need = derived, .min = 0, .max = 25}, "rest pressure it holds, gauge; derived: its circuit's")});
      return s;
    }
    void check(Problems& problems) const {
      if (pressure_pa <= precharge_pa)
        problems.error("precharge", "is not below the rest pressure (the vessel would hold no water); lower it or raise the circuit's `pressure`");
    }
  };
  template <class R> struct Data {
    R pressure_pa;
  };
  static Data<double> derive(const Params& p, const Fluid*) { return {.pressure_pa = p.pressure_pa}; }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>&, const State<R>&, Branch<R>* b) {
    b->conductance = R(0.01), b->offset_kg_s = R(-0.01) * d.pressure_pa;
  }
};

}  // namespace
COMPONENT(ExpansionVessel, expansion_vessel)
}  // namespace hypocaust::plant
