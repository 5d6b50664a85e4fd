#include "sim/run/outputs.hpp"

#include <filesystem>
#include <vector>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::run {
namespace {

namespace fs = std::filesystem;

struct Target {
  std::string path, what, remedy;
};

// The same file on the disk, or the same name of a file to come.
bool same_file(const std::string& a, const std::string& b) {
  std::error_code none;
  if (fs::equivalent(a, b, none) && !none) return true;
  const fs::path one = fs::weakly_canonical(fs::absolute(a), none), other = fs::weakly_canonical(fs::absolute(b), none);
  return !one.empty() && one == other;
}

std::vector<std::string> files_read(const config::Loaded& loaded) {
  std::vector<std::string> files;
  for (const config::InputFile& file : loaded.files) files.push_back(file.path);
  config::walk(Scenario::schema(), const_cast<Scenario*>(&loaded.scenario), "",  // looked at only
               {.record = nullptr, .value = [&](const Field&, const TypeInfo& type, void* member, const std::string&) {
                  if (type.kind != Kind::file) return;
                  const std::string& path = static_cast<const FilePath*>(member)->path;
                  if (!path.empty()) files.push_back(path);
                }});
  return files;
}

void refuse(const Target& target, const std::string& why) {
  throw UserError(target.path + ": error: " + target.what + " " + why + "; " + target.remedy);
}

void check_kind(const Target& target) {
  std::error_code none;
  const fs::file_status found = fs::symlink_status(target.path, none);
  if (fs::is_symlink(found))
    refuse(target,
           "is a symbolic link to `" + fs::read_symlink(target.path, none).string() + "`, which the new file would replace");
  if (fs::exists(found) && !fs::is_regular_file(found) && !fs::is_directory(found))  // folders: require_writable_folder
    refuse(target, "is a device or pipe, which the new file would replace");
}

void check(const std::vector<Target>& targets, const config::Loaded& loaded) {
  const std::vector<std::string> inputs = files_read(loaded);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    for (const std::string& input : inputs)
      if (same_file(targets[t].path, input) || same_file(base::partial_name(targets[t].path), input))
        refuse(targets[t], "would overwrite `" + input + "`, which this run reads");
    for (std::size_t u = 0; u < t; ++u)
      if (same_file(targets[t].path, targets[u].path)) refuse(targets[t], "and " + targets[u].what + " are one file");
    check_kind(targets[t]);
  }
}

}  // namespace

Outputs checked_outputs(const config::Loaded& loaded, const RunOptions& options) {
  const fs::path folder = fs::path("results") / fs::path(loaded.path).stem();
  const bool given = !options.output.empty();
  const std::string file = given ? options.output : (folder / "run.h5").string();
  Outputs outputs{
      .file = file, .log = fs::path(file).replace_extension("log.json").string(), .channels_csv = options.channels_csv};
  std::vector<Target> targets{{outputs.file, "the result file", "name another file with -o"},
                              {outputs.log, "the log beside the result file", "name another file with -o"}};
  if (!outputs.channels_csv.empty())
    targets.push_back({outputs.channels_csv, "the file of --channels-csv", "name another file with --channels-csv"});
  check(targets, loaded);
  std::error_code reason;
  if (!given) fs::create_directories(folder, reason);
  if (reason)
    throw UserError(folder.string() + ": error: cannot make the folder (" + reason.message() + "); name another place with -o");
  base::require_writable_folder(outputs.file);
  if (!outputs.channels_csv.empty()) base::require_writable_folder(outputs.channels_csv);
  return outputs;
}

}  // namespace hypocaust::run
