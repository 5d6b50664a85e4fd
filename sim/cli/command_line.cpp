#include <cstdio>
#include <exception>
#include <new>

#include "models/core/errors.hpp"
#include "sim/base/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/version.hpp"

namespace hypocaust::cli {
namespace {

int fail(int code, const char* prefix, const char* text) {
  std::fprintf(stderr, "%s%s\n", prefix, text);
  return code;
}

// The library would only say that a verb is missing.
void check_verb(const CLI::App& application, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string word = argv[1];
  std::string verbs;
  for (const CLI::App* verb : application.get_subcommands([](const CLI::App*) { return true; })) {
    if (verb->get_name() == word) return;
    verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
  }
  throw UserError("hypocaust: error: `" + word + "` is not a verb (there are " + verbs +
                  "); write e.g. `hypocaust run site.yaml`");
}

int parse(CLI::App& application, int argc, char** argv) {
  try {
    application.parse(argc, argv);  // the verb's callback runs in here
    return 0;
  } catch (const CLI::Success& asked) {  // --help, --version
    return application.exit(asked);
  } catch (const CLI::ParseError& error) {
    const std::string text = std::string(error.what()) + "; `hypocaust --help` lists verbs, `hypocaust VERB --help` its options";
    return fail(2, "hypocaust: error: ", text.c_str());
  }
}

}  // namespace

int command_line(int argc, char** argv) {
  base::watch_signals();
  CLI::App application{"Simulates small data centres that sell their heat, minute by minute.", "hypocaust"};
  application.set_version_flag("--version", std::string("hypocaust ") + output::version());
  application.require_subcommand(1);
  application.fallthrough();
  add_run(application);
  add_sweep(application);
  add_sensitivity(application);
  add_validate(application);
  add_show(application);
  add_schema(application);
  add_compare(application);
  add_outage(application);
  add_reliability(application);
  add_report(application);
  add_reproduce(application);
  add_new(application);
  try {
    check_verb(application, argc, argv);
    const int code = parse(application, argc, argv);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw UserError(
          "standard output: error: the answer could not be written there (full or closed); the run file, if any, is complete");
    return code;
  } catch (const UserError& error) {
    return fail(2, "", error.what());
  } catch (const PhysicsError& error) {
    return fail(3, "hypocaust: physics: ", error.what());
  } catch (const Interrupted& error) {
    return fail(4, "hypocaust: interrupted: ", error.what());
  } catch (const std::bad_alloc&) {
    return fail(2, "hypocaust: error: ",
                "out of memory (the scenario needs more than this machine gives); record fewer channels or a longer interval");
  } catch (const std::exception& error) {
    return fail(1, "hypocaust: internal error (please report it): ", error.what());
  }
}

}  // namespace hypocaust::cli
