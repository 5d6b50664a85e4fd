#include "sim/study/collect.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <iterator>

#include "sim/base/atomic_file.hpp"
#include "sim/base/csv_text.hpp"
#include "sim/output/collected_file.hpp"
#include "sim/output/version.hpp"
#include "sim/study/block.hpp"
#include "sim/study/folder.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

struct Columns {
  std::vector<std::int64_t> id, status, replication, seed;
  std::vector<std::string> message;
  std::vector<std::vector<std::string>> words;  // of each axis, as in the manifest
  std::vector<std::vector<double>> figures;
};

Columns read_all(const Study& study, const std::string& folder, CollectReport& report) {
  const auto n = static_cast<std::size_t>(study.points());
  Columns all;
  all.status.assign(n, static_cast<std::int64_t>(Status::missing)), all.message.resize(n);
  all.words.assign(study.axes.size(), std::vector<std::string>(n));
  all.figures.assign(study.figures.size(), std::vector<double>(n, not_given));
  for (std::size_t p = 0; p < n; ++p) {
    const Point point = study.point(static_cast<std::int64_t>(p));
    all.id.push_back(point.id), all.replication.push_back(point.replication), all.seed.push_back(point.seed);
    for (std::size_t a = 0; a < study.axes.size(); ++a) all.words[a][p] = point.values[a];
  }
  for (std::int64_t block = 0; block < study.blocks(); ++block) {
    const StoredBlock stored = read_block(study, folder, block, {.figures = true});
    if (stored.state == StoredBlock::State::unusable) report.troubles.push_back(stored.trouble);
    if (stored.state != StoredBlock::State::complete) continue;
    for (std::size_t k = 0; k < stored.id.size(); ++k) {
      const auto p = static_cast<std::size_t>(stored.id[k]);
      all.status[p] = stored.status[k], all.message[p] = stored.message[k];
      for (std::size_t f = 0; f < study.figures.size(); ++f) all.figures[f][p] = stored.figures[f][k];
    }
  }
  for (const std::int64_t status : all.status)
    ++(status == static_cast<int>(Status::done)     ? report.done
       : status == static_cast<int>(Status::failed) ? report.failed
                                                    : report.missing);
  return all;
}

output::Table points_table(const Study& study, const Columns& all) {
  output::Table table{.group = "points", .dimension = "point"};
  table.columns.push_back({"id", "1", "number of the point", all.id});
  table.columns.push_back({"status", "1", "0 done, 1 failed, 2 missing", all.status});
  table.columns.push_back({"message", "", "why it failed", all.message});
  table.columns.push_back({"replication", "1", "of the combination", all.replication});
  table.columns.push_back({"seed", "1", "clock.seed of the point", all.seed});
  for (std::size_t a = 0; a < study.axes.size(); ++a) {
    const Axis& axis = study.axes[a];
    output::TableColumn column{"axis." + axis.name,
                               axis.words          ? ""
                               : axis.unit.empty() ? "1"
                                                   : axis.unit,
                               axis.key, all.words[a]};
    if (!axis.words) {
      std::vector<double> numbers;
      for (const std::string& word : all.words[a]) numbers.push_back(word.empty() ? not_given : std::stod(word));
      column.values = std::move(numbers);
    }
    table.columns.push_back(std::move(column));
  }
  for (std::size_t f = 0; f < study.figures.size(); ++f)
    table.columns.push_back({study.figures[f].name, study.figures[f].unit, study.figures[f].doc, all.figures[f]});
  return table;
}

std::vector<output::Variable> hourly_variables(const Study& study, const Columns& all) {
  std::vector<output::Variable> variables;
  std::vector<std::string> ids;
  if (!study.channels.empty())
    for (const std::int64_t id : all.id) ids.push_back(std::to_string(id));
  for (const output::Variable& channel : study.channels)
    for (std::size_t c = 0; c < channel.width(); ++c) {
      output::Variable one = channel;
      one.group = "hourly", one.name = column_name(channel, c), one.dimension = "point", one.columns = ids;
      variables.push_back(std::move(one));
    }
  return variables;
}

std::string points_csv(const Study& study, const Columns& all) {
  std::string out = "id,status,message,replication,seed";
  for (const Axis& axis : study.axes) out += "," + base::csv_field(axis.heading());
  for (const Figure& figure : study.figures) out += "," + base::csv_field(figure.name + " [" + figure.unit + "]");
  out += "\n";
  for (std::size_t p = 0; p < all.id.size(); ++p) {
    out += fmt::format("{},{},{},{},{}", all.id[p], name_of(static_cast<Status>(all.status[p])), base::csv_field(all.message[p]),
                       all.replication[p], all.seed[p]);
    for (const auto& words : all.words) out += "," + base::csv_field(words[p]);
    for (const auto& values : all.figures) {
      out += ',';
      if (std::isfinite(values[p])) fmt::format_to(std::back_inserter(out), "{:.17g}", values[p]);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

CollectReport collect(const Study& study, const std::string& folder) {
  open_folder(study, folder);
  CollectReport report{.file = (fs::path(folder) / "study.h5").string(), .csv = (fs::path(folder) / "points.csv").string()};
  const Columns all = read_all(study, folder, report);
  output::Collected collected{.attributes = {{"Conventions", "CF-1.10"},
                                             {"title", study.spec.title},
                                             {"source", fmt::format("hypocaust {}", output::version())},
                                             {"filetype", "hypocaust study"},
                                             {"format_version", std::vector<std::int64_t>{1, 0}},
                                             {"hypocaust_version", output::version()},
                                             {"git_commit", output::git_commit()},
                                             {"study", study.hash()},
                                             {"identity", study.identity}},
                              .points = points_table(study, all),
                              .hourly = hourly_variables(study, all),
                              .time = {.start_utc_s = study.base.scenario.clock.start.utc_s, .step_s = 3600, .interval_s = 3600}};
  collected.time.steps = static_cast<std::int64_t>(study.base.scenario.clock.duration_s) / 3600;
  if (!collected.hourly.empty())
    for (std::int64_t block = 0; block < study.blocks(); ++block) {
      const BlockRange range = block_range(study, block);
      collected.blocks.push_back({fs::path("blocks") / fs::path(block_path(folder, block)).filename(),
                                  static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.size())});
    }
  output::write_collected(report.file, collected);
  base::write_file(report.csv, points_csv(study, all));
  return report;
}

}  // namespace hypocaust::study
