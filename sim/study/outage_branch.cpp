#include "sim/study/outage_branch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "models/meter/figures.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/study/quarters_file.hpp"

namespace hypocaust::study {
namespace {

using Json = nlohmann::ordered_json;

std::string stem(const std::string& folder, const Branch& branch) { return fmt::format("{}/branch_{:04}", folder, branch.id); }

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
double number_of(const Json& json) { return json.is_number() ? json.get<double>() : not_given; }

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void write_branch(const std::string& folder, const BranchResult& r) {
  Json j{{"id", r.branch.id}, {"what", r.branch.what}, {"trouble", r.trouble}};
  j["minutes_over_limit"] = r.with.minutes_over_limit, j["minutes_throttled"] = r.with.minutes_throttled;
  j["minutes_down"] = r.with.minutes_down, j["power_cuts"] = r.with.power_cuts;
  j["jobs_late"] = number(r.with.jobs_late), j["jobs_lost"] = number(r.with.jobs_lost);
  j["minutes_unmet"] = r.with.minutes_unmet, j["jobs_finished"] = number(r.with.jobs_finished), j["events"] = r.events;
  j["minutes_over"] = r.with.minutes_over;
  j["core_s"] = number(r.with.core_s), j["spell_extreme_c"] = number(r.spell_extreme_c);
  for (const meter::EnergyFigure& e : meter::energy_figures())
    j["energy_j"][std::string(e.name)] = number(r.with.energies.*e.member);
  const Worst& w = r.worst;
  j["worst"] = {{"dump_frac", number(w.dump_frac)},
                {"dump", w.dump},
                {"dump_utc_s", w.dump_utc_s},
                {"outdoor_limit_c", number(w.outdoor_limit_c)}};
  for (std::size_t m = 0; m < w.of.size(); ++m)
    j["worst"][std::string(medium_names[m])] = {{"t_c", number(w.of[m].t_c)},
                                                {"limit_c", number(w.of[m].limit_c)},
                                                {"nominal_c", number(w.of[m].nominal_c)},
                                                {"name", w.of[m].name},
                                                {"utc_s", w.of[m].utc_s}};
  j["stores"] = r.stores_c.size(), j["jobs_ended"] = r.jobs.size();
  // The figures come last: where they stand, the temperatures do too.
  base::write_file(stem(folder, r.branch) + ".f32",
                   {reinterpret_cast<const char*>(r.stores_c.data()), r.stores_c.size() * sizeof(float)});
  base::write_file(stem(folder, r.branch) + ".jobs",
                   {reinterpret_cast<const char*>(r.jobs.data()), r.jobs.size() * sizeof(JobEnd)});
  base::write_file(stem(folder, r.branch) + ".quarters", quarters_bytes(r.quarters));
  base::write_file(stem(folder, r.branch) + ".json", j.dump(1) + "\n");
}

std::optional<BranchResult> read_branch(const std::string& folder, const Branch& branch) {
  const Json j = Json::parse(content(stem(folder, branch) + ".json"), nullptr, false);
  if (!j.is_object() || j.value("id", -1) != branch.id || !j.contains("worst") || !j.contains("energy_j")) return {};
  const std::string bytes = content(stem(folder, branch) + ".f32");
  const auto count = j.value("stores", std::size_t{0});
  const std::string jobs = content(stem(folder, branch) + ".jobs");
  const auto ended = j.value("jobs_ended", std::size_t{0});
  if (bytes.size() != count * sizeof(float) || jobs.size() != ended * sizeof(JobEnd)) return {};
  BranchResult r{.branch = branch};
  r.trouble = j.value("trouble", std::string());
  r.with.minutes_over_limit = j.value("minutes_over_limit", 0.0), r.with.minutes_throttled = j.value("minutes_throttled", 0.0);
  r.with.minutes_unmet = j.value("minutes_unmet", 0.0), r.with.jobs_finished = number_of(j.value("jobs_finished", Json()));
  r.with.minutes_down = j.value("minutes_down", 0.0), r.with.power_cuts = j.value("power_cuts", 0.0);
  r.with.jobs_late = number_of(j.value("jobs_late", Json())), r.with.jobs_lost = number_of(j.value("jobs_lost", Json()));
  r.with.minutes_over = j.value("minutes_over", r.with.minutes_over);
  r.with.core_s = number_of(j.value("core_s", Json())), r.spell_extreme_c = number_of(j.value("spell_extreme_c", Json()));
  r.events = j.value("events", std::int64_t{0});
  for (const meter::EnergyFigure& e : meter::energy_figures())
    r.with.energies.*e.member = number_of(j["energy_j"].value(std::string(e.name), Json()));
  const Json& w = j["worst"];
  r.worst = {.of = {},
             .dump_frac = number_of(w.value("dump_frac", Json())),
             .dump = w.value("dump", std::string()),
             .dump_utc_s = w.value("dump_utc_s", std::int64_t{0}),
             .outdoor_limit_c = number_of(w.value("outdoor_limit_c", Json()))};
  for (std::size_t m = 0; m < r.worst.of.size(); ++m) {
    const Json one = w.value(std::string(medium_names[m]), Json::object());
    r.worst.of[m] = {.t_c = number_of(one.value("t_c", Json())),
                     .limit_c = number_of(one.value("limit_c", Json())),
                     .nominal_c = number_of(one.value("nominal_c", Json())),
                     .name = one.value("name", std::string()),
                     .utc_s = one.value("utc_s", std::int64_t{0})};
  }
  if (!read_quarters(content(stem(folder, branch) + ".quarters"), r.quarters)) return {};
  r.stores_c.resize(count);
  std::copy_n(bytes.data(), bytes.size(), reinterpret_cast<char*>(r.stores_c.data()));  // of none there is no place
  r.jobs.resize(ended);
  std::copy_n(jobs.data(), jobs.size(), reinterpret_cast<char*>(r.jobs.data()));
  return r;
}

}  // namespace hypocaust::study
