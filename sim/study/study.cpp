#include "sim/study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "models/core/errors.hpp"
#include "models/core/random.hpp"
#include "models/core/units.hpp"
#include "sim/base/hash.hpp"
#include "sim/config/bind.hpp"
#include "sim/config/complete.hpp"
#include "sim/config/diagnostics.hpp"
#include "sim/config/layers.hpp"
#include "sim/config/walk.hpp"
#include "sim/config/yaml_out.hpp"
#include "sim/output/version.hpp"
#include "sim/run/channels.hpp"
#include "sim/run/result_tables.hpp"
#include "sim/run/site.hpp"

namespace hypocaust::study {
namespace {

constexpr double many_points = 1e6, most_points = 1e9;

// Reads the file and everything it names; each step adds what it finds wrong.
class Loader {
 public:
  explicit Loader(const LoadStudyOptions& options) : options_(options), diagnostics_(sources_) {}

  std::unique_ptr<Study> load() {
    read();
    resolve_axes();
    resolve_constraints();
    keep_figures();
    keep_channels();
    diagnostics_.throw_if_failed();
    make_points();
    study_->identity = identity();
    return std::move(study_);
  }

 private:
  void error(const std::string& key, const std::string& text) { diagnostics_.error(binder_->place_of(key), key, text); }

  void read() {
    config::Budget budget;
    config::Layers layers(sources_, budget, diagnostics_);
    const config::Node tree = layers.file(options_.path);
    Study& s = *study_;
    s.path = options_.path, s.name = std::filesystem::path(options_.path).stem().string();
    binder_ = std::make_unique<config::Binder>(sources_, diagnostics_, "");
    binder_->bind(StudySpec::schema(), &s.spec, tree);
    std::vector<config::Found> found;
    config::check_records(
        StudySpec::schema(), &s.spec, [this](std::string_view path) { return binder_->unread.contains(path); }, found);
    for (const config::Found& one : found) error(one.path, one.text);
    if (s.spec.axes.entries.empty() && !binder_->unread.contains("")) error("axes", "is empty (nothing is varied); name an axis");
    diagnostics_.throw_if_failed();
    s.base_options = {.path = s.spec.base.path, .cases = s.spec.cases, .sets = {}};
    s.base = config::load(s.base_options);
    for (const auto& [path, written] : binder_->written)
      origins_.emplace(path, config::Origin{diagnostics_.where(written.place), written.text, written.assumed});
  }

  void resolve_axes() {
    Study& s = *study_;
    std::map<std::string, std::size_t> groups;
    std::map<std::string, std::string> keys;
    for (const auto& entry : s.spec.axes.entries) {
      std::vector<AxisProblem> problems;
      Axis axis = resolve_axis({.name = entry.name, .folder = std::filesystem::path(s.path).parent_path().string()},
                               {.spec = entry.value, .base = s.base, .load = s.base_options}, problems);
      const std::string path = "axes." + entry.name;
      for (const AxisProblem& problem : problems) error(path + "." + problem.key, problem.text);
      if (const auto [first, fresh] = keys.emplace(axis.key, entry.name); !fresh)
        error(path + ".key", "`" + axis.key + "` is varied by `" + first->second + "` already; remove one");
      const std::string group = entry.value.group.empty() ? "axis " + entry.name : "group " + entry.value.group;
      axis.group = groups.emplace(group, groups.size()).first->second;
      s.axes.push_back(std::move(axis));
    }
    s.groups = groups.size();
    if (diagnostics_.failed()) return;
    std::vector<AxisProblem> problems;
    s.design = make_design(
        {.spec = s.spec.design, .axes = s.axes, .groups = s.groups, .seed = static_cast<std::uint64_t>(s.spec.seed)}, problems);
    for (const AxisProblem& problem : problems) error(problem.key, problem.text);
  }

  std::size_t axis_named(const std::string& name) const {
    for (std::size_t a = 0; a < study_->axes.size(); ++a)
      if (study_->axes[a].name == name) return a;
    return Constraint::none;
  }

  void resolve_constraints() {
    Study& s = *study_;
    for (const auto& entry : s.spec.constraints.entries) {
      const std::string path = "constraints." + entry.name;
      Constraint c{.axis = axis_named(entry.value.axis.name), .factor = entry.value.factor};
      if (c.axis == Constraint::none) {
        error(path + ".axis", "there is no axis `" + entry.value.axis.name + "`; name one of this study");
        continue;
      }
      const Axis& axis = s.axes[c.axis];
      if (axis.words) error(path + ".axis", "`" + axis.name + "` has words, and words have no order; name an axis of numbers");
      const auto bound = [&](const char* key, const std::string& text, double& value, std::size_t& other, double& per_unit) {
        if (text.empty()) return;
        other = axis_named(text);
        const Unit own = parse_unit(axis.unit).unit;
        if (other != Constraint::none) {
          const Unit theirs = parse_unit(s.axes[other].unit).unit;
          if (s.axes[other].words || !(theirs.dimension == own.dimension))
            error(path + "." + key, "axis `" + text + "` has another unit than `" + axis.name + "`; compare like with like");
          per_unit = theirs.scale / own.scale;
          return;
        }
        const QuantityText read = parse_quantity(text, {.unit = axis.unit, .currency = {}});
        if (!read.problem.empty()) error(path + "." + key, "is neither an axis nor a value: " + read.problem);
        value = read.in_row_unit;
      };
      bound("at_most", entry.value.at_most, c.at_most, c.most_axis, c.most_per_unit);
      bound("at_least", entry.value.at_least, c.at_least, c.least_axis, c.least_per_unit);
      s.constraints.push_back(c);
    }
    if (!s.constraints.empty() && s.design && s.design->together())
      error("constraints", "do not go with this design (its points belong together, and none may be dropped); narrow the axes");
  }

  void keep_figures() {
    Study& s = *study_;
    std::vector<bool> used(s.spec.keep.size(), false);
    for (const output::Table& table : run::figure_tables(run::RunResult{}))
      for (const output::TableColumn& column : table.columns) {
        const std::string name = table.group + "." + column.name;
        bool kept = false;
        for (std::size_t g = 0; g < used.size(); ++g)
          if (run::glob_matches(s.spec.keep[g], name)) used[g] = kept = true;
        if (kept) s.figures.push_back({name, column.unit, column.long_name});
      }
    for (std::size_t g = 0; g < used.size(); ++g)
      if (!used[g])
        error("keep." + std::to_string(g),
              "`" + s.spec.keep[g] + "` matches no figure; `kpi.*`, `energy.*` and `jobs.*` match all of a group");
  }

  void keep_channels() {
    Study& s = *study_;
    if (s.spec.hourly.record.empty() || diagnostics_.failed()) return;
    config::Loaded site = s.base;
    site.scenario.output.record = s.spec.hourly.record;
    site.scenario.output.keep = static_cast<OutputSpec::Keep>(s.spec.hourly.keep);
    if (std::fmod(site.scenario.clock.duration_s, 3600.0) != 0)
      return error("hourly.record", "cannot be kept by the hour: clock.duration of the base is not a whole number of hours");
    std::vector<std::string> racks;
    for (const auto& entry : site.scenario.compute.hosts.entries) racks.push_back(entry.name);
    try {
      const run::Site ready(site, racks);
      s.channels = run::YearRecord(ready, racks).layout().kept();
    } catch (const run::UnmatchedGlob& e) {
      error("hourly.record." + std::to_string(e.index), e.what());
    }
  }

  void make_points() {
    Study& s = *study_;
    s.size = s.design->size() * static_cast<double>(s.spec.replications);
    if (s.size > most_points)
      throw UserError(
          fmt::format("{}: error: design: the study has {:.6g} points (at most {:.0g} can be numbered); take fewer values, "
                      "or sample with latin_hypercube or sobol",
                      s.path, s.size, most_points));
    if (s.size > many_points && !options_.many)
      throw UserError(fmt::format(
          "{}: error: design: the study has {:.0f} points, more than a million; --yes says that this is meant", s.path, s.size));
    const auto combinations = static_cast<std::int64_t>(s.design->size());
    for (std::int64_t k = 0; k < combinations; ++k)
      if (s.constraints.empty() || satisfied(k)) s.numbers.push_back(k);
    s.dropped = combinations - static_cast<std::int64_t>(s.numbers.size());
    if (s.numbers.empty())
      throw UserError(s.path + ": error: constraints: drop all " + std::to_string(combinations) +
                      " points; widen them or the axes");
    for (std::int64_t k : s.numbers) check_given(k);
  }

  // Points of a table are read here as every listed value was.
  void check_given(std::int64_t number) {
    const std::vector<std::string> given = study_->design->given(number);
    for (std::size_t a = 0; a < given.size(); ++a) {
      const Axis& axis = study_->axes[a];
      if (given[a].empty() || axis.rebinds) continue;
      Scenario scratch = study_->base.bound;
      try {
        config::patch(scratch, axis.key, axis.written(given[a]));
      } catch (const UserError& e) {
        throw UserError(
            fmt::format("{}: error: point {}: {}", study_->spec.design.as<CsvDesign>()->file.path, number + 1, e.what()));
      }
    }
  }

  bool satisfied(std::int64_t number) const {
    const Study& s = *study_;
    std::vector<Coordinate> at(s.groups);
    s.design->point(number, at);
    const std::vector<std::string> given = s.design->given(number);
    const auto value = [&](std::size_t axis) {
      const std::string text = given.empty() ? s.axes[axis].text(at[s.axes[axis].group]) : given[axis];
      return text.empty() ? not_given : std::stod(text);
    };
    for (const Constraint& c : s.constraints) {  // comparisons with what is not given hold
      const double left = c.factor * value(c.axis);
      const double most = c.most_axis == Constraint::none ? c.at_most : c.most_per_unit * value(c.most_axis);
      const double least = c.least_axis == Constraint::none ? c.at_least : c.least_per_unit * value(c.least_axis);
      if (left > most || left < least) return false;
    }
    return true;
  }

  // Everything the results depend on, line by line, so that a change can be shown.
  std::string identity() {
    Study& s = *study_;
    std::string inputs;
    const auto add = [&](const std::string& key, const std::string& path) {
      inputs += "input " + key + " " + std::filesystem::path(path).filename().string() + " " + base::hash_of_file(path) + "\n";
    };
    const config::Visitor files{.record = nullptr,
                                .value = [&](const Field&, const TypeInfo& type, void* member, const std::string& at) {
                                  if (type.kind == Kind::file && !static_cast<FilePath*>(member)->path.empty())
                                    add(at, static_cast<FilePath*>(member)->path);
                                }};
    config::walk(Scenario::schema(), &s.base.scenario, "", files);
    for (const Axis& axis : s.axes)
      if (axis.file)
        for (const std::string& value : axis.listed) add("axes." + axis.name, axis.written(value));
    const std::string site = config::resolved_yaml(s.base),
                      made = fmt::format("hypocaust {} {}\n", output::version(), output::git_commit());
    s.base_hash = base::hash_of(made + inputs + site);
    const std::string folder = std::filesystem::path(s.path).parent_path().string();
    if (const auto* table = s.spec.design.as<CsvDesign>()) add("design.file", table->file.path);
    return made + inputs + "study:\n" +
           config::to_yaml(StudySpec::schema(), &s.spec,
                           {.currency = s.base.scenario.currency, .folder = folder, .comments = false, .origins = &origins_}) +
           "base:\n" + site;
  }

  const LoadStudyOptions& options_;
  config::Sources sources_;
  config::Diagnostics diagnostics_;
  std::unique_ptr<config::Binder> binder_;
  config::Origins origins_;
  std::unique_ptr<Study> study_ = std::make_unique<Study>();
};

std::int64_t drawn_seed(const Study& study, const char* stream, std::int64_t number) {
  const RandomStream random(static_cast<std::uint64_t>(study.spec.seed), stream);
  return static_cast<std::int64_t>(random.uniform(static_cast<std::uint64_t>(number)) * 9007199254740992.0);
}

}  // namespace

std::unique_ptr<Study> load_study(const LoadStudyOptions& options) { return Loader(options).load(); }

std::string Study::hash() const { return base::hash_of(identity); }

Point Study::point(std::int64_t id) const {
  Point p{.id = id, .replication = id % spec.replications};
  const std::int64_t number = numbers[static_cast<std::size_t>(id / spec.replications)];
  p.values = design->given(number);
  if (p.values.empty()) {
    std::vector<Coordinate> at(groups);
    design->point(number, at);
    for (const Axis& axis : axes) p.values.push_back(axis.text(at[axis.group]));
  }
  if (spec.random_numbers == StudySpec::RandomNumbers::own) p.seed = drawn_seed(*this, "study point", id);
  else if (spec.replications > 1) p.seed = drawn_seed(*this, "study replication", p.replication);
  else p.seed = base.scenario.clock.seed;
  std::string text = base_hash + "\nclock.seed=" + std::to_string(p.seed) + "\n";
  for (std::size_t a = 0; a < axes.size(); ++a)
    if (!p.values[a].empty()) text += axes[a].key + "=" + axes[a].written(p.values[a]) + "\n";
  p.hash = base::hash_of(text);
  return p;
}

config::Loaded point_site(const Study& study, const Point& point) {
  config::LoadOptions options = study.base_options;
  for (std::size_t a = 0; a < study.axes.size(); ++a)
    if (study.axes[a].rebinds && !point.values[a].empty())
      options.sets.push_back(study.axes[a].key + "=" + study.axes[a].written(point.values[a]));
  config::Loaded site = options.sets.empty() ? study.base : config::load(options);
  const auto patch = [&](const std::string& key, const std::string& text) {
    config::patch(site.bound, key, text);
    site.origins[key] = {fmt::format("{} (point {})", study.path, point.id), text, false};
  };
  for (std::size_t a = 0; a < study.axes.size(); ++a)
    if (!study.axes[a].rebinds && !point.values[a].empty()) patch(study.axes[a].key, study.axes[a].written(point.values[a]));
  patch("clock.seed", std::to_string(point.seed));
  site.scenario = site.bound;
  config::complete(site.scenario);
  return site;
}

}  // namespace hypocaust::study
