#include <filesystem>

#include "models/core/errors.hpp"
#include "sim/config/config.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/yaml_out.hpp"

namespace hypocaust::config {

std::string resolved_yaml(const Loaded& loaded) {
  Scenario scenario = loaded.scenario;
  return to_yaml(Scenario::schema(), &scenario,
                 {.currency = scenario.currency,
                  .folder = std::filesystem::path(loaded.path).parent_path().string(),
                  .comments = false,
                  .origins = &loaded.origins});
}

void patch(Scenario& scenario, std::string_view path, std::string_view text) {
  const Located place = locate(Scenario::schema(), &scenario, path);
  const std::string where = "error: " + std::string(path) + ": ";
  if (!place.member) throw UserError(where + "there is no such value; `hypocaust show` lists every path");
  switch (place.type->kind) {
    case Kind::quantity:
    case Kind::varying:
    case Kind::integer:
    case Kind::boolean:
    case Kind::choice:
    case Kind::instant:
      break;
    default:
      throw UserError(where + "types, names, lists, texts and files cannot be patched (they change structure); use --set");
  }
  std::vector<ExchangeRate> rates;
  if (scenario.economics)
    for (const auto& entry : scenario.economics->exchange_rates.entries) rates.push_back({entry.name, entry.value.constant});
  const ScalarRow row{.field = *place.field, .type = *place.type, .currency = scenario.currency, .folder = {}, .rates = rates};
  if (const std::string problem = read_scalar(text, row, place.member); !problem.empty()) throw UserError(where + problem);
}

}  // namespace hypocaust::config
