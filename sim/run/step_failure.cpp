#include "sim/run/step_failure.hpp"

#include <fmt/format.h>

#include "models/core/errors.hpp"

namespace hypocaust::run {

void refuse_failure(const plant::Plant& plant, const plant::StepReport& report, const std::string& when) {
  if (report.hydraulics == plant::Outcome::failed)
    throw PhysicsError(fmt::format(
        "{}: the hydraulic solve did not converge in {} iterations (worst in circuit `{}` at `{}`); is a fixed flow driven "
        "through a shut valve, or must a regulator shut to reach its target? open the valve, give the flow another way, or "
        "move the target",
        when, report.hydraulic_iterations, plant.circuit_name(report.stuck_component, report.stuck_branch),
        plant.component_name(report.stuck_component)));
  if (report.heat == plant::Outcome::failed)
    throw PhysicsError(fmt::format("{}: the heat solve did not converge in {} solves", when, report.heat_solves));
  if (report.worst_component_ratio > 1.0)
    throw PhysicsError(fmt::format("{}: the energy balance of component `{}` does not close ({:.1f} times its limit)", when,
                                   plant.component_name(report.worst_component), report.worst_component_ratio));
}

}  // namespace hypocaust::run
