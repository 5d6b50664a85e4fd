// The list of controller types: one line each.
#include "models/control/spec.hpp"
#include "models/control/supervisor.hpp"
#include "models/control/types.hpp"
#include "models/core/errors.hpp"

namespace hypocaust::control {

std::span<const Schema* const> controller_types() {
  static const Schema* const list[] = {&Switch::schema(), &Guard::schema(), &SupervisorSpec::schema(), &Regulator::schema()};
  return list;
}

std::unique_ptr<Controller> make_controller(const Typed& spec) {
  if (const auto* regulator = spec.as<Regulator>()) return make(*regulator);
  if (const auto* difference = spec.as<Switch>()) return make(*difference);
  if (const auto* guard = spec.as<Guard>()) return make(*guard);
  if (const auto* supervisor = spec.as<SupervisorSpec>()) return make(*supervisor);
  throw InternalError("a controller type without a law");
}

}  // namespace hypocaust::control
