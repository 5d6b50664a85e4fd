#include "sim/config/bind.hpp"

#include <algorithm>

#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::config {
namespace {

const char* article(const Node& node) {
  switch (node.kind) {
    case Node::Kind::map:
      return "a map";
    case Node::Kind::list:
      return "a list";
    default:
      return "a single value";
  }
}

bool name_allowed(std::string_view name) {
  return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

// Every record whose table has `key`, for keys written in the wrong place.
void holders(const Schema& schema, std::string_view key, std::set<const Schema*>& seen, std::vector<std::string>& found);
void holders(const TypeInfo& type, const Field& field, std::string_view key, std::set<const Schema*>& seen,
             std::vector<std::string>& found) {
  if (type.kind == Kind::record) holders(type.nested(), key, seen, found);
  else if (type.kind == Kind::typed) {
    if (field.options.types)
      for (const Schema* one : field.options.types()) holders(*one, key, seen, found);
  } else if (type.element) holders(type.element(), field, key, seen, found);
}
void holders(const Schema& schema, std::string_view key, std::set<const Schema*>& seen, std::vector<std::string>& found) {
  if (!seen.insert(&schema).second) return;
  if (schema.find(key)) found.emplace_back(schema.name);
  for (const Field& field : schema.fields) holders(*field.type, field, key, seen, found);
}

std::string parent_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == path.npos ? std::string() : path.substr(0, dot);
}

}  // namespace

void Binder::bind(const Schema& schema, void* object, const Node& tree) {
  root_ = &schema;
  record(schema, object, tree, tree.place, "", false);
}

void Binder::take_exchange_rates(const Node& tree) {
  const Entry* economics = tree.find("economics");
  const Entry* rates = economics && economics->value.kind == Node::Kind::map ? economics->value.find("exchange_rates") : nullptr;
  if (!rates || rates->value.kind != Node::Kind::map) return;
  for (const Entry& entry : rates->value.entries) {
    if (entry.value.kind == Node::Kind::map) rates_.push_back({entry.key, not_given});
    const QuantityText read = parse_quantity(entry.value.text, {.unit = "money", .currency = currency_});
    if (read.problem.empty() && read.value > 0) rates_.push_back({entry.key, read.value});
  }
}

void Binder::fail(const Place& place, const std::string& path, std::string text) {
  diagnostics_.error(place, path, std::move(text));
  unread.insert(parent_of(path));
}

Place Binder::place_of(std::string_view path) const {
  for (std::string here(path);; here = parent_of(here)) {
    if (const auto found = written.find(here); found != written.end()) return found->second.place;
    if (here.empty()) return {.source = 0, .offset = 0, .length = 1};
  }
}

void Binder::unknown_key(const Schema& schema, const Entry& entry, const std::string& path,
                         std::set<std::string_view>& near_misses) {
  std::vector<std::string_view> keys;
  for (const Field& field : schema.fields) keys.push_back(field.key);
  std::string text = "unknown key";
  const std::string_view near = nearest(entry.key, keys);
  if (!near.empty()) {
    near_misses.insert(near);
    text += "; did you mean `" + std::string(near) + "`?";
  } else if (!entry.key.empty() && entry.key[0] >= '0' && entry.key[0] <= '9' && entry.key.find(' ') != entry.key.npos) {
    text += " (a comma inside a number splits it in `{}`); write 1000, not 1,000";
  } else {
    std::vector<std::string> found;
    std::set<const Schema*> seen;
    if (root_) holders(*root_, entry.key, seen, found);
    if (!found.empty()) {
      text += "; it is a key of ";
      for (std::size_t k = 0; k < std::min<std::size_t>(found.size(), 4); ++k) text += (k ? ", " : "") + found[k];
    } else {
      text += " (the keys here are ";
      for (std::size_t k = 0; k < std::min<std::size_t>(keys.size(), 30); ++k) text += (k ? ", " : "") + std::string(keys[k]);
      text += ")";
    }
  }
  fail(entry.place, join(path, entry.key), std::move(text));
}

void Binder::record(const Schema& schema, void* object, const Node& node, const Place& at, const std::string& path, bool typed) {
  std::set<const Field*> given;
  std::set<std::string_view> near_misses;
  for (const Entry& entry : node.entries) {
    if (diagnostics_.full()) return;
    if (typed && entry.key == "type") continue;
    const Field* field = schema.find(entry.key);
    if (!field)
      for (const Field& other : schema.fields)
        if (!other.options.formerly.empty() && other.options.formerly == entry.key) {
          field = &other;
          diagnostics_.warn(entry.place, join(path, entry.key), "this key is now called `" + std::string(other.key) + "`");
        }
    if (!field) {
      unknown_key(schema, entry, path, near_misses);
      continue;
    }
    if (!given.insert(field).second) {
      fail(entry.place, join(path, entry.key), "is given under its old and its new name; remove one");
      continue;
    }
    const std::string here = join(path, field->key);
    written[here] = {entry.place, {}, entry.value.tag == Tag::assumed};
    value(*field, *field->type, field->at(object), entry.value, entry.place, here);
  }
  for (const Field& field : schema.fields) {
    if (given.contains(&field)) continue;
    const std::string here = join(path, field.key);
    if (field.type->kind == Kind::record) {  // absent: its own defaults hold, its required keys are missing
      Node empty;
      empty.kind = Node::Kind::map;
      record(field.type->nested(), field.at(object), empty, at, here, false);
    } else if (field.options.need == Need::required && !near_misses.contains(field.key)) {
      fail(at, here, "is missing (" + std::string(field.doc) + "); add `" + std::string(field.key) + ":`");
    }
  }
}

void Binder::value(const Field& field, const TypeInfo& type, void* member, const Node& node, const Place& at,
                   const std::string& path) {
  if (node.spoiled) {
    unread.insert(parent_of(path)), unread.insert(path);
    return;
  }
  const auto expects = [&](Node::Kind kind, const std::string& what) {
    if (node.kind == kind) return true;
    fail(node.kind == Node::Kind::scalar ? node.place : at, path, std::string(article(node)) + " where " + what + " is expected");
    return false;
  };
  switch (type.kind) {
    case Kind::record:
      if (expects(Node::Kind::map, "a map of keys")) record(type.nested(), member, node, at, path, false);
      return;
    case Kind::optional:
      type.resize(member, 1);
      return value(field, type.element(), type.at(member, 0), node, at, path);
    case Kind::typed:
      if (expects(Node::Kind::map, "a map with `type:`")) typed(field, member, node, at, path);
      return;
    case Kind::named:
      if (expects(Node::Kind::map, "a map of names")) named(field, type, member, node, path);
      return;
    case Kind::list: {
      if (!expects(Node::Kind::list, "a list in [ ]")) return;
      type.resize(member, 0);
      type.resize(member, node.items.size());
      for (std::size_t k = 0; k < node.items.size(); ++k) {
        const std::string here = join(path, std::to_string(k));
        written[here] = {node.items[k].place, {}, node.items[k].tag == Tag::assumed};
        value(field, type.element(), type.at(member, k), node.items[k], node.items[k].place, here);
      }
      return;
    }
    default:
      scalar(field, type, member, node, path);
  }
}

void Binder::scalar(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path) {
  if (type.kind == Kind::varying && node.kind == Node::Kind::map) return varying(field, type, member, node, path);
  if (node.kind != Node::Kind::scalar)
    return fail(node.place, path, std::string(article(node)) + " where a single value is expected");
  const std::string_view folder = node.place.source >= 0
                                      ? std::string_view(sources_[static_cast<std::size_t>(node.place.source)].folder)
                                      : std::string_view();
  const ScalarRow row{.field = field, .type = type, .currency = currency_, .folder = folder, .rates = rates_};
  if (std::string problem = read_scalar(node.text, row, member); !problem.empty()) {
    if (node.text.starts_with('$') && !node.quoted) problem += "; $ stands for a parameter inside parts only";
    return fail(node.place, path, std::move(problem));
  }
  Written& here = written[path];
  here.place = node.place;
  here.text = node.text;
  refer(field, type, member, node.place, path);
}

// {series: name}, or {calendar: name, during: value, otherwise: value}.
void Binder::varying(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path) {
  Varying value;
  const Entry *series = node.find("series"), *calendar = node.find("calendar");
  const auto single = [](const Entry* entry) { return entry && entry->value.kind == Node::Kind::scalar; };
  if (series && node.entries.size() == 1 && single(series)) {
    value.series = series->value.text;
    references.push_back({path, value.series, "series", false, series->value.place});
    written[path].place = series->value.place;
  } else if (calendar) {
    const Entry *during = node.find("during"), *otherwise = node.find("otherwise");
    if (!single(calendar) || !single(during) || !single(otherwise) || node.entries.size() != 3)
      return fail(node.place, path, "{calendar: name, during: value, otherwise: value} is expected: these three, one value each");
    value.calendar = calendar->value.text;
    references.push_back({path, value.calendar, "calendar", false, calendar->value.place});
    written[path].place = calendar->value.place;
    for (const Entry* entry : {during, otherwise}) {
      Varying one;
      const ScalarRow row{.field = field, .type = type, .currency = currency_, .folder = {}, .rates = rates_};
      if (std::string problem = read_scalar(entry->value.text, row, &one); !problem.empty())
        return fail(entry->value.place, path, std::move(problem));
      (entry == during ? value.during : value.otherwise) = one.constant;
    }
  } else {
    return fail(node.place, path, "a quantity, {series: name} or {calendar: name, during: value, otherwise: value} is expected");
  }
  *static_cast<Varying*>(member) = value;
}

void Binder::refer(const Field& field, const TypeInfo& type, void* member, const Place& place, const std::string& path) {
  if (type.kind != Kind::reference) return;
  if (field.options.is_port || !field.options.scope.empty())
    references.push_back(
        {path, static_cast<const Ref*>(member)->name, std::string(field.options.scope), field.options.is_port, place});
}

void Binder::typed(const Field& field, void* member, const Node& node, const Place& at, const std::string& path) {
  const Entry* type = node.find("type");
  const auto types = field.options.types ? field.options.types() : std::span<const Schema* const>{};
  std::vector<std::string_view> words;
  for (const Schema* one : types) words.push_back(one->name);
  std::string all;
  for (std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  if (!type) return fail(at, path, "lacks `type:`; choose one of " + all);
  if (type->value.spoiled) return;
  if (type->value.kind != Node::Kind::scalar) return fail(type->value.place, path + ".type", "a word is expected");
  written[join(path, "type")] = {type->value.place, type->value.text, false};
  for (const Schema* one : types)
    if (one->name == type->value.text) {
      Typed& chosen = *static_cast<Typed*>(member);
      chosen = Typed(*one);
      return record(*one, chosen.object(), node, at, path, true);
    }
  const std::string_view near = nearest(type->value.text, words);
  unread.insert(path);
  fail(type->value.place, path + ".type",
       "unknown type `" + type->value.text + "`" +
           (near.empty() ? "; choose one of " + all : "; did you mean `" + std::string(near) + "`?"));
}

void Binder::named(const Field& field, const TypeInfo& type, void* member, const Node& node, const std::string& path) {
  std::vector<const Entry*> order;
  for (const Entry& entry : node.entries) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) { return a->key < b->key; });
  type.resize(member, 0);
  type.resize(member, order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Entry& entry = *order[k];
    const std::string here = join(path, entry.key);
    *type.name(member, k) = entry.key;
    if (diagnostics_.full()) continue;
    if (!name_allowed(entry.key))
      fail(entry.place, here, "`" + entry.key + "` cannot be a name (letters, digits, _ and -, at most 200)");
    if (!field.options.scope.empty()) defined[std::string(field.options.scope)].insert(entry.key);
    written[here] = {entry.place, {}, entry.value.tag == Tag::assumed};
    value(field, type.element(), type.at(member, k), entry.value, entry.place, here);
  }
}

}  // namespace hypocaust::config
