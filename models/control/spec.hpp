// plant.controllers: each is small, named, senses through a sensor and moves one input of one component.
#pragma once
#include <span>

#include "models/core/schema.hpp"

namespace hypocaust::control {
std::span<const Schema* const> controller_types();
}
