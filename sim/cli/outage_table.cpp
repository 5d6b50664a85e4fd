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
using study::Medium;
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
template <Medium medium, double study::Tightest::*figure> double worst(const study::OutageResult&, const BranchResult& b) {
  return b.worst.at(medium).*figure;
}
constexpr const char* money = "money";  // in the scenario's currency
template <double study::Price::*figure> double price(const study::OutageResult&, const BranchResult& b) {
  return b.price.*figure;
}
const Column columns[] = {
    {"outage", "d",
     [](const study::OutageResult& r, const BranchResult& b) {
       return static_cast<double>(b.branch.outage_steps * r.step_s) / 86400.0;
     }},
    {"coolant_worst", "degC", worst<Medium::coolant, &study::Tightest::t_c>},
    {"coolant_limit", "degC", worst<Medium::coolant, &study::Tightest::limit_c>},
    {"air_worst", "degC", worst<Medium::air, &study::Tightest::t_c>},
    {"air_limit", "degC", worst<Medium::air, &study::Tightest::limit_c>},
    {"junction_worst", "degC", worst<Medium::junction, &study::Tightest::t_c>},
    {"junction_limit", "degC", worst<Medium::junction, &study::Tightest::limit_c>},
    {"dump_utilisation", "1", [](const study::OutageResult&, const BranchResult& b) { return b.worst.dump_frac; }},
    {"outdoor_limit", "degC", [](const study::OutageResult&, const BranchResult& b) { return b.worst.outdoor_limit_c; }},
    {"tightness", "1", [](const study::OutageResult&, const BranchResult& b) { return b.tightness_frac; }},
    {"over_limit", "min", [](const study::OutageResult&, const BranchResult& b) { return b.with.minutes_over_limit; }},
    {"over_limit_base_year", "min",
     [](const study::OutageResult&, const BranchResult& b) { return b.without.minutes_over_limit; }},
    {"throttled", "min", [](const study::OutageResult&, const BranchResult& b) { return b.with.minutes_throttled; }},
    {"throttled_base_year", "min", [](const study::OutageResult&, const BranchResult& b) { return b.without.minutes_throttled; }},
    {"hosts_down", "min", [](const study::OutageResult&, const BranchResult& b) { return b.with.minutes_down; }},
    {"power_cuts", "1", [](const study::OutageResult&, const BranchResult& b) { return b.with.power_cuts; }},
    {"jobs_delayed", "1", [](const study::OutageResult&, const BranchResult& b) { return b.delays.delayed; }},
    {"longest_job_delay", "h", [](const study::OutageResult&, const BranchResult& b) { return b.delays.longest_s / 3600.0; }},
    {"more_jobs_late", "1",
     [](const study::OutageResult&, const BranchResult& b) { return b.with.jobs_late - b.without.jobs_late; }},
    {"more_jobs_lost", "1",
     [](const study::OutageResult&, const BranchResult& b) { return b.with.jobs_lost - b.without.jobs_lost; }},
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
    {"lost_sales", money, price<&study::Price::lost_sales_money>},
    {"take_or_pay", money, price<&study::Price::take_or_pay_money>},
    {"shortfall", money, price<&study::Price::shortfall_money>},
    {"other_contract", money, price<&study::Price::other_contract_money>},
    {"electricity", money, price<&study::Price::electricity_money>},
    {"compute_not_sold", money, price<&study::Price::compute_money>},
    {"buyers_backup_fuel", money, price<&study::Price::backup_fuel_money>},
    {"operator_pays", money, price<&study::Price::operator_money>},
    {"buyer_pays", money, price<&study::Price::buyer_money>},
    {"operator_emits", "kgCO2e", price<&study::Price::operator_kgco2e>},
    {"buyer_emits", "kgCO2e", price<&study::Price::buyer_kgco2e>},
};

// What held least: temperatures against their limits, and the dump plant.
std::string held_text(const study::Worst& w) {
  std::string text;
  for (std::size_t m = 0; m < w.of.size(); ++m)
    if (std::isfinite(w.of[m].t_c))
      text += fmt::format(", {} {:.1f} degC of {:.0f}", study::medium_names[m], w.of[m].t_c, w.of[m].limit_c);
  if (std::isfinite(w.dump_frac)) text += fmt::format(", {} at {:.0f} %", w.dump, 100.0 * w.dump_frac);
  return text;
}

std::string corner_name(const BranchResult& b) {
  const study::Circumstances& c = b.branch.circumstances;
  std::string text = c.it_load == study::ItLoad::full ? "IT at 100 %" : "IT as scheduled";
  if (c.spell == weather::SpellKind::typical) return text + ", typical weather";
  return text + fmt::format(", {} of {:g} years ({:.1f} degC)",
                            c.spell == weather::SpellKind::heatwave ? "heat wave" : "cold spell", c.return_years,
                            b.spell_extreme_c);
}

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
  return text + held_text(w);
}

namespace {

// What each branch costs whom against the base year; nothing where the scenario prices nothing.
std::string price_table(const study::OutageResult& r) {
  if (std::none_of(r.branches.begin(), r.branches.end(),
                   [](const BranchResult& b) { return std::isfinite(b.price.operator_money); }))
    return {};
  std::string out = fmt::format("\n{:<17} {:<20} {:>10} {:>11} {:>9} {:>11} {:>8} {:>8} {:>9} {:>9} {:>14}\n", "against the year",
                                "out, " + r.currency, "lost sales", "take or pay", "shortfall", "electricity", "compute", "fuel",
                                "operator", "buyer", "kgCO2e of both");
  for (const BranchResult& b : r.branches) {
    const study::Price& p = b.price;
    out += fmt::format("{:<17} {:<20} {:>10} {:>11} {:>9} {:>11} {:>8} {:>8} {:>9} {:>9} {:>14}\n", start_text(r, b),
                       b.branch.what, fixed(p.lost_sales_money, 2), fixed(p.take_or_pay_money, 2), fixed(p.shortfall_money, 2),
                       fixed(p.electricity_money, 2), fixed(p.compute_money, 2), fixed(p.backup_fuel_money, 2),
                       fixed(p.operator_money, 2), fixed(p.buyer_money, 2), fixed(p.operator_kgco2e + p.buyer_kgco2e, 0));
  }
  return out;
}

Json branch_json(const study::OutageResult& r, const BranchResult& b) {
  Json one{{"start", start_text(r, b)}, {"what", b.branch.what}, {"verdict", verdict_text(b)}};
  for (const Column& column : columns) one[std::string(column.name)] = number(column.value(r, b));
  for (std::size_t m = 0; m < b.worst.of.size(); ++m)
    if (const study::Tightest& tightest = b.worst.of[m]; !tightest.name.empty())
      one["worst"][std::string(study::medium_names[m])] = {{"name", tightest.name}, {"at", base::utc_text(tightest.utc_s)}};
  one["dump"] = b.worst.dump, one["dump_worst_at"] = base::utc_text(b.worst.dump_utc_s);
  one["events"] = b.events, one["limits_broken_in_the_base_year_too"] = b.also_without, one["trouble"] = b.trouble;
  return one;
}

}  // namespace

// What became of the work, where anything did; nothing where no host was throttled or down.
std::string work_text(const BranchResult& b) {
  std::string text;
  if (b.with.minutes_down > 0)
    text += fmt::format("  hosts down {:.0f} min{}\n", b.with.minutes_down,
                        b.with.power_cuts > 0 ? ", without having shut down first" : "");
  const double late = b.with.jobs_late - b.without.jobs_late, lost = b.with.jobs_lost - b.without.jobs_lost;
  if (b.delays.delayed > 0 || late > 0 || lost > 0)
    text += fmt::format(
        "  jobs: {:.0f} end later than in the base year (by at most {:.1f} h), {:.0f} beyond what their class or deadline "
        "allows, {:.0f} begun again\n",
        b.delays.delayed, b.delays.longest_s / 3600.0, std::max(0.0, late), std::max(0.0, lost));
  return text;
}

std::string outage_text(const study::OutageResult& r) {
  std::string out = outage_headline(r) + "\n";
  for (const BranchResult& corner : r.corners)
    out += fmt::format("  {:<60} {}{}\n", corner_name(corner), verdict_text(corner), held_text(corner.worst));
  out += "\n";
  out += fmt::format("{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>6} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "start (UTC)", "out", "d",
                     "verdict", "coolant", "air", "dump", "survives", "throttle", "recovered", "not taken", "backup");
  out += fmt::format("{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>6} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "", "", "", "", "degC",
                     "degC", "%", "to degC", "min", "after d", "MWh", "MWh more");
  for (const BranchResult& b : r.branches) {
    out += fmt::format(
        "{:<17} {:<20} {:>6} {:<9} {:>8} {:>6} {:>6} {:>8} {:>8.0f} {:>9} {:>9.2f} {:>9.2f}{}\n", start_text(r, b), b.branch.what,
        fmt::format("{:g}", std::round(static_cast<double>(b.branch.outage_steps * r.step_s) / 864.0) / 100.0), verdict_text(b),
        fixed(b.worst.at(Medium::coolant).t_c, 1), fixed(b.worst.at(Medium::air).t_c, 1), fixed(100.0 * b.worst.dump_frac, 0),
        fixed(b.worst.outdoor_limit_c, 1), b.with.minutes_throttled, days(b.recovered_after_s), not_delivered_j(b) / mwh_j,
        more(b, &meter::Energies::backup_j) / mwh_j, b.also_without ? "  (limits broken in the base year too)" : "");
    out += work_text(b);
    if (!b.trouble.empty()) out += "  " + b.trouble + "\n";
  }
  out += price_table(r);
  for (const std::string& note : r.notes) out += "note: " + note + "\n";
  out += fmt::format("\nCPU s: {:.1f}, of which the base year {:.1f}\n{}\n", r.total_cpu_s, r.base_cpu_s, r.folder);
  return out;
}

std::string outage_json(const study::OutageResult& r) {
  Json j{{"scenario", r.scenario}, {"folder", r.folder}, {"headline", outage_headline(r)}};
  for (const Verdict verdict : {Verdict::survives, Verdict::degraded, Verdict::fails})
    j["verdicts"][std::string(study::name_of(verdict))] =
        std::count_if(r.branches.begin(), r.branches.end(), [&](const BranchResult& b) { return b.verdict == verdict; });
  j["branches"] = Json::array();
  for (const BranchResult& b : r.branches) j["branches"].push_back(branch_json(r, b));
  j["corners"] = Json::array();
  for (const BranchResult& b : r.corners) {
    j["corners"].push_back(branch_json(r, b));
    j["corners"].back()["corner"] = corner_name(b), j["corners"].back()["spell_extreme"] = number(b.spell_extreme_c);
  }
  j["currency"] = r.currency, j["notes"] = r.notes;
  j["cpu_s"] = {{"base", r.base_cpu_s}, {"total", r.total_cpu_s}};
  return j.dump(2) + "\n";
}

std::string outage_csv(const study::OutageResult& r) {
  std::string out = "start_utc,what,verdict";
  for (const Column& column : columns) {
    out += std::string(",") + column.name;
    if (column.unit == std::string_view(money)) out += " [" + r.currency + "]";
    else if (column.unit[0] != '1') out += fmt::format(" [{}]", column.unit);
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
