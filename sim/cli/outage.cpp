// hypocaust outage SITE --what NAME: does compute stay up while something is out of order, whenever that happens?
#include <algorithm>
#include <cstdio>
#include <memory>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/cli/outage_table.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/outage_picture.hpp"
#include "sim/study/outage_plan.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  study::OutageOptions study;
  std::vector<std::string> durations{"7d"}, starts{"every:1w"};
  std::string recovery = "7d", fail_on, n_1;
  double remaining_percent = not_given;
  std::string it_load = "trace", weather = "typical";
  bool no_corners = false;
  bool json = false, csv = false;
};

void stress(const Flags& flags) {
  study::OutageOptions options = flags.study;
  options.durations_s.clear();
  for (const std::string& text : flags.durations) options.durations_s.push_back(study::duration_s(text));
  options.starts = flags.starts;
  options.recovery_s = study::duration_s(flags.recovery);
  options.each_alone = flags.n_1 == "all";
  options.remaining_frac = flags.remaining_percent / 100.0;
  options.circumstances.it_load = flags.it_load == "trace" ? study::ItLoad::trace : study::ItLoad::full;
  const auto spells = names(weather::SpellKind{});
  options.circumstances.spell =
      static_cast<weather::SpellKind>(std::find(spells.begin(), spells.end(), flags.weather) - spells.begin());
  options.corners = !flags.no_corners;
  const study::OutageResult result = study::run_outage(options);
  base::write_file(result.folder + "/outage.csv", outage_csv(result));
  base::write_file(result.folder + "/outage.svg", study::outage_picture(result));
  const std::string text = flags.json ? outage_json(result) : flags.csv ? outage_csv(result) : outage_text(result);
  std::fputs(text.c_str(), stdout);
  bool worse = false;
  for (const study::BranchResult& b : result.branches)
    if (b.refused)
      throw UserError(result.folder + ": error: some branches could not be written (told above); make room and give --resume");
  for (const study::BranchResult& b : result.branches) {
    if (b.died)
      throw InternalError("a branch gave no result: " + b.trouble + "; the others are complete, --resume tries it again");
    worse = worse || b.verdict == study::Verdict::fails || (flags.fail_on == "degraded" && b.verdict == study::Verdict::degraded);
  }
  if (worse && !flags.fail_on.empty()) throw PhysicsError(outage_headline(result));
}

}  // namespace

void add_outage(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("outage", "take something out of order at many times of the year and judge each");
  add_load_options(*verb, flags->study.load);
  verb->add_option(
          "--what", flags->study.what,
          "component, cooling or heat user that is out, leak that opens, or controller without its sensor; several together")
      ->allow_extra_args(false);
  verb->add_option("--n-1", flags->n_1, "all: every component that can fail and every sensor, each alone")
      ->check(CLI::IsMember({"all"}));
  verb->add_option(
      "--kind", flags->study.kind,
      "out_of_order, degraded, interface_off, demand_off, return_rise, leak, sensor_dead, sensor_stuck, sensor_offset (default: "
      "interface_off of a heat user, sensor_dead of a controller, leak of a leak); of the whole site, without --what: "
      "grid_outage, "
      "fire_alarm, emergency_off, link_down");
  verb->add_option("--remaining", flags->remaining_percent, "degraded: capacity left, %")->check(CLI::Range(0.0, 100.0));
  verb->add_option("--offset", flags->study.offset_k, "return_rise, sensor_offset: warmer by, K")
      ->check(CLI::Range(-100.0, 100.0));
  verb->add_option("--duration", flags->durations, "length of the outage (default 7d); several: each")->delimiter(',');
  verb->add_option("--start", flags->starts,
                   "every:1w (default), dates (UTC, on full hours), or worst:4: the weeks that want most heat")
      ->delimiter(',');
  verb->add_option("--recovery", flags->recovery, "time after the outage that is simulated too (default 7d)");
  verb->add_option("--it-load", flags->it_load, "while something is out: trace (default), or every host at 100%")
      ->check(CLI::IsMember({"trace", "100%"}));
  verb->add_option("--weather", flags->weather, "while something is out: typical (default), heatwave or coldwave")
      ->check(CLI::IsMember({"typical", "heatwave", "coldwave"}));
  verb->add_option("--return-period", flags->study.circumstances.return_years, "of heat wave and cold spell, years (default 20)")
      ->check(CLI::Range(2.0, 1000.0));
  verb->add_flag("--no-corners", flags->no_corners,
                 "leave out trace and 100 % load in typical weather and heat wave at the tightest start");
  verb->add_option("-o,--output", flags->study.folder, "folder of the study (default ./results/<scenario>.outage)");
  verb->add_option("--jobs", flags->study.jobs, "branches side by side (default: one a core)")->check(CLI::Range(1, 1024));
  verb->add_flag("--record", flags->study.record, "also write the recorded channels of each branch: branch_0000.h5 ...");
  verb->add_flag("--resume", flags->study.resume, "keep the branches that are finished in the folder");
  verb->add_option("--fail-on", flags->fail_on, "exit 3 when a branch is that bad: degraded or fails")
      ->check(CLI::IsMember({"degraded", "fails"}));
  verb->add_flag("--quiet", flags->study.quiet, "no progress");
  verb->add_flag("--json", flags->json, "print one JSON object");
  verb->add_flag("--csv", flags->csv, "print the table as CSV")->excludes("--json");
  verb->callback([flags] { stress(*flags); });
}

}  // namespace hypocaust::cli
