#include "sim/study/block.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/hash.hpp"
#include "sim/output/stored_table.hpp"
#include "sim/output/version.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

constexpr const char* block_filetype = "hypocaust study block";
constexpr std::int64_t block_format[2] = {1, 0};

std::string stem(std::int64_t block) { return fmt::format("block_{:06}", block); }

std::vector<fs::path> journals(const std::string& folder, std::int64_t block) {
  std::vector<fs::path> found;
  std::error_code none;
  for (fs::directory_iterator it(fs::path(folder) / "journals", none), end; !none && it != end; it.increment(none))
    if (it->path().filename().string().starts_with(stem(block) + ".")) found.push_back(it->path());
  std::sort(found.begin(), found.end());
  return found;
}

// One record of a journal: length, hash, bytes.
std::string record_of(const PointResult& result) {
  const std::string bytes = to_bytes(result);
  const std::uint64_t size = bytes.size();
  std::string out(sizeof size, '\0');
  std::memcpy(out.data(), &size, sizeof size);
  return out + base::hash_of(bytes) + bytes;
}

void read_records(const std::string& text, const std::function<void(PointResult)>& take) {
  constexpr std::size_t head = sizeof(std::uint64_t) + 32;
  for (std::size_t at = 0; at + head <= text.size();) {
    std::uint64_t size = 0;
    std::memcpy(&size, text.data() + at, sizeof size);
    if (size > text.size() - at - head) return;  // cut by a kill
    const std::string_view bytes = std::string_view(text).substr(at + head, size);
    PointResult result;
    if (base::hash_of(bytes) != std::string_view(text).substr(at + sizeof size, 32) || !from_bytes(bytes, result)) return;
    take(std::move(result));
    at += head + size;
  }
}

}  // namespace

std::string column_name(const output::Variable& variable, std::size_t column) {
  return variable.group + "." + variable.name + (variable.columns.empty() ? "" : "." + variable.columns[column]);
}

BlockRange block_range(const Study& study, std::int64_t block) {
  const std::int64_t first = block * study.spec.block_size;
  return {first, std::min(first + study.spec.block_size, study.points())};
}

std::string block_path(const std::string& folder, std::int64_t block) {
  return (fs::path(folder) / "blocks" / (stem(block) + ".h5")).string();
}

Journal::Journal(const std::string& folder, std::int64_t block)
    : path_((fs::path(folder) / "journals" / (stem(block) + "." + base::process_name())).string()) {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) base::refuse(path_, "create it", errno);
}

Journal::~Journal() { ::close(file_); }

void Journal::append(const PointResult& result) {
  const std::string record = record_of(result);
  for (std::size_t done = 0; done < record.size();) {
    const ssize_t wrote = ::write(file_, record.data() + done, record.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) base::refuse(path_, "write to it", errno);
    done += static_cast<std::size_t>(wrote);
  }
}

std::vector<PointResult> read_journals(const Study& study, const std::string& folder, std::int64_t block) {
  const BlockRange range = block_range(study, block);
  std::map<std::int64_t, PointResult> found;
  for (const fs::path& path : journals(folder, block)) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    read_records(text, [&](PointResult result) {
      const bool ours = result.id >= range.first && result.id < range.end && result.hash == study.point(result.id).hash &&
                        result.figures.size() == study.figures.size();
      if (ours) found.emplace(result.id, std::move(result));
    });
  }
  std::vector<PointResult> list;
  for (auto& [id, result] : found) list.push_back(std::move(result));
  return list;
}

void remove_journals(const std::string& folder, std::int64_t block) {
  std::error_code none;
  for (const fs::path& path : journals(folder, block)) fs::remove(path, none);
}

double journal_age_s(const std::string& folder, std::int64_t block) {
  double youngest_s = -1;
  std::error_code none;
  for (const fs::path& path : journals(folder, block)) {
    const auto written = fs::last_write_time(path, none);
    if (none) continue;
    const double age_s = std::max(0.0, std::chrono::duration<double>(fs::file_time_type::clock::now() - written).count());
    youngest_s = youngest_s < 0 ? age_s : std::min(youngest_s, age_s);
  }
  return youngest_s;
}

void write_block(const Study& study, const std::string& folder, std::int64_t block, const std::vector<PointResult>& results) {
  std::vector<std::string> ids;
  output::TableColumn id{"id", "1", "number of the point", std::vector<std::int64_t>{}},
      status{"status", "1", "0 done, 1 failed", std::vector<std::int64_t>{}},
      hash{"hash", "", "of all the result depends on", {}}, message{"message", "", "why it failed", {}};
  hash.values = std::vector<std::string>{}, message.values = std::vector<std::string>{};
  for (const PointResult& result : results) {
    ids.push_back(std::to_string(result.id));
    std::get<std::vector<std::int64_t>>(id.values).push_back(result.id);
    std::get<std::vector<std::int64_t>>(status.values).push_back(static_cast<std::int64_t>(result.status));
    std::get<std::vector<std::string>>(hash.values).push_back(result.hash);
    std::get<std::vector<std::string>>(message.values).push_back(result.message);
  }
  output::Table table{.group = "points", .dimension = "point", .columns = {id, status, hash, message}};
  for (std::size_t f = 0; f < study.figures.size(); ++f) {
    std::vector<double> values;
    for (const PointResult& result : results) values.push_back(result.figures[f]);
    table.columns.push_back({study.figures[f].name, study.figures[f].unit, study.figures[f].doc, std::move(values)});
  }
  std::vector<output::Variable> variables;
  for (const output::Variable& channel : study.channels)
    for (std::size_t c = 0; c < channel.width(); ++c) {
      output::Variable one = channel;
      one.group = "hourly", one.name = column_name(channel, c), one.dimension = "point", one.columns = ids;
      variables.push_back(std::move(one));
    }
  const ClockSpec& clock = study.base.scenario.clock;
  const std::int64_t hours = variables.empty() ? 1 : static_cast<std::int64_t>(clock.duration_s) / 3600;
  output::RunFile file({.path = block_path(folder, block), .threads = 1, .compression = 1}, variables,
                       {.start_utc_s = clock.start.utc_s, .step_s = 3600, .interval_s = 3600, .steps = hours},
                       {{"filetype", block_filetype},
                        {"format_version", std::vector<std::int64_t>{block_format[0], block_format[1]}},
                        {"hypocaust_version", output::version()},
                        {"git_commit", output::git_commit()},
                        {"study", study.hash()},
                        {"block", block}});
  std::vector<double> row(variables.size() * results.size());
  for (std::size_t hour = 0; hour < static_cast<std::size_t>(hours); ++hour) {
    std::size_t k = 0;
    for (std::size_t v = 0; v < variables.size(); ++v)
      for (const PointResult& result : results)
        row[k++] = v < result.hours.size() && hour < result.hours[v].size() ? result.hours[v][hour] : not_given;
    file.append(row);
  }
  file.add(table);
  file.commit();
}

StoredBlock read_block(const Study& study, const std::string& folder, std::int64_t block, const ReadOptions& options) {
  StoredBlock stored;
  const std::string path = block_path(folder, block);
  std::error_code none;
  if (!fs::exists(path, none)) return stored;
  const auto unusable = [&](const std::string& why) {
    stored.state = StoredBlock::State::unusable, stored.trouble = path + ": " + why;
    return stored;
  };
  try {
    const output::StoredFile file(path);
    if (file.text("filetype") != block_filetype) return unusable("is no block of a study");
    if (file.text("study") != study.hash())
      return unusable(fmt::format("belongs to another study, or was made by another build ({} {})",
                                  file.text("hypocaust_version"), file.text("git_commit")));
    stored.id = file.integers("points/id"), stored.status = file.integers("points/status");
    stored.message = file.texts("points/message"), stored.hash = file.texts("points/hash");
    if (options.figures)
      for (const Figure& figure : study.figures) stored.figures.push_back(file.reals("points/" + figure.name));
  } catch (const UserError& error) {
    return unusable(std::string("is damaged: ") + error.what());
  }
  const BlockRange range = block_range(study, block);
  if (static_cast<std::int64_t>(stored.id.size()) != range.size() || stored.id.front() != range.first)
    return unusable("holds other points than its number says");
  stored.state = StoredBlock::State::complete;
  return stored;
}

std::vector<PointResult> read_results(const Study& study, const std::string& folder, std::int64_t block) {
  const StoredBlock stored = read_block(study, folder, block, {.figures = true});
  std::vector<PointResult> results(stored.id.size());
  for (std::size_t p = 0; p < results.size(); ++p) {
    results[p] = {.id = stored.id[p],
                  .status = static_cast<Status>(stored.status[p]),
                  .hash = stored.hash[p],
                  .message = stored.message[p]};
    for (const auto& values : stored.figures) results[p].figures.push_back(values[p]);
  }
  const output::StoredFile file(block_path(folder, block));
  for (const output::Variable& channel : study.channels)
    for (std::size_t c = 0; c < channel.width(); ++c) {
      const std::vector<double> all = file.reals("hourly/" + column_name(channel, c));
      for (std::size_t p = 0; p < results.size(); ++p) {
        std::vector<double>& series = results[p].hours.emplace_back();
        for (std::size_t k = p; k < all.size(); k += results.size()) series.push_back(all[k]);
      }
    }
  return results;
}

}  // namespace hypocaust::study
