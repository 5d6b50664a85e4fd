// Names that point at something else: does it exist, and if not, what was meant?
#pragma once
#include "sim/config/bind.hpp"
#include "sim/config/plant_spec.hpp"

namespace hypocaust::config {

// Scopes that named maps define (host, series, heat user, circuit ...). Returns false when a port's circuit is unknown.
bool check_names(const Binder& binder, Diagnostics& diagnostics);
// Scopes that the plant defines: node, input (component.input), stream (component.stream), part of the plant (component).
void check_plant_names(const Binder& binder, const Assembly& assembly, Diagnostics& diagnostics);

}  // namespace hypocaust::config
