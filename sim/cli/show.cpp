// hypocaust show SITE: the resolved scenario, every value with where it came from; reads back to the same values.
#include <cstdio>
#include <memory>

#include "sim/cli/verbs.hpp"
#include "sim/config/class_matrix.hpp"

namespace hypocaust::cli {

void add_show(CLI::App& application) {
  const auto load = std::make_shared<config::LoadOptions>();
  CLI::App* verb = application.add_subcommand("show", "print the resolved scenario and where each value came from");
  add_load_options(*verb, *load);
  verb->callback([load] {
    const config::Loaded loaded = config::load(*load);
    std::fputs(loaded.warnings.c_str(), stderr);
    std::fputs(config::show(loaded).c_str(), stdout);
    std::fputs(config::class_matrix(loaded.scenario.compute).c_str(), stdout);
  });
}

}  // namespace hypocaust::cli
