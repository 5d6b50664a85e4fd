// What a run was made from: every file it read, by name and hash, for the table `inputs` of run.h5.
#pragma once
#include "sim/config/config.hpp"
#include "sim/output/run_file.hpp"

namespace hypocaust::run {

// YAML files in the order they were read, then data files by key. Names without folders: run.h5 holds no path of a machine.
output::Table inputs_table(const config::Loaded& loaded);

}  // namespace hypocaust::run
