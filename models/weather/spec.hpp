// weather: chosen by type: synthetic, epw, csv or constant.
#pragma once
#include <span>

#include "models/core/schema.hpp"

namespace hypocaust::weather {
std::span<const Schema* const> weather_types();
}
