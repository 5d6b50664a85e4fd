// meters: where heat is measured, and under which word of docs/methods/kpi.md it counts.
#pragma once
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::meter {

enum class Counts : int { nothing, recovered, delivered };
std::span<const std::string_view> names(Counts);

struct MeterSpec {
  Ref at;  // component.stream: `station.cold` meters the heat that stream gained
  Counts counts = Counts::nothing;
  static const Schema& schema();
};

}  // namespace hypocaust::meter
