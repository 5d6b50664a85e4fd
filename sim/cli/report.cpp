// hypocaust report RUN.h5: key figures by month and season, statements, cash flow and carbon of a stored run, without simulating.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/report/hours.hpp"
#include "sim/report/tables.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  std::string run, output, without_reuse, against;
  std::vector<std::string> contracts;
  bool json = false, csv = false, hourly = false;
};

// An input named as the output would be lost.
void check_output(const Flags& flags) {
  std::vector<std::string> inputs = flags.contracts;
  inputs.insert(inputs.end(), {flags.run, flags.without_reuse, flags.against});
  std::error_code none;
  const auto found = std::filesystem::symlink_status(flags.output, none);
  if (!flags.output.empty() && std::filesystem::exists(found) && !std::filesystem::is_regular_file(found))
    throw UserError(
        flags.output +
        ": error: the report would replace what stands there (a link, a device, a pipe or a folder); name a file, or leave "
        "--output out and redirect the terminal's");
  for (const std::string& input : inputs)
    if (!input.empty() && !flags.output.empty() && std::filesystem::equivalent(input, flags.output, none))
      throw UserError(flags.output + ": error: the report would overwrite `" + input + "`, which it reads; name another file");
}

void print(const Flags& flags) {
  check_output(flags);
  const report::StoredRun run(flags.run);
  std::optional<report::StoredRun> twin, base;
  if (!flags.without_reuse.empty()) twin.emplace(flags.without_reuse);
  if (!flags.against.empty()) base.emplace(flags.against);
  const std::vector<std::string> files = flags.contracts.empty() ? std::vector<std::string>{""} : flags.contracts;
  std::vector<report::Priced> pricings;
  const auto put = [&](const std::string& text) {
    flags.output.empty() ? static_cast<void>(std::fputs(text.c_str(), stdout)) : base::write_file(flags.output, text);
  };
  if (flags.hourly) {
    const report::HourTable table = hours(run, report::price(run, files[0], twin ? &*twin : nullptr));
    return put(flags.json ? to_json(table) : to_csv(table));
  }
  for (const std::string& file : files) pricings.push_back(report::price(run, file, twin ? &*twin : nullptr));
  std::vector<report::Figure> list = figures(run, pricings), differences;
  if (base) differences = against(run, pricings[0], *base, report::price(*base, files[0]));
  list.insert(list.end(), differences.begin(), differences.end());
  std::string text;
  if (flags.json) text = to_json(run, list, pricings);
  else if (flags.csv) text = to_csv(list);
  else text = to_markdown(run, pricings) + report::differences_markdown(flags.against, differences);
  put(text);
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
  verb->add_option(
      "--without-reuse", flags->without_reuse,
      "run.h5 of the same site with its heat users disconnected: its electricity beyond this run's is cooling avoided");
  verb->add_option("--against", flags->against,
                   "run.h5 of a base case (an outage's undisturbed year): what differs, and for whom");
  verb->add_option("-o,--output", flags->output, "write there instead of to the terminal");
  verb->add_flag("--hourly", flags->hourly,
                 "print the key figures of every hour instead, as CSV (or --json); carbon by the first --contract");
  verb->add_flag("--json", flags->json, "print JSON");
  verb->add_flag("--csv", flags->csv, "print CSV: section,subject,period,name,value,unit,note")->excludes("--json");
  verb->callback([flags] { print(*flags); });
}

}  // namespace hypocaust::cli
