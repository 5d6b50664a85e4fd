// hypocaust report RUN.h5: key figures by month and season, statements, cash flow and carbon of a stored run, without simulating.
#include <cstdio>
#include <memory>

#include "sim/base/atomic_file.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/report/tables.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::string run, output;
  std::vector<std::string> contracts;
  bool json = false, csv = false;
};

void print(const Flags& flags) {
  const report::StoredRun run(flags.run);
  std::vector<report::Priced> pricings;
  for (const std::string& file : flags.contracts) pricings.push_back(report::price(run, file));
  if (flags.contracts.empty()) pricings.push_back(report::price(run, ""));
  std::string text;
  if (flags.json) text = to_json(run, figures(run, pricings), pricings);
  else if (flags.csv) text = to_csv(figures(run, pricings));
  else text = to_markdown(run, pricings);
  if (flags.output.empty()) std::fputs(text.c_str(), stdout);
  else base::write_file(flags.output, text);
}

}  // namespace

void add_report(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("report", "print key figures, statements, cash flow and carbon of a stored run");
  verb->add_option("RUN", flags->run, "run.h5")->required();
  verb->add_option(
          "--contract", flags->contracts,
          "YAML file whose contracts replace those of the run, and whose economics and carbon win; several are set side by side")
      ->allow_extra_args(false);
  verb->add_option("-o,--output", flags->output, "write there instead of to the terminal");
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV: section,subject,period,name,value,unit,note")->excludes("--json");
  verb->callback([flags] { print(*flags); });
}

}  // namespace hypocaust::cli
