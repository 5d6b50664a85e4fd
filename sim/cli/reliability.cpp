// hypocaust reliability SITE --years N: availability of compute and heat over years in which things break at random.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/reliability.hpp"

namespace hypocaust::cli {
namespace {

using study::MeanEstimate;
using Json = nlohmann::ordered_json;

constexpr double mwh_j = 3.6e9;
constexpr double shares[] = {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0};

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json json_of(const MeanEstimate& e, double unit) {
  return {{"mean", number(e.mean / unit)}, {"low", number(e.low / unit)}, {"high", number(e.high / unit)}};
}

std::string line(const char* what, const MeanEstimate& e, double unit, const char* text, int digits) {
  if (!std::isfinite(e.mean)) return fmt::format("  {:<44} -\n", what);
  std::string out = fmt::format("  {:<44} {:.{}f} {}", what, e.mean / unit, digits, text);
  if (std::isfinite(e.low)) out += fmt::format("  (95 %: {:.{}f} to {:.{}f})", e.low / unit, digits, e.high / unit, digits);
  return out + "\n";
}

std::string reliability_text(const study::ReliabilityResult& r) {
  std::string out = fmt::format("{}: {} random years of {:.0f} d\n\n", r.scenario, r.years.size(), r.year_s / 86400.0);
  out += line("compute available", r.compute, 0.01, "%", 3);
  out += line("heat available", r.heat, 0.01, "%", 2);
  out += line("heat not taken that the base year takes", r.not_delivered_j, mwh_j, "MWh", 2);
  out += line("more from the buyers' backup", r.backup_j, mwh_j, "MWh", 2);
  out += line("more heat unmet", r.unmet_j, mwh_j, "MWh", 2);
  if (!r.tightness_frac.empty()) {
    out += fmt::format("\n  tightest minute of a year (base year {:.2f}; 1: as designed, 0: at a limit)\n  ",
                       r.without.tightness_frac);
    for (const double share : shares) out += fmt::format(" {:>7}", fmt::format("{:.0f} %", 100 * share));
    out += "\n  ";
    for (const double share : shares) out += fmt::format(" {:>7.2f}", study::quantile(r.tightness_frac, share));
    out += "\n";
  }
  out += fmt::format("\n  {:<28} {:>15} {:>12} {:>12}\n", "fault", "failures a year", "out, %", "expected, %");
  for (const study::FaultRecord& f : r.faults)
    out += fmt::format("  {:<28} {:>15.2f} {:>12.3f} {:>12}\n", f.name, f.failures_a_year, 100 * f.out_frac,
                       std::isfinite(f.expected_out_frac) ? fmt::format("{:.3f}", 100 * f.expected_out_frac) : std::string("-"));
  for (const std::string& trouble : r.troubles) out += "  no solution in " + trouble + "\n";
  return out + fmt::format("\nCPU s: {:.1f}\n{}\n", r.total_cpu_s, r.folder);
}

std::string reliability_json(const study::ReliabilityResult& r) {
  Json j{{"scenario", r.scenario}, {"folder", r.folder}, {"years", r.years.size()}, {"days_of_a_year", r.year_s / 86400.0}};
  j["compute_available"] = json_of(r.compute, 1), j["heat_available"] = json_of(r.heat, 1);
  j["heat_not_taken_mwh"] = json_of(r.not_delivered_j, mwh_j), j["more_backup_mwh"] = json_of(r.backup_j, mwh_j);
  j["more_unmet_mwh"] = json_of(r.unmet_j, mwh_j);
  j["tightness"] = Json::object();
  for (const double share : shares) j["tightness"][fmt::format("{:g}", share)] = number(study::quantile(r.tightness_frac, share));
  j["tightness"]["base_year"] = number(r.without.tightness_frac);
  for (const study::FaultRecord& f : r.faults)
    j["faults"][f.name] = {
        {"failures_a_year", f.failures_a_year}, {"out_frac", f.out_frac}, {"expected_out_frac", number(f.expected_out_frac)}};
  j["troubles"] = r.troubles, j["cpu_s"] = r.total_cpu_s;
  return j.dump(2) + "\n";
}

}  // namespace

void add_reliability(CLI::App& application) {
  struct Flags {
    study::ReliabilityOptions study;
    bool json = false;
  };
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand(
      "reliability", "years in which the scenario's random faults happen: availability of compute and heat");
  add_load_options(*verb, flags->study.load);
  verb->add_option("--years", flags->study.years, "random years (default 100)")->check(CLI::Range(2, 99999));
  verb->add_option("-o,--output", flags->study.folder, "folder of the study (default ./results/<scenario>.reliability)");
  verb->add_option("--jobs", flags->study.jobs, "years side by side (default: one a core)")->check(CLI::Range(1, 1024));
  verb->add_flag("--resume", flags->study.resume, "keep the years that are finished in the folder");
  verb->add_flag("--quiet", flags->study.quiet, "no progress");
  verb->add_flag("--json", flags->json, "print one JSON object");
  verb->callback([flags] {
    const study::ReliabilityResult result = study::run_reliability(flags->study);
    const std::string json = reliability_json(result);
    base::write_file(result.folder + "/reliability.json", json);
    std::fputs(flags->json ? json.c_str() : reliability_text(result).c_str(), stdout);
  });
}

}  // namespace hypocaust::cli
