// hypocaust sweep STUDY: plans, simulates and collects many variants of a site.
#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/collect.hpp"
#include "sim/study/folder.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/slurm.hpp"
#include "sim/study/sweep.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::string study, folder, shard;
  int threads = 0;
  bool plan = false, dry_run = false, status = false, collect = false, resume = false, retry_failed = false, yes = false;
  bool json = false, quiet = false;
  bool slurm = false, print = false;
  std::int64_t array = 0;  // 0: a task for each block, at most 20
  std::string partition, time;
  std::vector<std::string> sbatch;
};

int cores() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// "3/20"
void read_shard(const std::string& text, study::SweepOptions& options) {
  if (text.empty()) return;
  long long shard = 0, shards = 0;
  int read = 0;
  const bool good = std::sscanf(text.c_str(), "%lld/%lld%n", &shard, &shards, &read) == 2 &&
                    static_cast<std::size_t>(read) == text.size() && shard >= 1 && shard <= shards && shards <= 1000000;
  if (!good) throw UserError("--shard: error: `" + text + "` is not i/N (1 <= i <= N); write e.g. --shard 3/20");
  options.shard = shard, options.shards = shards;
}

std::string duration(double seconds) {
  return seconds < 120    ? fmt::format("{:.1f} s", seconds)
         : seconds < 7200 ? fmt::format("{:.0f} min", seconds / 60)
                          : fmt::format("{:.1f} h", seconds / 3600);
}

std::string bytes(double count) {
  return count < 1e6   ? fmt::format("{:.0f} kB", count / 1e3)
         : count < 1e9 ? fmt::format("{:.1f} MB", count / 1e6)
                       : fmt::format("{:.1f} GB", count / 1e9);
}

void print_plan(const study::Study& study, const Flags& flags) {
  const study::Plan plan = study::make_plan(study, {.measure = flags.plan});
  const double disk = plan.bytes_a_point * static_cast<double>(plan.points);
  if (flags.json) {
    nlohmann::ordered_json j{
        {"study", study.name},   {"combinations", plan.combinations},   {"dropped", plan.dropped},   {"points", plan.points},
        {"blocks", plan.blocks}, {"compute_sides", plan.compute_sides}, {"measured", plan.measured}, {"disk_bytes", disk}};
    j["cpu_s"] = plan.measured > 0 ? nlohmann::ordered_json(plan.cpu_s) : nlohmann::ordered_json(nullptr);
    j["study_hash"] = study.hash();
    std::fputs((j.dump(2) + "\n").c_str(), stdout);
    return;
  }
  std::string text =
      fmt::format("{}: {} points in {} blocks of {}\n", study.name, plan.points, plan.blocks, study.spec.block_size);
  for (const study::Axis& axis : study.axes) text += fmt::format("  axis {:<24} {}\n", axis.heading(), axis.key);
  if (plan.dropped > 0) text += fmt::format("  {} of {} combinations dropped by constraints\n", plan.dropped, plan.combinations);
  if (plan.compute_sides > 0)
    text += fmt::format("  {} distinct compute side{}\n", plan.compute_sides, plan.compute_sides == 1 ? "" : "s");
  text += fmt::format("  {} figures and {} hourly variables kept; at most {} on disk\n", study.figures.size(),
                      study.channels.size(), bytes(disk));
  if (plan.measured > 0)
    text += fmt::format("  about {} of one core, {} a point (measured on {} points over 14 days)\n", duration(plan.cpu_s),
                        duration(plan.cpu_s / static_cast<double>(plan.points)), plan.measured);
  if (!plan.measuring_trouble.empty()) text += "  not measured: " + plan.measuring_trouble + "\n";
  std::fputs(text.c_str(), stdout);
}

void print_tally(const study::Study& study, const study::Tally& t, const study::CollectReport* collected, const Flags& flags) {
  const double left_s = t.points_per_s > 0 ? static_cast<double>(t.missing) / t.points_per_s : 0;
  if (flags.json) {
    nlohmann::ordered_json j{{"study", study.name},
                             {"points", t.points},
                             {"done", t.done},
                             {"failed", t.failed},
                             {"missing", t.missing},
                             {"blocks", t.blocks},
                             {"blocks_complete", t.blocks_complete},
                             {"blocks_running", t.running},
                             {"computed", t.computed},
                             {"closed", t.closed},
                             {"dropped", study.dropped},
                             {"points_per_s", t.points_per_s},
                             {"wall_s", t.wall_s},
                             {"troubles", t.troubles}};
    j["failures"] = nlohmann::ordered_json::array();
    for (const auto& [id, message] : t.failures) j["failures"].push_back({{"point", id}, {"message", message}});
    j["left_s"] = t.points_per_s > 0 ? nlohmann::ordered_json(left_s) : nlohmann::ordered_json(nullptr);
    j["folder"] = flags.folder;
    j["file"] = collected ? nlohmann::ordered_json(collected->file) : nlohmann::ordered_json(nullptr);
    std::fputs((j.dump(2) + "\n").c_str(), stdout);
    return;
  }
  std::string text = fmt::format("{}: {} points: {} done, {} failed, {} missing; {} of {} blocks complete", study.name, t.points,
                                 t.done, t.failed, t.missing, t.blocks_complete, t.blocks);
  if (flags.status) text += fmt::format(", {} under way", t.running);
  if (t.computed > 0) text += fmt::format("; {} computed in {}", t.computed, duration(t.wall_s));
  if (t.points_per_s > 0 && t.missing > 0)
    text += fmt::format("; {:.2f} points/s, about {} left", t.points_per_s, duration(left_s));
  text += "\n";
  for (const std::string& trouble : t.troubles) text += "  " + trouble + "\n";
  for (const auto& [id, message] : t.failures) text += fmt::format("  point {} failed: {}\n", id, message);
  if (t.failed > static_cast<std::int64_t>(t.failures.size())) text += "  and more; points.csv has every message\n";
  if (collected) text += "\n" + collected->file + "\n" + collected->csv + "\n";
  std::fputs(text.c_str(), stdout);
}

study::SlurmOptions slurm_options(const study::Study& study, const Flags& flags) {
  return {.program = std::filesystem::read_symlink("/proc/self/exe").string(),
          .study = std::filesystem::absolute(flags.study).string(),
          .folder = flags.folder,
          .name = study.name,
          .shards = flags.array > 0 ? flags.array : std::min<std::int64_t>(20, study.blocks()),
          .threads = std::max(1, flags.threads),
          .partition = flags.partition,
          .time = flags.time,
          .directives = flags.sbatch,
          .retry_failed = flags.retry_failed};
}

// Submits, follows and collects; with --print only writes the script.
void on_slurm(const study::Study& study, const study::SweepOptions& options, const Flags& flags) {
  if (flags.print) {
    std::fputs(study::batch_script(slurm_options(study, flags)).c_str(), stdout);
    return;
  }
  study::open_folder(study, flags.folder);
  const std::string script = study::write_batch_script(slurm_options(study, flags)), job = study::submit(script);
  if (!flags.quiet) std::fprintf(stderr, "%s: job %s, %s\n", study.name.c_str(), job.c_str(), script.c_str());
  study::follow(job);
  const study::CollectReport report = study::collect(study, flags.folder);
  const study::Tally tally = study::status(study, options);
  print_tally(study, tally, &report, flags);
  if (tally.missing > 0)
    throw UserError(
        fmt::format("{}: error: {} points are missing after job {} (its logs: {}/slurm); the same command submits the rest",
                    flags.folder, tally.missing, job, flags.folder));
}

void sweep(Flags flags) {
  const std::unique_ptr<study::Study> study = study::load_study({.path = flags.study, .many = flags.yes});
  if (!study->base.warnings.empty() && !flags.quiet) std::fputs(study->base.warnings.c_str(), stderr);
  if (flags.folder.empty()) flags.folder = (std::filesystem::path("results") / study->name).string();
  if (flags.plan || flags.dry_run) return print_plan(*study, flags);
  study::SweepOptions options{.folder = flags.folder,
                              .threads = flags.threads > 0 ? flags.threads : cores(),
                              .retry_failed = flags.retry_failed,
                              .quiet = flags.quiet};
  read_shard(flags.shard, options);
  const bool begun = study::begun(flags.folder);
  if ((flags.resume || flags.status || flags.collect) && !begun)
    throw UserError(flags.folder + ": error: no study was begun there; run `hypocaust sweep " + flags.study +
                    "` first, or name its folder with -o");
  if (flags.status) return print_tally(*study, study::status(*study, options), nullptr, flags);
  if (flags.collect) {
    const study::CollectReport report = study::collect(*study, flags.folder);
    return print_tally(*study, study::status(*study, options), &report, flags);
  }
  if (flags.slurm) return on_slurm(*study, options, flags);
  const study::Tally tally = study::sweep(*study, options);
  if (!tally.interrupted.empty()) {
    print_tally(*study, tally, nullptr, flags);
    throw Interrupted(
        fmt::format("{}; {} points are stored, the same command goes on", tally.interrupted, tally.points - tally.missing));
  }
  if (options.shards > 1) return print_tally(*study, tally, nullptr, flags);
  const study::CollectReport report = study::collect(*study, flags.folder);
  print_tally(*study, tally, &report, flags);
}

}  // namespace

void add_sweep(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("sweep", "simulate many variants of a site");
  verb->add_option("STUDY", flags->study, "study file (YAML)")->required();
  verb->add_option("-o,--output", flags->folder, "folder of the study (default ./results/<study>)");
  verb->add_option("--threads", flags->threads, "points simulated side by side (default: the cores this process may use)")
      ->check(CLI::Range(1, 1024));
  verb->add_option("--shard", flags->shard, "i/N: only the blocks of share i of N, for one of N processes");
  verb->add_flag("--plan", flags->plan, "print points, processor time (measured on a few) and disk; simulates nothing else");
  verb->add_flag("--dry-run", flags->dry_run, "the same without measuring");
  verb->add_flag("--status", flags->status, "print what is done, failed and missing");
  verb->add_flag("--collect", flags->collect, "gather the blocks that are there into study.h5 and points.csv");
  verb->add_flag("--resume", flags->resume, "go on with a study that was begun; without it one is begun where there is none");
  verb->add_flag("--retry-failed", flags->retry_failed, "simulate failed points again");
  verb->add_flag("--yes", flags->yes, "more than a million points are meant");
  CLI::Option* slurm =
      verb->add_flag("--slurm", flags->slurm, "submit the study as an array job of Slurm, follow it, and collect");
  verb->add_flag("--print", flags->print, "only print the batch script")->needs(slurm);
  verb->add_option("--array", flags->array, "tasks of the array job (default: the blocks, at most 20)")
      ->check(CLI::Range(1, 1000000))
      ->needs(slurm);
  verb->add_option("--partition", flags->partition, "of the cluster")->needs(slurm);
  verb->add_option("--time", flags->time, "of a task, as Slurm writes it: 4:00:00")->needs(slurm);
  verb->add_option("--sbatch", flags->sbatch, "a further line of the batch script, e.g. account=physics")
      ->allow_extra_args(false)
      ->needs(slurm);
  verb->add_flag("--quiet", flags->quiet, "no progress, no warnings");
  verb->add_flag("--json", flags->json, "print one JSON object");
  verb->callback([flags] { sweep(*flags); });
}

}  // namespace hypocaust::cli
