// hypocaust validate SITE: everything short of simulating. Exit 0 when the scenario could run, 2 with all problems at once.
#include <cstdio>
#include <memory>

#include "sim/cli/verbs.hpp"
#include "sim/run/pass.hpp"
#include "sim/run/site.hpp"

namespace hypocaust::cli {

void add_validate(CLI::App& application) {
  const auto load = std::make_shared<config::LoadOptions>();
  CLI::App* verb = application.add_subcommand("validate", "check a scenario and the files it names, without simulating");
  add_load_options(*verb, *load);
  verb->callback([load] {
    const config::Loaded loaded = config::load(*load);
    std::fputs(loaded.warnings.c_str(), stderr);
    run::checked_site(loaded);
    compute::check_work(run::compute_inputs(loaded));
    run::check_work_files(loaded);
    std::printf("%s: valid\n", load->path.c_str());
  });
}

}  // namespace hypocaust::cli
