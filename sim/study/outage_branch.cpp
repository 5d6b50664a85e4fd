#include "sim/study/outage_branch.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "models/meter/figures.hpp"
#include "sim/base/atomic_file.hpp"

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
  j["minutes_unmet"] = r.with.minutes_unmet, j["jobs_finished"] = r.with.jobs_finished, j["events"] = r.events;
  for (const meter::EnergyFigure& e : meter::energy_figures())
    j["energy_j"][std::string(e.name)] = number(r.with.energies.*e.member);
  const Worst& w = r.worst;
  j["worst"] = {{"coolant_c", number(w.coolant_c)},
                {"limit_c", number(w.limit_c)},
                {"set_point_c", number(w.set_point_c)},
                {"coolant", w.coolant},
                {"coolant_utc_s", w.coolant_utc_s},
                {"dump_frac", number(w.dump_frac)},
                {"dump", w.dump},
                {"dump_utc_s", w.dump_utc_s},
                {"outdoor_limit_c", number(w.outdoor_limit_c)}};
  j["stores"] = r.stores_c.size();
  // The figures come last: where they stand, the temperatures do too.
  base::write_file(stem(folder, r.branch) + ".f32",
                   {reinterpret_cast<const char*>(r.stores_c.data()), r.stores_c.size() * sizeof(float)});
  base::write_file(stem(folder, r.branch) + ".json", j.dump(1) + "\n");
}

std::optional<BranchResult> read_branch(const std::string& folder, const Branch& branch) {
  const Json j = Json::parse(content(stem(folder, branch) + ".json"), nullptr, false);
  if (!j.is_object() || j.value("id", -1) != branch.id || !j.contains("worst") || !j.contains("energy_j")) return {};
  const std::string bytes = content(stem(folder, branch) + ".f32");
  const auto count = j.value("stores", std::size_t{0});
  if (bytes.size() != count * sizeof(float)) return {};
  BranchResult r{.branch = branch};
  r.trouble = j.value("trouble", std::string());
  r.with.minutes_over_limit = j.value("minutes_over_limit", 0.0), r.with.minutes_throttled = j.value("minutes_throttled", 0.0);
  r.with.minutes_unmet = j.value("minutes_unmet", 0.0), r.with.jobs_finished = j.value("jobs_finished", 0.0);
  r.events = j.value("events", std::int64_t{0});
  for (const meter::EnergyFigure& e : meter::energy_figures())
    r.with.energies.*e.member = number_of(j["energy_j"].value(std::string(e.name), Json()));
  const Json& w = j["worst"];
  r.worst = {.coolant_c = number_of(w.value("coolant_c", Json())),
             .limit_c = number_of(w.value("limit_c", Json())),
             .set_point_c = number_of(w.value("set_point_c", Json())),
             .coolant = w.value("coolant", std::string()),
             .coolant_utc_s = w.value("coolant_utc_s", std::int64_t{0}),
             .dump_frac = number_of(w.value("dump_frac", Json())),
             .dump = w.value("dump", std::string()),
             .dump_utc_s = w.value("dump_utc_s", std::int64_t{0}),
             .outdoor_limit_c = number_of(w.value("outdoor_limit_c", Json()))};
  r.stores_c.resize(count);
  std::memcpy(r.stores_c.data(), bytes.data(), bytes.size());
  return r;
}

}  // namespace hypocaust::study
