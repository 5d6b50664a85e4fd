// The JSON Schema and the reference of any root record; config.hpp has those of the scenario.
#pragma once
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::config {

std::string json_schema_of(const Schema& root);  // with `include`, which every file may have
std::string reference_of(const Schema& root);

}  // namespace hypocaust::config
