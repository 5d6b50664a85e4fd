// One function a verb: declares its options on the application and what happens when it is chosen.
#pragma once
#include <CLI/CLI.hpp>

#include "sim/config/config.hpp"

namespace hypocaust::cli {

// The options every verb that reads a scenario shares.
struct LoadOptionHandles {
  CLI::Option *cases, *sets;
};
LoadOptionHandles add_load_options(CLI::App& verb, config::LoadOptions& load);

void add_run(CLI::App& application);
void add_validate(CLI::App& application);
void add_show(CLI::App& application);
void add_sweep(CLI::App& application);
void add_sensitivity(CLI::App& application);
void add_schema(CLI::App& application);
void add_compare(CLI::App& application);
void add_outage(CLI::App& application);
void add_reliability(CLI::App& application);
void add_report(CLI::App& application);
void add_reproduce(CLI::App& application);
void add_new(CLI::App& application);

// The command line: parses, runs the verb, maps every exception to an exit code (0 ok, 1 our bug, 2 the user's input,
// 3 the physics, 4 interrupted).
int command_line(int argc, char** argv);

}  // namespace hypocaust::cli
