// hypocaust reproduce [CASE...|--all]: published figures beside ours, one table.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/config/record.hpp"
#include "sim/report/case_study.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::vector<std::string> cases;
  bool all = false, json = false, csv = false;
};

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

std::vector<std::string> chosen(const Flags& flags) {
  const std::vector<std::string> known = config::files_of_configs("case_studies");
  if (flags.all) return known;
  std::vector<std::string> files, names;
  for (const std::string& file : known) names.push_back(stem(file));
  for (const std::string& word : flags.cases) {
    const auto found = std::find(names.begin(), names.end(), word);
    if (found != names.end()) files.push_back(known[static_cast<std::size_t>(found - names.begin())]);
    else if (word.ends_with(".yaml")) files.push_back(word);
    else {
      const std::string_view near = nearest(word, {names.begin(), names.end()});
      std::string list;
      for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
      throw UserError(
          "hypocaust reproduce: error: no case is called `" + word + "`" +
          (near.empty() ? "; there are " + list + ", or name a .yaml file" : "; did you mean `" + std::string(near) + "`?"));
    }
  }
  if (files.empty()) throw UserError("hypocaust reproduce: error: which case? name one, or write --all");
  return files;
}

void print(const Flags& flags) {
  std::vector<report::Comparison> list;
  for (const std::string& file : chosen(flags))
    for (report::Comparison& one : report::reproduce(file)) list.push_back(std::move(one));
  if (!flags.json) {
    std::fputs((flags.csv ? report::comparisons_csv(list) : report::comparisons_text(list)).c_str(), stdout);
    return;
  }
  const auto number = [](double value) {
    return value == value ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  };
  nlohmann::ordered_json j = nlohmann::ordered_json::array();
  for (const report::Comparison& c : list)
    j.push_back({{"case", c.study},
                 {"column", c.column},
                 {"quantity", c.quantity},
                 {"published", c.published},
                 {"simulated", number(c.simulated)},
                 {"unit", c.unit},
                 {"difference", number(c.difference_frac)},
                 {"tolerance", c.tolerance},
                 {"verdict", c.verdict}});
  std::fputs((j.dump(1) + "\n").c_str(), stdout);
}

}  // namespace

void add_reproduce(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("reproduce", "compute published cases and set the figures side by side");
  CLI::Option* cases = verb->add_option("CASE", flags->cases, "names under configs/case_studies, or files");
  verb->add_flag("--all", flags->all, "every case of configs/case_studies")->excludes(cases);
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV")->excludes("--json");
  verb->callback([flags] { print(*flags); });
}

}  // namespace hypocaust::cli
