#include "sim/study/outage_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/output/version.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

std::string identity_of(const OutageOptions& options, const std::vector<Branch>& branches, const std::string& resolved_yaml) {
  std::string identity = "hypocaust outage " + std::string(output::version()) + "\n" + output::git_commit() + "\n";
  for (const Branch& b : branches)
    identity += fmt::format("{},{},{},{},{},{}\n", b.id, b.what, static_cast<int>(b.faults.front().kind), b.start_step,
                            b.outage_steps, b.recovery_steps);
  for (const std::string& start : options.starts)
    if (start.starts_with("worst:")) identity += start + "\n";
  const Circumstances& c = options.circumstances;
  return identity +
         fmt::format("{},{},{},{},{},{}\n", options.remaining_frac, options.offset_k, options.record, static_cast<int>(c.it_load),
                     static_cast<int>(c.spell), c.return_years) +
         resolved_yaml;
}

}  // namespace

std::string outage_folder(const OutageOptions& options, const std::string& scenario) {
  std::string name = "results/" + scenario + ".outage";
  for (const std::string& what : options.what) name += "_" + what;
  name += (options.each_alone ? "_each_alone" : "") + (options.kind.empty() ? "" : "_" + options.kind);
  const Circumstances& c = options.circumstances;
  if (c.it_load == ItLoad::full) name += "_full_load";
  if (c.spell != weather::SpellKind::typical) name += "_" + std::string(names(c.spell)[static_cast<std::size_t>(c.spell)]);
  return name;
}

// What was begun in this folder must be this study, or its branches would be mixed with others.
void open_outage_folder(const std::string& folder, const OutageOptions& options, const std::vector<Branch>& branches,
                        const std::string& resolved_yaml) {
  const std::string identity = identity_of(options, branches, resolved_yaml), manifest = folder + "/manifest.txt";
  std::error_code none;
  fs::create_directories(folder, none);
  base::require_writable_folder(manifest);
  std::ifstream in(manifest, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(in), {}};
  if (options.resume) {
    if (before.empty()) throw UserError(folder + ": error: nothing to resume here; run without --resume");
    if (before != identity)
      throw UserError(folder +
                      ": error: the scenario, the outage or the build has changed since this study began (its branches would be "
                      "mixed); run without --resume, or name another folder with -o");
    return;
  }
  if (!before.empty() && before != identity)
    throw UserError(folder +
                    ": error: holds another outage study, or one of another scenario or build (it would be lost); name another "
                    "folder with -o, or remove this one");
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    const bool of_branch =
        name.starts_with("branch_") && (name.ends_with(".json") || name.ends_with(".f32") || name.ends_with(".quarters") ||
                                        name.ends_with(".jobs") || name.ends_with(".h5"));
    if (name == "base.bin" || of_branch) fs::remove(entry.path(), none);
  }
  base::write_file(manifest, identity);
}

}  // namespace hypocaust::study
