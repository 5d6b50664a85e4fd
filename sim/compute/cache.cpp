// The trace cache: one file an entry, written under a unique temporary name, synced and renamed; no locks. Whatever is wrong with
// the cache becomes a warning and the trace is made afresh.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/compute/cache_entry.hpp"
#include "sim/compute/compute.hpp"

namespace hypocaust::compute {
namespace {

namespace fs = std::filesystem;

fs::path cache_folder(const CacheOptions& options) {
  const auto from = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (!options.folder.empty()) return options.folder;
  if (const std::string folder = from("HYPOCAUST_CACHE"); !folder.empty()) return folder;
  if (const std::string folder = from("XDG_CACHE_HOME"); !folder.empty()) return fs::path(folder) / "hypocaust";
  if (const std::string folder = from("HOME"); !folder.empty()) return fs::path(folder) / ".cache" / "hypocaust";
  return {};
}

std::string problem_text(const fs::path& path) {
  return "compute cache: " + path.string() + ": " + std::strerror(errno) +
         "; the run goes on without storing its power trace (--cache names another folder)";
}

// Returns the problem, or nothing.
std::string store(const fs::path& folder, const std::string& name, const std::string& bytes) {
  std::string temporary = (folder / (name + ".XXXXXX")).string();
  const int file = mkstemp(temporary.data());
  if (file < 0) return problem_text(folder);
  std::string problem;
  for (std::size_t at = 0; at < bytes.size() && problem.empty();) {
    const ssize_t written = write(file, bytes.data() + at, bytes.size() - at);
    if (written > 0) at += static_cast<std::size_t>(written);
    else if (written == 0 || errno != EINTR) problem = problem_text(temporary);
  }
  if (problem.empty() && (fchmod(file, 0644) != 0 || fsync(file) != 0)) problem = problem_text(temporary);
  if (close(file) != 0 && problem.empty()) problem = problem_text(temporary);
  if (problem.empty() && rename(temporary.c_str(), (folder / name).c_str()) != 0) problem = problem_text(folder / name);
  if (!problem.empty()) {
    unlink(temporary.c_str());
    return problem;
  }
  if (const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY); directory >= 0) {
    fsync(directory);  // a lost directory entry costs one recomputation
    close(directory);
  }
  return {};
}

// Removes the entries longest unused until the rest fits, and what crashed runs left behind.
void prune(const fs::path& folder, const std::string& newest, std::int64_t most_bytes) {
  struct Entry {
    fs::path path;
    fs::file_time_type used;
    std::int64_t bytes;
  };
  std::vector<Entry> entries;
  std::int64_t sum = 0;
  std::error_code problem;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
    std::error_code gone;  // another process may remove it meanwhile
    const auto used = fs::last_write_time(it->path(), gone);
    const auto bytes = static_cast<std::int64_t>(fs::file_size(it->path(), gone));
    if (gone) continue;
    if (it->path().extension() == ".trace") {
      entries.push_back({it->path(), used, bytes});
      sum += bytes;
    } else if (it->path().filename().string().find(".trace.") != std::string::npos && now - used > std::chrono::hours(24)) {
      fs::remove(it->path(), gone);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.used != b.used ? a.used < b.used : a.path < b.path; });
  for (const Entry& entry : entries) {
    if (sum <= most_bytes) return;
    if (entry.path.filename() == newest) continue;  // clocks of files are coarse
    std::error_code gone;
    fs::remove(entry.path, gone);
    sum -= entry.bytes;
  }
}

}  // namespace

CachedTrace cached_trace(const ComputeInputs& inputs, const CacheOptions& options, const std::function<void()>& poll) {
  CachedTrace out;
  const auto make = [&] { out.trace = std::make_shared<const PowerTrace>(run_to_trace(inputs, poll)); };
  const fs::path folder = options.use ? cache_folder(options) : fs::path();
  if (folder.empty()) {
    if (options.use)
      out.warnings.push_back(
          "compute cache: no folder (HYPOCAUST_CACHE, XDG_CACHE_HOME and HOME are not set); the run goes on without it");
    make();
    return out;
  }
  const std::string key = cache_key(inputs), name = entry_name(key);
  const fs::path path = folder / name;
  std::error_code ignored;
  if (std::ifstream file(path, std::ios::binary); file) {
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (std::optional<PowerTrace> trace = entry_trace(key, bytes)) {
      fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);  // used: pruned later
      out.trace = std::make_shared<const PowerTrace>(std::move(*trace));
      out.outcome = CacheOutcome::hit;
      return out;
    }
    out.warnings.push_back("compute cache: " + path.string() + ": damaged entry; computed again");
  }
  make();
  out.outcome = CacheOutcome::miss;
  fs::create_directories(folder, ignored);
  const std::string bytes = entry_bytes(key, *out.trace);
  if (static_cast<std::int64_t>(bytes.size()) > options.most_bytes) {
    out.warnings.push_back("compute cache: the power trace of " + std::to_string(bytes.size()) +
                           " bytes is larger than the whole cache may be; it is not stored");
    return out;
  }
  if (std::string problem = store(folder, name, bytes); !problem.empty()) out.warnings.push_back(std::move(problem));
  prune(folder, name, options.most_bytes);
  return out;
}

std::string_view name_of(CacheOutcome outcome) {
  static constexpr std::string_view list[] = {"off", "miss", "hit"};
  return list[static_cast<int>(outcome)];
}

}  // namespace hypocaust::compute
