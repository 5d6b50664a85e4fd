// hypocaust run SITE: simulates a site and leaves run.h5; or, with --steady, solves one instant and leaves nothing.
#include <cstdio>
#include <map>
#include <memory>

#include "sim/cli/steady_table.hpp"
#include "sim/cli/summary.hpp"
#include "sim/cli/verbs.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  config::LoadOptions load;
  run::RunOptions run;
  bool json = false, csv = false, no_cache = false, steady = false;
};

void simulate(const Flags& flags) {
  run::RunOptions options = flags.run;
  options.use_cache = !flags.no_cache;
  options.quiet = flags.run.quiet;
  const config::Loaded loaded = config::load(flags.load);
  if (!loaded.warnings.empty() && !options.quiet) std::fputs(loaded.warnings.c_str(), stderr);
  if (flags.steady) {
    const run::Steady steady = run::solve_steady(loaded);
    const std::string text = flags.json ? steady_json(steady) : flags.csv ? steady_csv(steady) : steady_text(steady);
    std::fputs(text.c_str(), stdout);
    return;
  }
  const run::RunResult result = run::run(loaded, options);
  const std::string text = flags.json ? summary_json(result) : flags.csv ? summary_csv(result) : summary_text(result);
  std::fputs(text.c_str(), stdout);
}

}  // namespace

void add_load_options(CLI::App& verb, config::LoadOptions& load) {
  verb.add_option("SITE", load.path, "scenario file (YAML)")->required();
  verb.add_option("--case", load.cases, "overlay of the scenario's `cases:`, in the order given")->allow_extra_args(false);
  verb.add_option("--set", load.sets, "path=value, e.g. plant.components.tank.volume=\"3 m3\"; wins over the file")
      ->allow_extra_args(false);
}

void add_run(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("run", "simulate a site and write run.h5");
  add_load_options(*verb, flags->load);
  CLI::Option* output = verb->add_option("-o,--output", flags->run.output, "result file (default ./results/<scenario>/run.h5)");
  CLI::Option* channels = verb->add_option("--channels-csv", flags->run.channels_csv,
                                           "also write the recorded channels as CSV: time, then name [unit]");
  verb->add_option("--cache", flags->run.cache_folder,
                   "folder of the compute cache (default HYPOCAUST_CACHE, else XDG_CACHE_HOME/hypocaust)");
  verb->add_flag("--no-cache", flags->no_cache, "neither read nor write the compute cache");
  const auto couple = [flags](const std::string& word) {
    static const std::map<std::string, run::Coupling> couplings{
        {"automatic", run::Coupling::automatic}, {"open", run::Coupling::open}, {"closed", run::Coupling::closed}};
    const auto found = couplings.find(word);
    if (found == couplings.end()) throw CLI::ValidationError("--coupling", "`" + word + "` is none of automatic, open, closed");
    flags->run.coupling = found->second;
  };
  verb->add_option_function<std::string>("--coupling", couple, "automatic, open or closed loop between plant and compute");
  verb->add_option("--threads", flags->run.threads, "threads of the compressor; results do not depend on it")
      ->check(CLI::Range(1, 256));
  verb->add_flag("--quiet", flags->run.quiet, "no progress, no warnings");
  verb->add_flag("--steady", flags->steady, "solve the first instant until nothing moves and print it; writes no file")
      ->excludes(output)
      ->excludes(channels);
  verb->add_flag("--json", flags->json, "print one JSON object");
  verb->add_flag("--csv", flags->csv,
                 "print CSV: name,value,unit; with --steady kind,name,quantity,value,unit (the channels: --channels-csv)")
      ->excludes("--json");
  verb->callback([flags] { simulate(*flags); });
}

}  // namespace hypocaust::cli
