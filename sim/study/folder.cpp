#include "sim/study/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/csv_text.hpp"
#include "sim/study/block.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t shown_lines = 10;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Lines of one text that the other lacks, in order.
std::vector<std::string> missing_in(const std::vector<std::string>& other, const std::vector<std::string>& lines) {
  std::vector<std::string> sorted = other, found;
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& line : lines)
    if (!std::binary_search(sorted.begin(), sorted.end(), line)) found.push_back(line);
  return found;
}

std::string difference(const std::string& before, const std::string& now) {
  const std::vector<std::string> a = lines_of(before), b = lines_of(now);
  std::string text;
  const auto show = [&](const char* mark, const std::vector<std::string>& lines) {
    for (std::size_t k = 0; k < std::min(lines.size(), shown_lines); ++k) text += std::string("\n  ") + mark + " " + lines[k];
    if (lines.size() > shown_lines) text += fmt::format("\n  {} ... {} more lines", mark, lines.size() - shown_lines);
  };
  show("was", missing_in(b, a));
  show("is ", missing_in(a, b));
  return text.empty() ? "\n  (lines changed places)" : text;
}

fs::path identity_path(const std::string& folder) { return fs::path(folder) / "study.txt"; }

}  // namespace

std::string manifest_csv(const Study& study) {
  std::string out = "id,replication,seed";
  for (const Axis& axis : study.axes) out += "," + base::csv_field(axis.heading());
  out += ",hash\n";
  for (std::int64_t id = 0; id < study.points(); ++id) {
    const Point point = study.point(id);
    out += fmt::format("{},{},{}", point.id, point.replication, point.seed);
    for (const std::string& value : point.values) out += "," + base::csv_field(value);
    out += "," + point.hash + "\n";
  }
  return out;
}

bool begun(const std::string& folder) { return fs::exists(identity_path(folder)); }

namespace {

// Block files of an earlier state, put aside so that none is taken for one of this study.
std::vector<fs::path> put_aside(const std::string& folder) {
  const fs::path aside = fs::path(folder) / "adopted";
  fs::create_directories(aside);
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(folder) / "blocks")) found.push_back(entry.path());
  for (const fs::path& path : found) fs::rename(path, aside / path.filename());
  found.clear();
  for (const fs::directory_entry& entry : fs::directory_iterator(aside)) found.push_back(entry.path());
  return found;
}

}  // namespace

std::int64_t adopt_folder(const Study& study, const std::string& folder) {
  if (read_file(identity_path(folder)) == study.identity) return -1;
  try {
    fs::remove_all(fs::path(folder) / "journals");
    fs::create_directories(fs::path(folder) / "journals");
    std::unordered_map<std::string, std::int64_t> wanted;
    for (std::int64_t id = 0; id < study.points(); ++id) wanted.emplace(study.point(id).hash, id);
    std::unordered_set<std::int64_t> kept;
    for (const fs::path& path : put_aside(folder))
      for (PointResult& result : read_foreign_results(study, path.string())) {
        const auto found = wanted.find(result.hash);
        if (found == wanted.end() || !kept.insert(found->second).second) continue;
        result.id = found->second;
        Journal::adopted(folder, result.id / study.spec.block_size).append(result);
      }
    base::write_file((fs::path(folder) / "manifest.csv").string(), manifest_csv(study));
    base::write_file(identity_path(folder).string(), study.identity);
    fs::remove_all(fs::path(folder) / "adopted");
    return static_cast<std::int64_t>(kept.size());
  } catch (const fs::filesystem_error& error) {
    throw UserError(folder + ": error: cannot put its blocks aside (" + error.code().message() + "); check its permissions");
  }
}

void open_folder(const Study& study, const std::string& folder) {
  std::error_code reason;
  for (const char* inner : {"blocks", "journals", "traces"}) {
    fs::create_directories(fs::path(folder) / inner, reason);
    if (reason) base::refuse((fs::path(folder) / inner).string(), "make the folder", reason.value());
  }
  if (begun(folder)) {
    const std::string before = read_file(identity_path(folder));
    if (before != study.identity)
      throw UserError(
          fmt::format("{}: error: was begun with another study, base, input or build (its results would not go with "
                      "this one's); name another folder with -o, or undo the change:{}",
                      folder, difference(before, study.identity)));
  }
  const fs::path manifest = fs::path(folder) / "manifest.csv";
  if (!fs::exists(manifest)) base::write_file(manifest.string(), manifest_csv(study));
  if (!begun(folder)) base::write_file(identity_path(folder).string(), study.identity);  // last: a folder with it is whole
}

}  // namespace hypocaust::study
