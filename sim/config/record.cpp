#include "sim/config/record.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/config/bind.hpp"
#include "sim/config/complete.hpp"
#include "sim/config/layers.hpp"
#include "sim/config/references.hpp"

namespace hypocaust::config {

void load_record(const Schema& schema, void* object, const std::string& path) {
  Sources sources;
  Budget budget;
  Diagnostics diagnostics(sources);
  Layers layers(sources, budget, diagnostics);
  const Node tree = layers.file(path);
  const Entry* currency = tree.find("currency");
  Binder binder(sources, diagnostics, currency ? currency->value.text : "EUR");
  binder.bind(schema, object, tree);
  check_names(binder, diagnostics);
  std::vector<Found> found;
  const Unread unread = [&](std::string_view record) { return binder.unread.contains(record); };
  derive_records(schema, object, unread, found);
  check_records(schema, object, unread, found);
  for (const Found& one : found)
    one.warning ? diagnostics.warn(binder.place_of(one.path), one.path, one.text)
                : diagnostics.error(binder.place_of(one.path), one.path, one.text);
  diagnostics.throw_if_failed();
}

std::vector<std::string> files_of_configs(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> places;
  if (const char* configs = std::getenv("HYPOCAUST_CONFIGS"); configs && *configs) places.push_back(configs);
  places.push_back(HYPOCAUST_CONFIG_DIR);
  std::vector<std::string> files;
  std::error_code none;
  for (const fs::path& place : places) {
    for (const auto& entry : fs::directory_iterator(place / folder, none))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    if (!files.empty()) break;
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace hypocaust::config
