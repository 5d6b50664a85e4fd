// One YAML file as one record: for files that are no scenario.
#pragma once
#include <string>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::config {

// Binds, derives and checks; `hypocaust: 1` must be the first key and `currency` is read ahead. Throws UserError with every problem.
void load_record(const Schema& schema, void* object, const std::string& path);

// YAML files of a folder of configs/ ("case_studies"), sorted; of the first that exists of $HYPOCAUST_CONFIGS and the built-in one.
std::vector<std::string> files_of_configs(const std::string& folder);

}  // namespace hypocaust::config
