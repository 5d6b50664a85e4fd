// hypocaust run SITE: simulates a site and leaves run.h5; or, with --steady, solves one instant and leaves nothing.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/cli/steady_table.hpp"
#include "sim/cli/summary.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/study.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  config::LoadOptions load;
  run::RunOptions run;
  std::int64_t point = -1;  // of a study
  bool json = false, csv = false, no_cache = false, steady = false;
};

// The scenario of one point of a study; its result goes to the study's folder unless -o says otherwise.
config::Loaded load_point(const Flags& flags, run::RunOptions& options) {
  const std::unique_ptr<study::Study> study = study::load_study({.path = flags.load.path, .many = true});
  if (flags.point >= study->points())
    throw UserError(fmt::format("--point: error: {} has points 0 to {}; there is no point {}", flags.load.path,
                                study->points() - 1, flags.point));
  if (options.output.empty()) {
    const std::filesystem::path folder = std::filesystem::path("results") / study->name;
    std::error_code reason;
    std::filesystem::create_directories(folder, reason);
    if (reason) base::refuse(folder.string(), "make the folder", reason.value());
    options.output = (folder / fmt::format("point_{}.h5", flags.point)).string();
  }
  return study::point_site(*study, study->point(flags.point));
}

void simulate(const Flags& flags) {
  run::RunOptions options = flags.run;
  options.use_cache = !flags.no_cache;
  options.quiet = flags.run.quiet;
  const config::Loaded loaded = flags.point >= 0 ? load_point(flags, options) : config::load(flags.load);
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

LoadOptionHandles add_load_options(CLI::App& verb, config::LoadOptions& load) {
  verb.add_option("SITE", load.path, "scenario file (YAML)")->required();
  CLI::Option* cases =
      verb.add_option("--case", load.cases, "overlay of the scenario's `cases:`, in the order given")->allow_extra_args(false);
  CLI::Option* sets =
      verb.add_option("--set", load.sets, "path=value, e.g. plant.components.tank.volume=\"3 m3\"; wins over the file")
          ->allow_extra_args(false);
  return {cases, sets};
}

void add_run(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("run", "simulate a site and write run.h5");
  const auto [cases, sets] = add_load_options(*verb, flags->load);
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
  verb->add_option("--point", flags->point, "SITE is a study: simulate this point of it, minute by minute, with the same figures")
      ->check(CLI::NonNegativeNumber)
      ->excludes(cases)
      ->excludes(sets);
  verb->add_flag("--json", flags->json, "print one JSON object");
  verb->add_flag("--csv", flags->csv,
                 "print CSV: name,value,unit; with --steady kind,name,quantity,value,unit (the channels: --channels-csv)")
      ->excludes("--json");
  verb->callback([flags] { simulate(*flags); });
}

}  // namespace hypocaust::cli
