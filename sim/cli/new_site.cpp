// hypocaust new ARCHETYPE --bills FILE --boiler 0.85 --climate NAME: a commented site scaled to a year of gas bills.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/bills.hpp"

namespace hypocaust::cli {

void add_new(CLI::App& application) {
  const auto request = std::make_shared<study::BillsRequest>();
  CLI::App* verb = application.add_subcommand("new", "write a site from an archetype and twelve monthly gas bills");
  verb->add_option("ARCHETYPE", request->archetype, "a name of configs/archetypes, or a .yaml file")->required();
  verb->add_option("--bills", request->bills, "CSV: twelve rows of month (2024-01) and gas, headed `month,kWh`")->required();
  verb->add_option("--boiler", request->boiler_frac, "heat over gas as billed, e.g. 0.85")->required();
  verb->add_option("--climate", request->climate, "built-in climate nearest to the site, e.g. london")->required();
  verb->add_option("-o,--output", request->output, "the site to write; left out: on standard output, for the current folder");
  verb->callback([request] {
    if (!request->output.empty()) {
      base::require_writable_folder(request->output);
      if (std::filesystem::exists(request->output))
        throw UserError(request->output + ": error: is there already; name another file with -o, or remove it");
    }
    const study::BilledSite site = study::site_from_bills(*request);
    std::fputs(site.warnings.c_str(), stderr);
    if (request->output.empty()) std::fputs(site.yaml.c_str(), stdout);
    else base::write_file(request->output, site.yaml);
  });
}

}  // namespace hypocaust::cli
