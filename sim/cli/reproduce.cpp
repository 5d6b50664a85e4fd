// hypocaust reproduce [CASE...|--all]: published figures beside ours, one table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/config/record.hpp"
#include "sim/report/case_tables.hpp"
#include "sim/study/reproduce.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::vector<std::string> cases;
  std::string keep;
  int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  bool all = false, sweep = false, json = false, csv = false;
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

nlohmann::ordered_json rows(const std::vector<report::Comparison>& list) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const report::Comparison& c : list) {
    const auto number = [](double value) {
      return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
    };
    rows.push_back({{"case", c.study},
                    {"column", c.column},
                    {"quantity", c.quantity},
                    {"published", c.published},
                    {"simulated", number(c.simulated)},
                    {"unit", c.unit},
                    {"difference", number(c.difference_frac)},
                    {"tolerance", c.tolerance},
                    {"verdict", c.verdict},
                    {"because", c.because}});
  }
  return rows;
}

std::string text(const study::Reproduced& done) {
  std::string out = report::comparisons_text(done.comparisons);
  if (!done.swept.empty()) out += "\nAssumed values changed:\n\n" + report::comparisons_text(done.swept);
  if (!done.assumed.empty()) out += "\nAssumed, not published:\n\n";
  for (const study::AssumedValue& one : done.assumed)
    out += fmt::format("- {}, {}: `{}` = {}\n", one.study, one.run, one.path, one.value);
  return out;
}

void print(const Flags& flags) {
  study::Reproduced done =
      study::reproduce({.files = chosen(flags), .threads = flags.threads, .keep = flags.keep, .sweep = flags.sweep});
  if (flags.json) {
    nlohmann::ordered_json j{{"comparisons", rows(done.comparisons)}};
    if (flags.sweep) j["swept"] = rows(done.swept);
    j["assumed"] = nlohmann::ordered_json::array();
    for (const study::AssumedValue& one : done.assumed)
      j["assumed"].push_back({{"case", one.study}, {"run", one.run}, {"path", one.path}, {"value", one.value}});
    std::fputs((j.dump(1) + "\n").c_str(), stdout);
  } else if (flags.csv) {
    std::move(done.swept.begin(), done.swept.end(), std::back_inserter(done.comparisons));
    std::fputs(report::comparisons_csv(done.comparisons).c_str(), stdout);
  } else {
    std::fputs(text(done).c_str(), stdout);
  }
}

}  // namespace

void add_reproduce(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("reproduce", "compute published cases and set the figures side by side");
  CLI::Option* cases = verb->add_option("CASE", flags->cases, "names under configs/case_studies, or files");
  verb->add_flag("--all", flags->all, "every case of configs/case_studies")->excludes(cases);
  verb->add_flag("--sweep", flags->sweep, "also with other values for what a case assumes");
  verb->add_option("--keep", flags->keep, "folder where the run files stay, for `hypocaust report`");
  verb->add_option("--threads", flags->threads, "sites simulated at once; results do not depend on it")
      ->check(CLI::Range(1, 256));
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV")->excludes("--json");
  verb->callback([flags] { print(*flags); });
}

}  // namespace hypocaust::cli
