// hypocaust compare A B: differences of key figures and energies (an answer: exit 0); with --bits, of every value (exit 2 when
// any differs, so that scripts can rely on it).
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/core/errors.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/compare.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::string a, b;
  bool bits = false, json = false, csv = false;
};

std::string number(double value) { return std::isfinite(value) ? fmt::format("{:.9g}", value) : "-"; }
nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

void print_figures(const Flags& flags) {
  nlohmann::ordered_json j = nlohmann::ordered_json::array();
  std::string text = flags.csv ? "name,a,b,difference,unit\n" : fmt::format("{:<36}{:>18}{:>18}{:>18}\n", "", "a", "b", "b - a");
  for (const output::FigureDifference& f : output::compare_figures(flags.a, flags.b)) {
    if (flags.json)
      j.push_back({{"name", f.name},
                   {"a", json_number(f.a)},
                   {"b", json_number(f.b)},
                   {"difference", json_number(f.b - f.a)},
                   {"unit", f.unit}});
    else if (flags.csv) text += fmt::format("{},{},{},{},{}\n", f.name, number(f.a), number(f.b), number(f.b - f.a), f.unit);
    else text += fmt::format("{:<36}{:>18}{:>18}{:>18}  {}\n", f.name, number(f.a), number(f.b), number(f.b - f.a), f.unit);
  }
  std::fputs(flags.json ? (j.dump(2) + "\n").c_str() : text.c_str(), stdout);
}

void print_bits(const Flags& flags) {
  const auto list = output::compare_bits(flags.a, flags.b);
  nlohmann::ordered_json j = nlohmann::ordered_json::array();
  std::string text = flags.csv ? "name,difference\n" : "";
  for (const output::BitDifference& d : list) {
    if (flags.json) j.push_back({{"name", d.name}, {"difference", d.what}});
    else if (flags.csv) text += fmt::format("{},\"{}\"\n", d.name, d.what);
    else text += d.name + ": " + d.what + "\n";
  }
  if (list.empty() && !flags.csv) text += "every value is the same\n";
  std::fputs(flags.json ? (j.dump(2) + "\n").c_str() : text.c_str(), stdout);
  if (!list.empty()) throw UserError(fmt::format("{} and {} differ in {} places", flags.a, flags.b, list.size()));
}

}  // namespace

void add_compare(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("compare", "print the differences of two run files");
  verb->add_option("A", flags->a, "first run.h5")->required();
  verb->add_option("B", flags->b, "second run.h5")->required();
  verb->add_flag("--bits", flags->bits, "compare every value; exit 2 when any differs");
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV")->excludes("--json");
  verb->callback([flags] { flags->bits ? print_bits(*flags) : print_figures(*flags); });
}

}  // namespace hypocaust::cli
