// The tables of plant.circuits and plant.nodes.
#include <array>

#include "models/plant/plant.hpp"

namespace hypocaust::plant {

std::span<const std::string_view> names(Boundary) {
  static constexpr std::array<std::string_view, 2> list{"data_centre", "customer"};
  return list;
}

const Schema& CircuitSpec::schema() {
  static const Schema s = describe<CircuitSpec>(
      "circuit", "A closed hydraulic loop and its fluid.",
      {row<&CircuitSpec::fluid>("fluid", "", {}, "what circulates"),
       row<&CircuitSpec::glycol_frac>("glycol", "1", {.min = 0, .max = 0.6}, "mass fraction of glycol; only with a glycol"),
       row<&CircuitSpec::design_c>("design_temperature", "degC", {.min = -40, .max = 100},
                                   "temperature at which the fluid's properties are taken"),
       row<&CircuitSpec::initial_c>("initial", "degC", {.min = -40, .max = 110}, "temperature at the start"),
       row<&CircuitSpec::pressure_pa>("pressure", "bar", {.min = 0, .max = 25}, "gauge pressure at the expansion vessel"),
       row<&CircuitSpec::boundary>("boundary", "", {}, "whose electricity its pumps use: in PUE, or outside it"),
       row<&CircuitSpec::friction>("friction", "", {}, "friction law of its pipes that name none"),
       row<&CircuitSpec::laminar_reynolds>("laminar_until", "1", {.min = 1000, .max = 5000},
                                           "Reynolds number up to which flow in its pipes is laminar"),
       row<&CircuitSpec::turbulent_reynolds>("turbulent_from", "1", {.min = 1000, .max = 20000},
                                             "Reynolds number from which it is turbulent; a smooth passage between")});
  return s;
}

void CircuitSpec::check(Problems& problems) const {
  if (!(laminar_reynolds < turbulent_reynolds && turbulent_reynolds <= 4 * laminar_reynolds))
    problems.error("turbulent_from", "must be above `laminar_until` and at most four times it (else friction dips between them)");
}

Fluid CircuitSpec::properties() const {
  Fluid f = fluid_at({fluid, glycol_frac, design_c});
  if (laminar_reynolds < turbulent_reynolds) f.friction = {friction, laminar_reynolds, turbulent_reynolds};  // else check() tells
  return f;
}

const Schema& NodeSpec::schema() {
  static const Schema s =
      describe<NodeSpec>("node", "What differs from the default at one node.",
                         {row<&NodeSpec::height_m>("height", "m", {.min = -1000, .max = 5000}, "height above the site's datum")});
  return s;
}

}  // namespace hypocaust::plant
