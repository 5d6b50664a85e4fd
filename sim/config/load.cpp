#include <filesystem>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"
#include "sim/config/bind.hpp"
#include "sim/config/complete.hpp"
#include "sim/config/config.hpp"
#include "sim/config/layers.hpp"
#include "sim/config/parts.hpp"
#include "sim/config/references.hpp"

namespace hypocaust::config {
namespace {

std::string read_currency(const Node& tree) {
  const Entry* currency = tree.find("currency");
  return currency && currency->value.kind == Node::Kind::scalar ? currency->value.text : Scenario{}.currency;
}

bool is_currency(const std::string& word) {
  return word.size() == 3 && parse_unit(word).problem.empty() && parse_unit(word).unit.currency == word;
}

Node read_layers(Layers& layers, const LoadOptions& options) {
  Node tree = layers.file(options.path);
  int layer = 0;
  for (const std::string& name : options.cases) layers.apply_case(tree, name, ++layer);
  if (const Entry* cases = tree.find("cases")) tree.entries.erase(tree.entries.begin() + (cases - tree.entries.data()));
  for (const std::string& set : options.sets) layers.apply_set(tree, Scenario::schema(), set);
  return tree;
}

Origins origins_of(const Binder& binder, const Diagnostics& diagnostics, const LoadOptions& options) {
  Origins origins;
  for (const auto& [path, written] : binder.written) {
    Origin origin{diagnostics.where(written.place), written.text, written.assumed};
    if (written.place.layer > 0)
      origin.where += " (case " + options.cases[static_cast<std::size_t>(written.place.layer - 1)] + ")";
    origins.emplace(path, std::move(origin));
  }
  return origins;
}

// Rules say "is above `maximum` ..."; what was written goes in front.
std::string with_value(const Binder& binder, const Found& found) {
  const auto written = binder.written.find(found.path);
  if (written == binder.written.end() || written->second.text.empty()) return found.text;
  for (std::string_view verb : {"is ", "does ", "lies ", "has ", "cannot ", "must "})
    if (found.text.starts_with(verb)) return written->second.text + " " + found.text;
  return found.text;
}

void complete_with_places(Loaded& loaded, const Binder& binder, Diagnostics& diagnostics, bool circuits_known) {
  CompleteOptions options;
  options.unread = [&](std::string_view path) {
    const auto at = binder.unread.lower_bound(path);  // the record itself, or anything inside it
    return at != binder.unread.end() && at->starts_with(path) &&
           (at->size() == path.size() || path.empty() || (*at)[path.size()] == '.');
  };
  options.structure = circuits_known && !options.unread("plant") && !options.unread("cooling") && !options.unread("heat_users");
  for (const Found& found : complete_scenario(loaded.scenario, options)) {
    const Place place = binder.place_of(found.path);
    const std::string text = with_value(binder, found);
    found.warning ? diagnostics.warn(place, found.path, text) : diagnostics.error(place, found.path, text);
  }
  if (!options.structure) return;
  Problems ignored;  // clashes of names: already reported
  check_plant_names(binder, assemble(loaded.scenario, ignored), diagnostics);
}

}  // namespace

Loaded load(const LoadOptions& options) {
  Sources sources;
  Budget budget;
  Diagnostics diagnostics(sources);
  Layers layers(sources, budget, diagnostics);
  Node tree = read_layers(layers, options);
  std::vector<std::string_view> built_in;
  for (const Schema* schema : plant::component_schemas()) built_in.push_back(schema->name);
  Parts parts(layers, budget, diagnostics, std::filesystem::path(options.path).parent_path().string());
  parts.expand(tree, built_in);
  parts.expand_servers(tree);

  Loaded loaded;
  loaded.path = options.path;
  Binder binder(sources, diagnostics, read_currency(tree));
  binder.take_exchange_rates(tree);
  binder.bind(Scenario::schema(), &loaded.bound, tree);
  if (const std::string& currency = loaded.bound.currency; !is_currency(currency))
    diagnostics.error(binder.place_of("currency"), "currency",
                      "`" + currency + "` is not a currency this release knows; write e.g. EUR, GBP, USD or SEK");
  const bool circuits_known = check_names(binder, diagnostics);
  loaded.scenario = loaded.bound;
  if (!diagnostics.full()) complete_with_places(loaded, binder, diagnostics, circuits_known);
  diagnostics.throw_if_failed();

  loaded.origins = origins_of(binder, diagnostics, options);
  for (const Source& source : sources)
    if (source.name != "--set") loaded.files.push_back({source.name, source.text});
  loaded.warnings = diagnostics.print_warnings();
  return loaded;
}

std::string at(const Loaded& loaded, std::string_view path) {
  std::string where = loaded.path;
  for (std::string_view part = path; !part.empty(); part = part.substr(0, part.find('.') == part.npos ? 0 : part.rfind('.')))
    if (const auto origin = loaded.origins.find(part); origin != loaded.origins.end()) {
      where = origin->second.where;
      break;
    }
  return where + ": error: " + std::string(path) + ": ";
}

}  // namespace hypocaust::config
