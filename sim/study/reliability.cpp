#include "sim/study/reliability.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/resources.hpp"
#include "sim/base/signals.hpp"
#include "sim/output/version.hpp"
#include "sim/run/year.hpp"
#include "sim/study/outage_compute.hpp"
#include "sim/study/outage_verdict.hpp"
#include "sim/study/outage_watch.hpp"
#include "sim/study/processes.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
double number_of(const Json& json) { return json.is_number() ? json.get<double>() : not_given; }

// When the random faults are there in a year of its own. Drawn from long before the year on, so that it begins as any year does, with
// what is out of order from the year before. Faults that share crews begin together.
std::vector<std::vector<control::FaultInterval>> intervals_of(const run::Site& site, const std::vector<FaultRecord>& faults,
                                                              int year) {
  const std::int64_t begin_s = site.start_utc_s - site.warm_up_steps * site.step_s;
  const int crews = static_cast<int>(site.scenario.repair_crews);
  std::vector<control::RandomFault> random;
  std::int64_t earliest_s = begin_s;
  for (const FaultRecord& record : faults) {
    const control::FaultSpec& fault = *site.scenario.faults.find(record.name);
    const auto lead_s = static_cast<std::int64_t>(10.0 * (fault.mean_repair_s + fault.spare_part_s));
    random.push_back({.fault = &fault, .name = record.name + ".year." + std::to_string(year), .from_s = begin_s - lead_s});
    earliest_s = std::min(earliest_s, begin_s - lead_s);
  }
  if (crews < control::as_many_as_needed)
    for (control::RandomFault& one : random) one.from_s = earliest_s;
  auto lists = control::fault_histories(random, crews, static_cast<std::uint64_t>(site.scenario.clock.seed),
                                        site.start_utc_s + site.steps * site.step_s);
  for (auto& list : lists) std::erase_if(list, [&](const control::FaultInterval& one) { return one.to_s <= begin_s; });
  return lists;
}

class Reliability {
 public:
  explicit Reliability(const ReliabilityOptions& options)
      : options_(options), loaded_(config::load(options.load)), site_(run::checked_site(loaded_)) {
    result_.scenario = fs::path(loaded_.path).stem().string();
    result_.folder = options_.folder.empty() ? "results/" + result_.scenario + ".reliability" : options_.folder;
    result_.year_s = static_cast<double>(site_->steps * site_->step_s);
    for (const auto& entry : loaded_.scenario.faults.entries)
      if (entry.value.at_random()) result_.faults.push_back({.name = entry.name});
    if (result_.faults.empty())
      throw UserError(loaded_.path +
                      ": error: faults has no entry at random (every year would be the same); give one `mean_time_between` and "
                      "`mean_time_to_repair`");
    jobs_ = options_.jobs > 0 ? options_.jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }

  ReliabilityResult run() {
    open_folder();
    Processes processes(jobs_);
    for (int year = 0; year <= options_.years; ++year) {
      base::poll_interrupt();
      if (!read(year)) processes.start(year, fmt::format("year {}", year), [&, year] { live(year); });
      processes.reap(false);
      if (!options_.quiet && year % std::max(1, options_.years / 10) == 0)
        fmt::print(stderr, "{}: year {} of {}\n", result_.scenario, year, options_.years);
    }
    processes.wait_for_all();
    collect(processes);
    rusage children{};
    ::getrusage(RUSAGE_CHILDREN, &children);
    result_.total_cpu_s = base::cpu_seconds() + static_cast<double>(children.ru_utime.tv_sec + children.ru_stime.tv_sec) +
                          1e-6 * static_cast<double>(children.ru_utime.tv_usec + children.ru_stime.tv_usec);
    return std::move(result_);
  }

 private:
  std::string path(int year) const { return fmt::format("{}/year_{:05}.json", result_.folder, year); }

  // A year depends on its number alone: more years may be asked for in the same folder.
  void open_folder() {
    const std::string manifest = result_.folder + "/manifest.txt";
    const std::string identity = "hypocaust reliability " + std::string(output::version()) + "\n" + output::git_commit() + "\n" +
                                 config::resolved_yaml(loaded_);
    std::error_code none;
    fs::create_directories(result_.folder, none);
    base::require_writable_folder(manifest);
    const std::string before = content(manifest);
    if (options_.resume && before.empty())
      throw UserError(result_.folder + ": error: nothing to resume here; run without --resume");
    if (!before.empty() && before != identity)
      throw UserError(result_.folder +
                      ": error: holds years of another scenario or build (they would be mixed); name another folder with -o, or "
                      "remove this one");
    if (!options_.resume)
      for (const auto& entry : fs::directory_iterator(result_.folder, none)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("year_") && name.ends_with(".json")) fs::remove(entry.path(), none);
      }
    base::write_file(manifest, identity);
  }

  // In a process of its own.
  void live(int year) {
    RandomYear r{.number = year};
    run::Site& site = *site_;
    const std::int64_t begin_s = site.start_utc_s, end_s = begin_s + site.steps * site.step_s;
    site.faults.forget_random(site.scenario);
    const auto histories = intervals_of(site, result_.faults, year);
    for (std::size_t f = 0; f < result_.faults.size(); ++f) {
      const FaultRecord& record = result_.faults[f];
      const auto intervals = year == 0 ? std::vector<control::FaultInterval>{} : histories[f];
      site.faults.add(record.name, *site.scenario.faults.find(record.name), intervals);
      double out_s = 0;
      std::int64_t failures = 0;
      for (const control::FaultInterval& one : intervals) {
        out_s += static_cast<double>(std::max<std::int64_t>(0, std::min(one.to_s, end_s) - std::max(one.from_s, begin_s)));
        failures += one.from_s >= begin_s ? 1 : 0;
      }
      r.failures.push_back(failures), r.out_frac.push_back(out_s / result_.year_s);
    }
    const std::unique_ptr<AroundTheYear> side = compute_around_the_year(site);
    run::YearLoop loop(site, *side, nullptr, true);
    OutageWatch watch(site);
    std::int64_t held_steps = 0;
    try {
      loop.start();
      for (std::int64_t k = -site.warm_up_steps; k < site.steps; ++k) {
        if (k % (3600 / site.step_s) == 0) base::poll_interrupt();
        const double over_before = watch.minutes_over_limit(), down_before = watch.minutes_down();
        loop.advance(k);
        if (k < 0) continue;
        watch.after(loop, k);
        const bool works = loop.throttle_frac() >= 1.0 && watch.minutes_down() == down_before;
        if (works && watch.minutes_over_limit() == over_before) ++held_steps;
      }
    } catch (const PhysicsError& error) {
      r.trouble = error.what();
    }
    const meter::Energies& e = loop.so_far().energies;
    r.compute_frac = static_cast<double>(held_steps) / static_cast<double>(site.steps);
    r.consumed_j = e.consumed_j, r.backup_j = e.backup_j, r.unmet_j = e.unmet_j, r.core_s = side->totals().core_s;
    r.tightness_frac = tightness_frac(watch.worst());
    write(r);
  }

  void write(const RandomYear& r) const {
    const Json j{{"number", r.number},
                 {"trouble", r.trouble},
                 {"compute_frac", r.compute_frac},
                 {"consumed_j", r.consumed_j},
                 {"backup_j", r.backup_j},
                 {"unmet_j", r.unmet_j},
                 {"core_s", r.core_s},
                 {"tightness_frac", number(r.tightness_frac)},
                 {"failures", r.failures},
                 {"out_frac", r.out_frac}};
    base::write_file(path(r.number), j.dump(1) + "\n");
  }

  std::optional<RandomYear> read(int year) const {
    const Json j = Json::parse(content(path(year)), nullptr, false);
    if (!j.is_object() || j.value("number", -1) != year || !j.contains("out_frac")) return {};
    return RandomYear{.number = year,
                      .trouble = j.value("trouble", std::string()),
                      .compute_frac = j.value("compute_frac", 0.0),
                      .consumed_j = j.value("consumed_j", 0.0),
                      .backup_j = j.value("backup_j", 0.0),
                      .unmet_j = j.value("unmet_j", 0.0),
                      .core_s = j.value("core_s", 0.0),
                      .tightness_frac = number_of(j.value("tightness_frac", Json())),
                      .failures = j.value("failures", std::vector<std::int64_t>()),
                      .out_frac = j.value("out_frac", std::vector<double>())};
  }

  void collect(const Processes& processes) {
    std::vector<double> compute;
    for (int year = 0; year <= options_.years; ++year) {
      const std::optional<RandomYear> r = read(year);
      const std::string trouble =
          !r ? (processes.died(year) ? processes.death_of(year) : "its process left no result") : r->trouble;
      if (processes.refused(year))
        throw UserError(result_.folder + ": error: year " + std::to_string(year) +
                        " could not be written (told above); make room and give --resume");
      if (year == 0 && !trouble.empty()) throw PhysicsError("the year without random faults has no solution: " + trouble);
      if (r && year > 0) compute.push_back(r->compute_frac);  // after a solve that failed nothing is held
      if (!trouble.empty()) result_.troubles.push_back(fmt::format("year {}: {}", year, trouble));
      else if (year == 0) result_.without = *r;
      else result_.years.push_back(*r);
    }
    const auto over_years = [&](auto value) {
      std::vector<double> list;
      for (const RandomYear& one : result_.years) list.push_back(value(one));
      return estimate(list);
    };
    const RandomYear& base = result_.without;
    result_.compute = estimate_share(compute);
    std::vector<double> heat;
    for (const RandomYear& one : result_.years)
      heat.push_back(base.consumed_j > 0 ? std::min(1.0, one.consumed_j / base.consumed_j) : not_given);
    result_.heat = estimate_share(heat);
    result_.not_delivered_j = over_years([&](const RandomYear& one) { return base.consumed_j - one.consumed_j; });
    result_.backup_j = over_years([&](const RandomYear& one) { return one.backup_j - base.backup_j; });
    result_.unmet_j = over_years([&](const RandomYear& one) { return one.unmet_j - base.unmet_j; });
    for (const RandomYear& one : result_.years)
      if (std::isfinite(one.tightness_frac)) result_.tightness_frac.push_back(one.tightness_frac);
    std::sort(result_.tightness_frac.begin(), result_.tightness_frac.end());
    for (std::size_t f = 0; f < result_.faults.size(); ++f) {
      FaultRecord& record = result_.faults[f];
      const control::FaultSpec& fault = *loaded_.scenario.faults.find(record.name);
      const double repair_s = fault.mean_repair_s + fault.spare_part_s;
      // With spares or a limit of crews it depends on the other failures.
      const bool simple = fault.spares == 0 && loaded_.scenario.repair_crews >= control::as_many_as_needed;
      record.expected_out_frac = simple ? repair_s / (fault.mean_between_s + repair_s) : not_given;
      for (const RandomYear& one : result_.years)
        record.failures_a_year += static_cast<double>(one.failures[f]) / static_cast<double>(result_.years.size()),
            record.out_frac += one.out_frac[f] / static_cast<double>(result_.years.size());
    }
  }

  ReliabilityOptions options_;
  config::Loaded loaded_;
  std::unique_ptr<run::Site> site_;
  int jobs_ = 1;
  ReliabilityResult result_;
};

}  // namespace

ReliabilityResult run_reliability(const ReliabilityOptions& options) { return Reliability(options).run(); }

}  // namespace hypocaust::study
