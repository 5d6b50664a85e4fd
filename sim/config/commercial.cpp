#include "sim/config/commercial.hpp"

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "sim/config/bind.hpp"
#include "sim/config/complete.hpp"
#include "sim/config/exchange.hpp"
#include "sim/config/layers.hpp"
#include "sim/config/references.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::config {
namespace {

Node parse(Sources& sources, const StoredScenario& stored, Budget& budget, Diagnostics& diagnostics) {
  sources.push_back({.name = stored.file + " (scenario)", .folder = {}, .text = stored.yaml});
  Node tree = parse_tree(sources, static_cast<int>(sources.size()) - 1, 0, budget, diagnostics);
  diagnostics.throw_if_failed();
  return tree;
}

void define(Binder& binder, const Node& tree, const std::string& key, const std::string& scope) {
  if (const Entry* map = tree.find(key))
    for (const Entry& entry : map->value.entries) binder.defined[scope].insert(entry.key);
}

// The unit of a series against that of the key that names it; the run file's own were checked before the run.
void check_series(const Commercial& commercial, const Binder& binder, Diagnostics& diagnostics) {
  Commercial copy = commercial;
  walk(Commercial::schema(), &copy, "",
       {.record = nullptr, .value = [&](const Field& field, const TypeInfo& type, void* member, const std::string& path) {
          if (type.kind != Kind::varying) return;
          const std::string& name = static_cast<const Varying*>(member)->series;
          const auto* series = commercial.series.find(name);
          if (!series) return;
          const UnitText column = parse_unit(series->unit), wanted = parse_unit(field.unit);
          if (!column.problem.empty()) return;
          const economics::EconomicsSpec* rates = commercial.economics ? &*commercial.economics : nullptr;
          const SeriesInMoney in_money{.name = name, .spec = *series, .currency = commercial.currency, .rates = rates};
          if (std::string problem = currency_problem(in_money, path); !problem.empty())
            diagnostics.error(binder.place_of(path), path, std::move(problem));
          if (column.unit.dimension == wanted.unit.dimension) return;
          diagnostics.error(binder.place_of(path), path,
                            "its series is in " + series->unit + " (here it must be one of: " +
                                accepted_units({.unit = field.unit, .currency = commercial.currency}) + "); correct the unit");
        }});
}

}  // namespace

const Schema& Commercial::schema() {
  using C = Commercial;
  static const Schema s = describe<C>(
      "commercial", "What prices a run.",
      {row<&C::hypocaust>("hypocaust", "", {.min = 1, .max = 1}, "version of the language; first line of every file"),
       row<&C::title>("title", "", {}, "for people"), row<&C::currency>("currency", "", {}, "that of the run"),
       row<&C::contracts>("contracts", "", {.scope = "contract", .types = economics::contract_types}, "who pays whom for heat"),
       row<&C::economics>("economics", "", {}, "what a cash flow needs"), row<&C::carbon>("carbon", "", {}, "emission factors"),
       row<&C::series>("series", "", {.scope = "series"}, "columns of CSV files")});
  return s;
}

LoadedCommercial load_commercial(const StoredScenario& stored) {
  Sources sources;
  Budget budget;
  Diagnostics diagnostics(sources);
  Node whole = parse(sources, stored, budget, diagnostics), tree;
  tree.kind = Node::Kind::map;
  tree.place = whole.place;
  for (const Entry& entry : whole.entries)
    if (entry.key != "series" && entry.key != "title" && Commercial::schema().find(entry.key)) tree.entries.push_back(entry);
  const Entry* currency = whole.find("currency");
  const std::string money = currency ? currency->value.text : Commercial{}.currency;
  if (!stored.contract_file.empty()) {
    Layers layers(sources, budget, diagnostics);
    Node overlay = layers.file(stored.contract_file);
    if (const Entry* other = overlay.find("currency"); other && other->value.text != money)
      diagnostics.error(other->value.place, "currency",
                        "`" + other->value.text + "` is not the run's currency " + money +
                            " (sums of two currencies cannot be added); give the prices in " + money);
    if (overlay.find("contracts")) std::erase_if(tree.entries, [](const Entry& entry) { return entry.key == "contracts"; });
    merge(tree, std::move(overlay), "", diagnostics);
  }
  LoadedCommercial loaded;
  Binder binder(sources, diagnostics, money);
  binder.take_exchange_rates(tree);
  binder.bind(Commercial::schema(), &loaded.commercial, tree);
  define(binder, whole, "meters", "meter");
  define(binder, whole, "heat_users", "heat user");
  for (const std::string& name : stored.stored_series) binder.defined["series"].insert(name);
  check_names(binder, diagnostics);
  const Unread unread = [&](std::string_view path) { return binder.unread.contains(path); };
  std::vector<Found> found;
  derive_records(Commercial::schema(), &loaded.commercial, unread, found);
  check_records(Commercial::schema(), &loaded.commercial, unread, found);
  for (const Found& one : found)
    one.warning ? diagnostics.warn(binder.place_of(one.path), one.path, one.text)
                : diagnostics.error(binder.place_of(one.path), one.path, one.text);
  check_series(loaded.commercial, binder, diagnostics);
  diagnostics.throw_if_failed();
  for (const auto& [path, written] : binder.written)
    if (written.assumed) loaded.assumed.emplace_back(path, written.text);
  return loaded;
}

}  // namespace hypocaust::config
