// hypocaust schema: JSON Schema for editors, or the reference of every key as Markdown; of scenarios or of studies.
#include <cstdio>
#include <memory>

#include "sim/cli/verbs.hpp"
#include "sim/config/schema_text.hpp"
#include "sim/study/spec.hpp"

namespace hypocaust::cli {
namespace {

struct Flags {
  bool markdown = false, study = false;
};

std::string text_of(const Flags& flags) {
  if (!flags.study) return flags.markdown ? config::reference() : config::json_schema();
  const Schema& schema = study::StudySpec::schema();
  return flags.markdown ? config::reference_of(schema) : config::json_schema_of(schema);
}

}  // namespace

void add_schema(CLI::App& application) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* verb = application.add_subcommand("schema", "print the JSON Schema of scenario files");
  verb->add_flag("--reference", flags->markdown, "print the reference of every key as Markdown instead");
  verb->add_flag("--study", flags->study, "of study files (hypocaust sweep) instead of scenarios");
  verb->callback([flags] { std::fputs(text_of(*flags).c_str(), stdout); });
}

}  // namespace hypocaust::cli
