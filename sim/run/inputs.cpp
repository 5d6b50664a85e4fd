#include "sim/run/inputs.hpp"

#include <filesystem>

#include "sim/base/hash.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::run {
namespace {

std::string bare_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

struct Rows {
  std::vector<std::string> key, name, hash;
  void add(std::string of, const std::string& path, std::string value) {
    key.push_back(std::move(of)), name.push_back(bare_name(path)), hash.push_back(std::move(value));
  }
};

// The files named anywhere in a record chosen by type.
void add_files(const std::string& key, Typed typed, Rows& rows) {
  if (!typed.schema()) return;
  config::walk(*typed.schema(), typed.object(), key,
               {.record = [](const Schema&, void*, const std::string&) {},
                .value =
                    [&](const Field&, const TypeInfo& type, void* member, const std::string& at) {
                      if (type.kind != Kind::file) return;
                      const std::string& path = static_cast<const FilePath*>(member)->path;
                      if (!path.empty()) rows.add(at, path, base::hash_of_file(path));
                    }});
}

}  // namespace

output::Table inputs_table(const config::Loaded& loaded) {
  Rows rows;
  for (const config::InputFile& file : loaded.files) rows.add("scenario", file.path, base::hash_of(file.contents));
  add_files("weather", loaded.scenario.weather, rows);
  for (const auto& work : loaded.scenario.compute.work.entries) add_files("compute.work." + work.name, work.value, rows);
  for (const auto& part : loaded.scenario.plant.components.entries) add_files("plant.components." + part.name, part.value, rows);
  for (const auto& user : loaded.scenario.heat_users.entries) add_files("heat_users." + user.name, user.value, rows);
  for (const auto& series : loaded.scenario.series.entries)
    rows.add("series." + series.name + ".file", series.value.file.path, base::hash_of_file(series.value.file.path));
  return {.group = "inputs",
          .dimension = "input",
          .columns = {{"key", "", "the key that names the file", std::move(rows.key)},
                      {"name", "", "file name without folders", std::move(rows.name)},
                      {"xxh3_128", "", "hash of its contents", std::move(rows.hash)}}};
}

}  // namespace hypocaust::run
