#include "sim/cli/outage_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/base/utc_text.hpp"
#include "sim/study/outage_verdict.hpp"

namespace hypocaust::cli {
namespace {

using study::BranchResult;
using study::Verdict;
using Json = nlohmann::ordered_json;

constexpr double mwh_j = 3.6e9;

std::string start_text(const study::OutageResult& r, const BranchResult& b) {
  return base::utc_text(r.start_utc_s + b.branch.start_step * r.step_s).substr(0, 16);
}
std::string days(double seconds) { return std::isfinite(seconds) ? fmt::format("{:.1f}", seconds / 86400.0) : std::string("-"); }
std::string fixed(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : std::string("-");
}
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

// Energies the buyer and the operator lose by the outage: against the base year over the same steps.
double not_delivered_j(const BranchResult& b) { return b.without.energies.consumed_j - b.with.energies.consumed_j; }
double more(const BranchResult& b, double meter::Energies::*member) {
  return b.with.energies.*member - b.without.energies.*member;
}

std::string verdict_text(const BranchResult& b) { return b.died ? "NO RESULT" : std::string(study::name_of(b.verdict)); }

struct Column {
  const char *name, *unit;
  double (*value)(const study::OutageResult&, const BranchResult&);
};
const Column columns[] = {
    {"outage", "d",
     [](const study::OutageResult& r, const BranchResult& b) {
       return static_cast<double>(b.branch.outage_steps * r.step_s) / 86400.0;
     }},
    {"coolant_worst", "degC", [](const study::OutageResult&, const BranchResult& b) { return b.worst.coolant_c; }},
    {"coolant_limit", "degC", [](const study::OutageResult&, const BranchResult& b) { return b.worst.limit_c; }},
    {"dump_utilisation", "1", [](const study::OutageResult&, const BranchResult& b) { return b.worst.dump_frac; }},
    {"outdoor_limit", "degC", [](const study::OutageResult&, const BranchResult& b) { return b.worst.outdoor_limit_c; }},
    {"tightness", "1", [](const study::OutageResult&, const BranchResult& b) { return b.tightness_frac; }},
    {"over_limit", "min", [](const study::OutageResult&, const BranchResult& b) { return b.with.minutes_over_limit; }},
    {"over_limit_base_year", "min",
     [](const study::OutageResult&, const BranchResult& b) { return b.without.minutes_over_limit; }},
    {"throttled", "min", [](const study::OutageResult&, const BranchResult& b) { return b.with.minutes_throttled; }},
    {"throttled_base_year", "min", [](const study::OutageResult&, const BranchResult& b) { return b.without.minutes_throttled; }},
    {"fewer_jobs_finished", "1",
     [](const study::OutageResult&, const BranchResult& b) { return b.without.jobs_finished - b.with.jobs_finished; }},
    {"recovered_after", "d", [](const study::OutageResult&, const BranchResult& b) { return b.recovered_after_s / 86400.0; }},
    {"heat_not_consumed", "MWh", [](const study::OutageResult&, const BranchResult& b) { return not_delivered_j(b) / mwh_j; }},
    {"more_rejected", "MWh",
     [](const study::OutageResult&, const BranchResult& b) { return more(b, &meter::Energies::rejected_j) / mwh_j; }},
    {"more_backup", "MWh",
     [](const study::OutageResult&, const BranchResult& b) { return more(b, &meter::Energies::backup_j) / mwh_j; }},
    {"more_unmet", "MWh",
     [](const study::OutageResult&, const BranchResult& b) { return more(b, &meter::Energies::unmet_j) / mwh_j; }},
    {"more_pump_and_fan", "MWh",
     [](const study::OutageResult&, const BranchResult& b) {
       return (more(b, &meter::Energies::pump_j) + more(b, &meter::Energies::fan_j)) / mwh_j;
     }},
};

}  // namespace

std::string outage_headline(const study::OutageResult& r) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(r.branches.begin(), r.branches.end(),
                         [&](const BranchResult& b) { return !b.died && b.verdict == verdict; });
  };
  std::string text;
  for (const Verdict verdict : {Verdict::fails, Verdict::degraded, Verdict::survives})
    if (const auto n = count(verdict); n > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", study::name_of(verdict), n);
  if (const auto n = std::count_if(r.branches.begin(), r.branches.end(), [](const BranchResult& b) { return b.died; }); n > 0)
    text += fmt::format("{}NO RESULT {}", text.empty() ? "" : ", ", n);
  const std::int64_t week = 7 * 86400 / r.step_s;
  const bool weekly =
      std::all_of(r.branches.begin(), r.branches.end(), [&](const BranchResult& b) { return b.branch.start_step % week == 0; });
  text += fmt::format(" of {} {}", r.branches.size(), weekly ? "weeks" : "outages");
  const BranchResult* tightest = nullptr;
  for (const BranchResult& b : r.branches)
    if (std::isfinite(b.tightness_frac) && (!tightest || b.tightness_frac < tightest->tightness_frac)) tightest = &b;
  if (!tightest) return text + "; the plant has neither coolant limit nor dump plant to hold: only solves are judged";
  const study::Worst& w = tightest->worst;
  text += "; tightest: " + (weekly ? fmt::format("week {}", tightest->branch.start_step / week + 1) : start_text(r, *tightest));
  if (std::isfinite(w.coolant_c)) text += fmt::format(", coolant {:.1f} degC of {:.0f}", w.coolant_c, w.limit_c);
  if (std::isfinite(w.dump_frac)) text += fmt::format(", {} at {:.0f} %", w.dump, 100.0 * w.dump_frac);
  return text;
}

std::string outage_text(const study::OutageResult& r) {
  std::string out = outage_headline(r) + "\n\n";
  out += fmt::format("{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "start (UTC)", "out", "d",
                     "verdict", "coolant", "dump", "survives", "throttle", "recovered", "not taken", "backup");
  out += fmt::format("{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "", "", "", "", "degC", "%",
                     "to degC", "min", "after d", "MWh", "MWh more");
  for (const BranchResult& b : r.branches) {
    out += fmt::format(
        "{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>8} {:>8.0f} {:>9} {:>9.2f} {:>9.2f}{}\n", start_text(r, b), b.branch.what,
        fmt::format("{:g}", std::round(static_cast<double>(b.branch.outage_steps * r.step_s) / 864.0) / 100.0), verdict_text(b),
        fixed(b.worst.coolant_c, 1), fixed(100.0 * b.worst.dump_frac, 0), fixed(b.worst.outdoor_limit_c, 1),
        b.with.minutes_throttled, days(b.recovered_after_s), not_delivered_j(b) / mwh_j,
        more(b, &meter::Energies::backup_j) / mwh_j, b.also_without ? "  (limits broken in the base year too)" : "");
    if (!b.trouble.empty()) out += "  " + b.trouble + "\n";
  }
  out += fmt::format("\nCPU s: {:.1f}, of which the base year {:.1f}\n{}\n", r.total_cpu_s, r.base_cpu_s, r.folder);
  return out;
}

std::string outage_json(const study::OutageResult& r) {
  Json j{{"scenario", r.scenario}, {"folder", r.folder}, {"headline", outage_headline(r)}};
  for (const Verdict verdict : {Verdict::survives, Verdict::degraded, Verdict::fails})
    j["verdicts"][std::string(study::name_of(verdict))] =
        std::count_if(r.branches.begin(), r.branches.end(), [&](const BranchResult& b) { return b.verdict == verdict; });
  j["branches"] = Json::array();
  for (const BranchResult& b : r.branches) {
    Json one{{"start", start_text(r, b)}, {"what", b.branch.what}, {"verdict", verdict_text(b)}};
    for (const Column& column : columns) one[std::string(column.name)] = number(column.value(r, b));
    one["coolant"] = b.worst.coolant, one["dump"] = b.worst.dump;
    one["coolant_worst_at"] = base::utc_text(b.worst.coolant_utc_s), one["dump_worst_at"] = base::utc_text(b.worst.dump_utc_s);
    one["events"] = b.events, one["limits_broken_in_the_base_year_too"] = b.also_without, one["trouble"] = b.trouble;
    j["branches"].push_back(std::move(one));
  }
  j["cpu_s"] = {{"base", r.base_cpu_s}, {"total", r.total_cpu_s}};
  return j.dump(2) + "\n";
}

std::string outage_csv(const study::OutageResult& r) {
  std::string out = "start_utc,what,verdict";
  for (const Column& column : columns) {
    out += std::string(",") + column.name;
    if (column.unit[0] != '1') out += fmt::format(" [{}]", column.unit);
  }
  out += ",trouble\n";
  for (const BranchResult& b : r.branches) {
    out += fmt::format("{},{},{}", start_text(r, b), b.branch.what, verdict_text(b));
    for (const Column& column : columns) {
      const double value = column.value(r, b);
      out += std::isfinite(value) ? fmt::format(",{:.9g}", value) : ",";
    }
    std::string trouble = b.trouble;
    std::replace(trouble.begin(), trouble.end(), '"', '\'');
    out += trouble.empty() ? ",\n" : ",\"" + trouble + "\"\n";
  }
  return out;
}

}  // namespace hypocaust::cli
