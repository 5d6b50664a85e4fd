#include "sim/study/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/csv_text.hpp"

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
