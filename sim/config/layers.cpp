#include "sim/config/layers.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "models/core/nearest.hpp"

namespace hypocaust::config {
namespace {

std::string below(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

const std::string* type_of(const Node& node) {
  const Entry* type = node.find("type");
  return type && type->value.kind == Node::Kind::scalar ? &type->value.text : nullptr;
}

std::vector<std::string_view> keys_of(const Node& node) {
  std::vector<std::string_view> keys;
  for (const Entry& entry : node.entries) keys.push_back(entry.key);
  return keys;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest(word, candidates);
  return near.empty() ? std::string() : "; did you mean `" + std::string(near) + "`?";
}

void set_layer(Node& node, int layer) {
  node.place.layer = layer;
  for (Node& item : node.items) set_layer(item, layer);
  for (Entry& entry : node.entries) entry.place.layer = layer, set_layer(entry.value, layer);
}

// Where a name that begins at `start` of a path ends. Names of nodes and of a part's components hold dots themselves: the longest that
// is there wins, else the text up to the next dot.
std::size_t end_of_name(const Node& names, const std::string& path, std::size_t start) {
  std::size_t best = 0;
  for (const Entry& entry : names.entries) {
    const std::size_t end = start + entry.key.size();
    const bool whole = end == path.size() || (end < path.size() && path[end] == '.');
    if (whole && entry.key.size() > best && path.compare(start, entry.key.size(), entry.key) == 0) best = entry.key.size();
  }
  return best > 0 ? start + best : std::min(path.find('.', start), path.size());
}

// `bands[2].below` is `bands.2.below`: the index of an element of a list, counted from 0, as messages and `show` write it.
std::string dotted(std::string path) {
  for (std::size_t open = path.find('['); open != path.npos; open = path.find('[', open)) {
    const std::size_t close = path.find(']', open);
    const bool digits = close != path.npos && close > open + 1 && path.find_first_not_of("0123456789", open + 1) == close;
    if (!digits || open == 0) {
      ++open;
      continue;
    }
    path[open] = '.';
    path.erase(close, 1);
  }
  return path;
}

// The element of a list that a key of a path names; a text where it names none.
std::string index_of(const std::string& key, const std::string& list, std::size_t size, std::size_t& index) {
  const bool digits = key.find_first_not_of("0123456789") == key.npos;
  index = digits && key.size() < 10 ? std::stoul(key) : size;
  if (digits && index < size) return {};
  const std::string range = size == 0   ? "it is empty"
                            : size == 1 ? "it has one element, 0"
                                        : "it has " + std::to_string(size) + " elements, 0 to " + std::to_string(size - 1);
  return digits
             ? "`" + list + "` has no element " + key + " (" + range + "); --set changes those there are, or the list as a whole"
             : "`" + list + "` is a list and `" + key + "` is no index (" + range + "); write e.g. " + list + ".0";
}

// !remove has no meaning where nothing lies below; say so instead of leaving an empty value.
void refuse_remove(Node& node, const std::string& path, Diagnostics& diagnostics) {
  std::erase_if(node.entries, [&](const Entry& entry) {
    if (entry.value.tag != Tag::remove) return false;
    diagnostics.error(entry.place, below(path, entry.key), "there is nothing to remove here; delete the line");
    return true;
  });
  for (Entry& entry : node.entries)
    if (entry.key != "cases") refuse_remove(entry.value, below(path, entry.key), diagnostics);
}

}  // namespace

void merge(Node& base, Node overlay, const std::string& path, Diagnostics& diagnostics) {
  std::unordered_map<std::string, std::size_t> index;  // maps may be large: no search by walking
  for (std::size_t k = 0; k < base.entries.size(); ++k) index.emplace(base.entries[k].key, k);
  bool removed = false;
  for (Entry& entry : overlay.entries) {
    if (diagnostics.full()) return;
    const auto found = index.find(entry.key);
    Entry* old = found == index.end() ? nullptr : &base.entries[found->second];
    const std::string here = below(path, entry.key);
    if (entry.value.tag == Tag::remove) {
      if (!old) {
        diagnostics.error(entry.place, here, "there is nothing to remove here" + did_you_mean(entry.key, keys_of(base)));
        continue;
      }
      old->value.tag = Tag::remove;  // erased below
      index.erase(found);
      removed = true;
      continue;
    }
    const bool maps = old && old->value.kind == Node::Kind::map && entry.value.kind == Node::Kind::map;
    if (!maps || entry.value.tag == Tag::replace) {
      if (here != "cases") refuse_remove(entry.value, here, diagnostics);  // an overlay says !remove for later
      if (old) *old = std::move(entry);
      else {
        index.emplace(entry.key, base.entries.size());
        base.entries.push_back(std::move(entry));
      }
      continue;
    }
    const std::string *before = type_of(old->value), *after = type_of(entry.value);
    if (before && after && *before != *after) *old = std::move(entry);
    else merge(old->value, std::move(entry.value), here, diagnostics);
  }
  if (removed) std::erase_if(base.entries, [](const Entry& entry) { return entry.value.tag == Tag::remove; });
}

Node Layers::read(const std::string& path, const Place& asked_at) {
  Node nothing;
  nothing.kind = Node::Kind::map;
  sources_.emplace_back();
  const int index = static_cast<int>(sources_.size()) - 1;
  Source& source = sources_.back();
  std::size_t offset = 0;
  if (const std::string problem = read_source(path, source, offset); !problem.empty()) {
    if (asked_at.source >= 0 && source.text.empty()) diagnostics_.error(asked_at, "", "`" + path + "` " + problem);
    else if (source.text.empty() || source.text.size() > largest_file_bytes) diagnostics_.error_in(path, problem);
    else diagnostics_.error({.source = index, .offset = offset, .length = 1}, "", problem);
    return nothing;
  }
  const std::size_t errors = diagnostics_.errors();
  Node tree = parse_tree(sources_, index, 0, budget_, diagnostics_);
  if (diagnostics_.errors() > errors) return nothing;
  if (tree.kind != Node::Kind::map) {
    diagnostics_.error(tree.place, "", "a scenario is a map of keys; start with `hypocaust: 1`");
    return nothing;
  }
  const Entry* version = tree.find("hypocaust");
  if (!version)
    diagnostics_.error({.source = index, .offset = 0, .length = 1}, "",
                       "the first line must be `hypocaust: 1` (the version of the language); add it");
  else if (version->value.text != "1")
    diagnostics_.error(version->value.place, "hypocaust",
                       "`" + version->value.text + "` is not a version of the language this release reads; write 1");
  return tree;
}

Node Layers::with_includes(const std::string& path, const Place& asked_at) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string canonical = fs::weakly_canonical(path, error).string();
  if (std::find(open_.begin(), open_.end(), canonical) != open_.end()) {
    std::string chain;
    for (const std::string& file : open_) chain += fs::path(file).filename().string() + " -> ";
    diagnostics_.error(asked_at, "include",
                       "includes itself (" + chain + fs::path(canonical).filename().string() + "); break the circle");
    return {};
  }
  if (open_.size() >= 32) {
    diagnostics_.error(asked_at, "include", "more than 32 files include each other; flatten them");
    return {};
  }
  Node tree = read(path, asked_at);
  const std::string folder = fs::path(path).parent_path().string();
  Node result;
  result.kind = Node::Kind::map;
  result.place = tree.place;
  if (const Entry* include = tree.find("include")) {
    const Node& list = include->value;
    open_.push_back(canonical);
    if (list.kind != Node::Kind::list)
      diagnostics_.error(list.place, "include", "a list of files is expected; write include: [other.yaml]");
    for (const Node& item : list.items) {
      if (item.kind != Node::Kind::scalar || item.text.empty()) {
        diagnostics_.error(item.place, "include", "the path of a file is expected");
        continue;
      }
      merge(result, with_includes((fs::path(folder) / item.text).lexically_normal().string(), item.place), "", diagnostics_);
    }
    open_.pop_back();
    tree.entries.erase(tree.entries.begin() + (include - tree.entries.data()));
  }
  if (result.entries.empty()) refuse_remove(tree, "", diagnostics_);
  merge(result, std::move(tree), "", diagnostics_);
  return result;
}

Node Layers::file(const std::string& path) {
  Node tree = with_includes(path, {});
  diagnostics_.throw_if_failed();  // half a tree would give false "missing" messages
  return tree;
}

void Layers::apply_case(Node& tree, const std::string& name, int layer) {
  const Entry* cases = tree.find("cases");
  if (!cases || cases->value.kind != Node::Kind::map) {
    diagnostics_.error_in("--case " + name, "the scenario has no `cases:`; define the case there or leave the option out");
    return;
  }
  const Entry* chosen = cases->value.find(name);
  if (!chosen) {
    std::string known;
    for (const Entry& entry : cases->value.entries) known += (known.empty() ? "" : ", ") + entry.key;
    const std::string near = did_you_mean(name, keys_of(cases->value));
    diagnostics_.error_in("--case " + name,
                          "there is no case `" + name + "`" + (near.empty() ? "; the cases are " + known : near));
    return;
  }
  if (chosen->value.kind != Node::Kind::map) {
    diagnostics_.error(chosen->value.place, "cases." + name, "an overlay is a map of keys");
    return;
  }
  Node overlay = chosen->value;
  budget_.values += size_of(overlay);
  if (const Entry* nested = overlay.find("cases")) {
    diagnostics_.error(nested->place, "cases." + name, "a case cannot hold cases; write them side by side");
    return;
  }
  set_layer(overlay, layer);
  merge(tree, std::move(overlay), "", diagnostics_);
}

void Layers::apply_set(Node& tree, const Schema& schema, const std::string& assignment) {
  sources_.emplace_back();
  const int index = static_cast<int>(sources_.size()) - 1;
  Source& source = sources_.back();
  source.name = "--set";
  source.text = assignment;
  std::size_t offset = 0;
  if (assignment.find_first_not_of(" \t") == assignment.npos)
    return diagnostics_.error_in("--set", "is not path=value (it is empty); write e.g. plant.components.tank.volume=\"3 m3\"");
  if (const std::string problem = clean(source, offset); !problem.empty())
    return diagnostics_.error_in("--set " + assignment.substr(0, 80), problem);
  std::size_t equals = source.text.find('=');
  if (equals == source.text.npos || equals == 0)
    return diagnostics_.error_in("--set " + source.text, "is not path=value; write e.g. plant.components.tank.volume=\"3 m3\"");
  if (source.text.find_first_not_of(" \t", equals + 1) == source.text.npos)
    return diagnostics_.error_in("--set " + source.text, "has no value; write path=value");
  const std::string path = dotted(source.text.substr(0, equals));
  source.text.replace(0, equals, path);
  equals = path.size();
  const bool failed_before = diagnostics_.failed();
  std::string_view written = std::string_view(source.text).substr(equals + 1);
  written = written.substr(written.find_first_not_of(" \t"));
  written = written.substr(0, written.find_last_not_of(" \t") + 1);
  if (written == "~" || written == "null" || written.starts_with('#') || written == "%")
    return diagnostics_.error_in("--set " + source.text,
                                 "has no value (`" + std::string(written) + "` is none); write path=value, or path=!remove");
  Node value;
  if (written == "!remove") value.tag = Tag::remove;  // alone, the parser of files would take it for an empty document
  else value = parse_tree(sources_, index, equals + 1, budget_, diagnostics_);
  if (!failed_before && diagnostics_.failed()) return;

  Node* node = &tree;
  const Schema* record = &schema;  // schema of `node` where it is known
  const TypeInfo* type = nullptr;  // type of `node` when it is not a record
  for (std::size_t start = 0; start < path.size();) {
    const bool names = type && type->kind == Kind::named;
    const std::size_t dot = names ? end_of_name(*node, path, start) : std::min(path.find('.', start), path.size());
    const std::string key = path.substr(start, dot - start);
    const Place place{.source = index, .offset = start, .length = key.size()};
    if (key.empty()) return diagnostics_.error(place, "", "a name is missing between two dots");
    if (node->kind == Node::Kind::list) {
      std::size_t element = 0;
      if (const std::string problem = index_of(key, path.substr(0, start - 1), node->items.size(), element); !problem.empty())
        return diagnostics_.error(place, "", problem);
      Node& item = node->items[element];
      type = type && type->kind == Kind::list ? &type->element() : nullptr;
      record = type && type->kind == Kind::record ? &type->nested() : nullptr;
      if (dot < path.size()) {
        node = &item, start = dot + 1;
        continue;
      }
      if (value.tag == Tag::remove) node->items.erase(node->items.begin() + static_cast<std::ptrdiff_t>(element));
      else if (item.kind == Node::Kind::map && value.kind == Node::Kind::map && value.tag != Tag::replace)
        merge(item, std::move(value), path, diagnostics_);
      else item = std::move(value);
      return;
    }
    if (node->kind != Node::Kind::map)
      return diagnostics_.error(place, "", "`" + path.substr(0, start - 1) + "` holds no keys; set it as a whole");
    const bool last = dot == path.size();
    Entry* entry = node->find(key);
    if (!entry && names)
      return diagnostics_.error(
          place, "",
          "nothing is called `" + key + "`" + did_you_mean(key, keys_of(*node)) + " (--set cannot create a thing; a case can)");
    if (!entry && (start == 0 ? record && !record->find(key) : false)) {
      std::vector<std::string_view> keys;
      for (const Field& field : record->fields) keys.push_back(field.key);
      return diagnostics_.error(place, "", "unknown key `" + key + "`" + did_you_mean(key, keys));
    }
    const TypeInfo* next = nullptr;
    if (names) next = &type->element();
    else if (record)
      if (const Field* field = record->find(key)) next = field->type;
    while (next && next->kind == Kind::optional) next = &next->element();
    record = next && next->kind == Kind::record ? &next->nested() : nullptr;
    type = next;
    if (last) {
      Node added = std::move(value);
      if (added.tag == Tag::remove) {
        if (!entry) return diagnostics_.error(place, "", "there is nothing to remove here");
        node->entries.erase(node->entries.begin() + (entry - node->entries.data()));
      } else if (entry && entry->value.kind == Node::Kind::map && added.kind == Node::Kind::map && added.tag != Tag::replace) {
        merge(entry->value, std::move(added), path, diagnostics_);
      } else if (entry) entry->value = std::move(added);
      else node->entries.push_back({key, place, std::move(added)});
      return;
    }
    if (!entry) {
      Node map;
      map.kind = Node::Kind::map;
      map.place = place;
      node->entries.push_back({key, place, std::move(map)});
      entry = &node->entries.back();
    }
    node = &entry->value;
    start = dot + 1;
  }
  diagnostics_.error_in("--set " + path, "the path ends in a dot; name a key");
}

}  // namespace hypocaust::config
