// hypocaust sensitivity STUDY: what the points of a study tell about its axes; or, with --best, which points are best.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "sim/base/csv_text.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/sensitivity.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::string study, folder, best;
  std::vector<std::string> figures, where;
  bool largest = false, json = false, csv = false;
};

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}
std::string cell(double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : "-"; }

// "kpi.demand_met_frac>=0.99"
study::Condition read_condition(const std::string& text) {
  const std::size_t at = text.find_first_of("<>");
  const bool known = at != text.npos && at > 0 && text.substr(at + 1, 1) == "=";
  const NumberText value = parse_number(known ? text.substr(at + 2) : "");
  if (!known || !value.problem.empty())
    throw UserError("--where: error: `" + text +
                    "` is not figure>=number or figure<=number; write e.g. \"kpi.demand_met_frac>=0.99\"");
  return {.figure = text.substr(0, at), .at_least = text[at] == '>', .value = value.value};
}

void print_best(const study::Study& study, const Flags& flags) {
  study::BestOptions options{.figure = flags.best, .largest = flags.largest};
  for (const std::string& text : flags.where) options.conditions.push_back(read_condition(text));
  const auto list = study::best(study, flags.folder, options);
  if (list.empty()) throw UserError(flags.folder + ": error: no point holds every --where; loosen one");
  nlohmann::ordered_json j = nlohmann::ordered_json::array();
  std::string text = flags.csv ? "id," + flags.best : fmt::format("{:>8} {:>14}", "point", flags.best);
  for (const study::Axis& axis : study.axes)
    text += flags.csv ? "," + base::csv_field(axis.heading()) : fmt::format(" {:>18}", axis.heading());
  text += "\n";
  for (const study::BestPoint& point : list) {
    nlohmann::ordered_json row{{"id", point.id}, {flags.best, point.value}};
    text += flags.csv ? fmt::format("{},{:.17g}", point.id, point.value) : fmt::format("{:>8} {:>14.6g}", point.id, point.value);
    const std::vector<std::string> values = study.point(point.id).values;
    for (std::size_t a = 0; a < values.size(); ++a) {
      row["axes"][study.axes[a].name] = study.axes[a].written(values[a]);
      text += flags.csv ? "," + base::csv_field(values[a]) : fmt::format(" {:>18}", values[a]);
    }
    text += "\n";
    j.push_back(std::move(row));
  }
  std::fputs(flags.json ? (j.dump(2) + "\n").c_str() : text.c_str(), stdout);
}

void print_sensitivity(const study::Study& study, const Flags& flags) {
  const study::Sensitivity s = study::sensitivity(study, flags.folder, flags.figures);
  nlohmann::ordered_json j{
      {"study", study.name}, {"method", s.method}, {"combinations", s.points}, {"without_value", s.without_value}};
  std::string text =
      flags.csv ? "figure,axis"
                : fmt::format("{}: {} of {} combinations{}\n{:<28} {:<20}", study.name, s.method, s.points,
                              s.without_value > 0 ? fmt::format(", {} without value", s.without_value) : "", "figure", "axis");
  for (const std::string& column : s.columns) text += flags.csv ? "," + column : fmt::format(" {:>14}", column);
  text += "\n";
  for (const study::SensitivityRow& row : s.rows) {
    nlohmann::ordered_json one{{"figure", row.figure}, {"axis", row.axis}};
    text += flags.csv ? row.figure + "," + base::csv_field(row.axis) : fmt::format("{:<28} {:<20}", row.figure, row.axis);
    for (std::size_t c = 0; c < row.values.size(); ++c) {
      one[s.columns[c]] = number(row.values[c]);
      if (flags.csv) text += std::isfinite(row.values[c]) ? fmt::format(",{:.17g}", row.values[c]) : ",";
      else text += fmt::format(" {:>14}", cell(row.values[c]));
    }
    text += "\n";
    j["rows"].push_back(std::move(one));
  }
  if (!flags.csv)
    for (const std::string& note : s.notes) text += "note: " + note + "\n";
  j["notes"] = s.notes;
  std::fputs(flags.json ? (j.dump(2) + "\n").c_str() : text.c_str(), stdout);
}

}  // namespace

void add_sensitivity(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("sensitivity", "tell from a finished study what its axes do to the figures");
  verb->add_option("STUDY", flags->study, "study file (YAML)")->required();
  verb->add_option("-o,--output", flags->folder, "folder of the study (default ./results/<study>)");
  verb->add_option("--figure", flags->figures, "glob over the kept figures, e.g. \"kpi.*\" (default: all)")
      ->allow_extra_args(false);
  CLI::Option* best = verb->add_option("--best", flags->best, "list the ten points with the least value of this figure instead");
  verb->add_flag("--largest", flags->largest, "the largest value is best")->needs(best);
  verb->add_option("--where", flags->where, "only points with figure>=number or figure<=number")
      ->allow_extra_args(false)
      ->needs(best);
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV")->excludes("--json");
  verb->callback([flags] {
    const auto study = study::load_study({.path = flags->study, .many = true});
    if (flags->folder.empty()) flags->folder = (std::filesystem::path("results") / study->name).string();
    flags->best.empty() ? print_sensitivity(*study, *flags) : print_best(*study, *flags);
  });
}

}  // namespace hypocaust::cli
