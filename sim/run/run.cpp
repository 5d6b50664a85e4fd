#include "sim/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include "models/core/errors.hpp"
#include "sim/base/progress.hpp"
#include "sim/base/resources.hpp"
#include "sim/base/signals.hpp"
#include "sim/base/utc_text.hpp"
#include "sim/compute/compute.hpp"
#include "sim/output/channels_csv.hpp"
#include "sim/output/format.hpp"
#include "sim/output/run_log.hpp"
#include "sim/output/version.hpp"
#include "sim/run/inputs.hpp"
#include "sim/run/outputs.hpp"
#include "sim/run/pass.hpp"
#include "sim/run/result_tables.hpp"
#include "sim/run/year.hpp"

namespace hypocaust::run {
namespace {

std::string scenario_name(const std::string& path) { return std::filesystem::path(path).stem().string(); }

output::Table scenario_table(const config::Loaded& loaded) {
  return {.group = "scenario",
          .columns = {{"yaml", "", "the resolved scenario; `hypocaust run` reads it back",
                       std::vector<std::string>{config::resolved_yaml(loaded)}}}};
}

// One pass over the year into a file. Returns after the file holds every row; the caller adds tables and commits.
Pass simulate(const config::Loaded& loaded, const RunOptions& options, Site& site, compute::ComputeSide& side,
              bool feedback_allowed, const std::function<void(output::RunFile&, const Site&, Pass&)>& finish,
              const std::string& path) {
  YearRecord record(site, side.rack_names());
  const output::TimeAxis time{.start_utc_s = site.start_utc_s,
                              .step_s = site.step_s,
                              .interval_s = static_cast<std::int64_t>(site.scenario.output.every_s),
                              .steps = site.steps};
  output::RunFile file(
      {.path = path, .threads = options.threads, .compression = static_cast<int>(site.scenario.output.compression)},
      record.layout().kept(), time, root_attributes(site.scenario));
  std::optional<output::ChannelsCsv> csv;
  if (!options.channels_csv.empty()) csv.emplace(options.channels_csv, record.layout().kept(), time);
  base::Progress progress(scenario_name(loaded.path), site.steps, options.quiet);
  const double before_s = base::cpu_seconds();
  Pass pass = pass_over_year(site, side, record,
                             {.feedback_allowed = feedback_allowed,
                              .row =
                                  [&](std::span<const double> row) {
                                    file.append(row);
                                    if (csv) csv->append(row);
                                  },
                              .each_hour =
                                  [&](std::int64_t k) {
                                    base::poll_interrupt();
                                    progress.at(k);
                                  }});
  finish(file, site, pass);
  file.add(scenario_table(loaded));
  file.add(inputs_table(loaded));
  file.commit();
  if (csv) csv->commit();
  pass.cpu.output_s += base::cpu_seconds() - before_s - pass.cpu.total_s;  // tables, closing
  return pass;
}

}  // namespace

RunResult run(const config::Loaded& loaded, const RunOptions& options) {
  const double wall_s = base::wall_seconds();
  const Scenario& scenario = loaded.scenario;
  const std::unique_ptr<Site> site = checked_site(loaded);  // before any folder is made or work is done
  const Outputs outputs = checked_outputs(loaded, options);
  RunResult r{.scenario = scenario_name(loaded.path), .file = outputs.file, .log_file = outputs.log};
  const compute::ComputeInputs inputs = compute_inputs(*site);

  double trace_cpu_s = 0;
  std::unique_ptr<compute::ComputeSide> side;
  std::vector<std::string> job_notes;
  const std::string why_closed = options.coupling == Coupling::automatic ? site->needs_closed_loop() : "";
  const bool closed = options.coupling == Coupling::closed || !why_closed.empty(), alone = scenario.compute.hosts.entries.empty();
  if (alone) {
    side = compute::no_hosts();
  } else if (!closed) {
    const double before_s = base::cpu_seconds();
    const compute::CachedTrace cached =
        compute::cached_trace(inputs, {.folder = options.cache_folder, .use = options.use_cache}, base::poll_interrupt);
    trace_cpu_s = base::cpu_seconds() - before_s;
    r.cache = compute::name_of(cached.outcome);
    job_notes = cached.trace->notes;
    job_notes.insert(job_notes.end(), cached.warnings.begin(), cached.warnings.end());
    side = compute::replay(cached.trace);
  } else {
    side = compute::live(inputs, &job_notes);
  }
  const auto finish = [&](output::RunFile& file, const Site& ready, Pass& pass) {
    tell(r, ready, pass);
    add_result_tables(file, r, pass.year);
  };
  const auto when = [&](std::int64_t step) { return base::utc_text(inputs.start_utc_s + step * inputs.step_s); };
  Pass pass;
  r.coupling = closed ? "closed" : "open";
  if (!why_closed.empty()) r.notes.push_back(why_closed + ": the run was made closed");
  try {
    pass = simulate(loaded, options, *site, *side, closed || alone, finish, r.file);
  } catch (const TraceVoid& v) {
    if (options.coupling == Coupling::open)
      throw UserError(
          fmt::format("{}: error: {} at {} UTC (an open loop cannot hear it); run with --coupling automatic or closed",
                      loaded.path, v.why, when(v.step)));
    job_notes.clear();
    side = compute::live(inputs, &job_notes);
    r.notes.push_back(fmt::format("{} at {} UTC: the stored trace was void and the run was made closed", v.why, when(v.step)));
    r.coupling = "closed";
    pass = simulate(loaded, options, *checked_site(loaded), *side, true, finish, r.file);
  }
  r.notes.insert(r.notes.end(), job_notes.begin(), job_notes.end());
  r.cpu = pass.cpu;
  r.cpu.compute_s += trace_cpu_s;
  r.cpu.total_s = base::cpu_seconds();
  r.peak_bytes = base::peak_bytes();
  output::write_run_log(r.log_file, {.scenario_file = loaded.path,
                                     .output_file = r.file,
                                     .cache_folder = options.cache_folder,
                                     .cache_outcome = r.cache,
                                     .coupling = r.coupling,
                                     .time_zone_database = input::time_zone_database_version(),
                                     .threads = options.threads,
                                     .wall_s = base::wall_seconds() - wall_s,
                                     .cpu_s = r.cpu.total_s,
                                     .peak_bytes = r.peak_bytes,
                                     .notes = r.notes});
  return r;
}

}  // namespace hypocaust::run
