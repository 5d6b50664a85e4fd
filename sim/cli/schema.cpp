// hypocaust schema: JSON Schema for editors, or the reference of every key as Markdown.
#include <cstdio>
#include <memory>

#include "sim/cli/verbs.hpp"

namespace hypocaust::cli {

void add_schema(CLI::App& application) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App* verb = application.add_subcommand("schema", "print the JSON Schema of scenario files");
  verb->add_flag("--reference", *markdown, "print the reference of every key as Markdown instead");
  verb->callback([markdown] { std::fputs((*markdown ? config::reference() : config::json_schema()).c_str(), stdout); });
}

}  // namespace hypocaust::cli
