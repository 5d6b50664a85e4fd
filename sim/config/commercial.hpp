// The part of a scenario that prices a stored run: contracts, economics, carbon and the series they name. It reads without the
// plant, so that a run is priced again in milliseconds.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/economics/carbon.hpp"
#include "models/economics/economics_spec.hpp"
#include "sim/input/series_spec.hpp"

namespace hypocaust::config {

struct Commercial {
  std::int64_t hypocaust = 1;
  std::string title, currency = "EUR";
  Named<Typed> contracts;
  std::optional<economics::EconomicsSpec> economics;
  std::optional<economics::CarbonSpec> carbon;
  Named<input::SeriesSpec> series;
  static const Schema& schema();
};

struct StoredScenario {
  std::string file;           // the run file, for messages
  std::string yaml;           // as it holds it
  std::string contract_file;  // empty, or a file whose contracts replace those of the run and whose other keys win over it
  std::vector<std::string> stored_series;  // whose values the run file holds
};
struct LoadedCommercial {
  Commercial commercial;
  // Values that somebody marked `!assumed`, by path, as written.
  std::vector<std::pair<std::string, std::string>> assumed;
};
// Throws UserError with every problem, placed.
LoadedCommercial load_commercial(const StoredScenario& stored);

}  // namespace hypocaust::config
