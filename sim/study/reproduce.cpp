#include "sim/study/reproduce.hpp"

#include <stdlib.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/child_pool.hpp"
#include "sim/base/signals.hpp"
#include "sim/run/run.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

// Where run files lie until they are read; gone afterwards unless the user wants them.
class RunFolder {
 public:
  explicit RunFolder(const std::string& keep) : path_(keep), kept_(!keep.empty()) {
    if (kept_) {
      std::error_code reason;
      fs::create_directories(keep, reason);
      if (reason) base::refuse(keep, "make the folder", reason.value());
      return;
    }
    path_ = (fs::temp_directory_path() / "hypocaust_reproduce_XXXXXX").string();
    if (!::mkdtemp(path_.data())) base::refuse(path_, "make a folder", errno);
  }
  ~RunFolder() {
    std::error_code none;
    if (!kept_) fs::remove_all(path_, none);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  std::string file(const std::string& name) const { return (fs::path(path_) / (name + ".h5")).string(); }

 private:
  std::string path_;
  bool kept_;
};

// One simulation: a run of a case, or a variant of it.
struct Job {
  std::string study, run, name;  // name: of its file
  bool variant = false;          // with another value of something assumed
  config::LoadOptions load;
};

struct Case {
  std::string path, name;
  report::CaseStudy study;
};

std::string file_name(const Case& one, const std::string& run, const std::string& variant) {
  return one.name + "." + run + (variant.empty() ? "" : "." + variant);
}
std::string variant_name(const std::string& swept, std::size_t value) { return swept + "_" + std::to_string(value + 1); }

config::LoadOptions load_options(const report::CaseRun& run) {
  return {.path = run.site.path, .cases = run.cases, .sets = run.sets};
}

std::vector<Job> jobs_of(const std::vector<Case>& cases) {
  std::vector<Job> jobs;
  for (const Case& one : cases) {
    for (const auto& run : one.study.runs.entries)
      jobs.push_back({.study = one.name, .run = run.name, .name = file_name(one, run.name, ""), .load = load_options(run.value)});
    for (const auto& swept : one.study.swept.entries)
      for (std::size_t k = 0; k < swept.value.values.size(); ++k) {
        const std::string& run = swept.value.run.name;
        Job job{.study = one.name,
                .run = run,
                .name = file_name(one, run, variant_name(swept.name, k)),
                .variant = true,
                .load = load_options(*one.study.runs.find(run))};
        job.load.sets.push_back(swept.value.key + "=" + swept.value.values[k]);
        jobs.push_back(std::move(job));
      }
  }
  return jobs;
}

void simulate(const std::vector<Job>& jobs, const RunFolder& folder, int threads) {
  base::ChildPool children(threads, [&](const std::string& request) -> std::string {
    const Job& job = jobs[std::stoull(request)];
    run::run(config::load(job.load), {.output = folder.file(job.name), .use_cache = false, .quiet = true});
    return {};
  });
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, jobs.size(), 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t k = range.begin(); k < range.end() && !base::interrupted(); ++k) children.call(std::to_string(k));
        },
        tbb::simple_partitioner{});
  });
}

report::Figures figures(const Case& one, const report::CaseRun& run, const RunFolder& folder, const std::string& file) {
  const std::string& twin = run.without_reuse.name;
  return report::figures_of_run(folder.file(file), twin.empty() ? "" : folder.file(file_name(one, twin, "")));
}

}  // namespace

Reproduced reproduce(const ReproduceOptions& options) {
  std::vector<Case> cases;
  for (const std::string& file : options.files) cases.push_back({file, fs::path(file).stem().string(), report::load_case(file)});
  std::vector<Job> jobs = jobs_of(cases);
  Reproduced done;
  for (const Job& job : jobs)  // every mistake of a site before the first is simulated
    for (const config::Loaded loaded = config::load(job.load); const auto& [path, origin] : loaded.origins)
      if (origin.assumed && !job.variant) done.assumed.push_back({job.study, job.run, path, origin.text});
  if (!options.sweep) std::erase_if(jobs, [](const Job& job) { return job.variant; });
  const RunFolder folder(options.keep);
  if (!jobs.empty()) simulate(jobs, folder, std::max(1, options.threads));
  base::poll_interrupt();
  for (const Case& one : cases) {
    std::vector<report::Comparison> list = compare_columns(one.study, one.path);
    std::map<std::string, report::Figures> runs;
    for (const auto& run : one.study.runs.entries) runs[run.name] = figures(one, run.value, folder, file_name(one, run.name, ""));
    std::vector<report::Comparison> of_runs = compare_runs(one.study, one.path, runs);
    std::move(of_runs.begin(), of_runs.end(), std::back_inserter(list));
    std::move(list.begin(), list.end(), std::back_inserter(done.comparisons));
    for (const auto& swept : one.study.swept.entries)
      for (std::size_t k = 0; options.sweep && k < swept.value.values.size(); ++k) {
        const std::string& name = swept.value.run.name;
        std::map<std::string, report::Figures> variant = runs;
        variant[name] = figures(one, *one.study.runs.find(name), folder, file_name(one, name, variant_name(swept.name, k)));
        for (report::Comparison& c : compare_runs(one.study, one.path, variant)) {
          c.column = swept.name + " = " + swept.value.values[k];
          done.swept.push_back(std::move(c));
        }
      }
  }
  return done;
}

}  // namespace hypocaust::study
