// The records of plant.circuits and plant.nodes.
#include "models/plant/plant.hpp"

namespace hypocaust::plant {

std::span<const std::string_view> names(Boundary) {
  static constexpr std::string_view list[] = {"data_centre", "customer"};
  return list;
}

const Schema& CircuitSpec::schema() {
  static const Schema s = describe<CircuitSpec>(
      "circuit", "A closed hydraulic loop and its fluid.",
      {row<&CircuitSpec::fluid>("fluid", "", {}, "what fills it"),
       row<&CircuitSpec::glycol_frac>("glycol", "1", {.min = 0, .max = 0.6}, "mass fraction of glycol"),
       row<&CircuitSpec::design_c>("design_temperature", "degC", {.min = -40, .max = 100}, "temperature at which the fluid's properties are taken"),
       row<&CircuitSpec::initial_c>("initial", "degC", {.min = -40, .max = 110}, "temperature at the start of warm-up"),
       row<&CircuitSpec::pressure_pa>("pressure", "bar", {.min = 0, .max = 25}, "gauge pressure at rest at the expansion vessel"),
       row<&CircuitSpec::boundary>("boundary", "", {}, "whose it is: pumps of the customer's circuits are not in PUE")});
  return s;
}

const Schema& NodeSpec::schema() {
  static const Schema s = describe<NodeSpec>("node", "A node that differs from the default.",
                                             {row<&NodeSpec::height_m>("height", "m", {.min = -500, .max = 1000}, "height above the datum")});
  return s;
}

}  // namespace hypocaust::plant
