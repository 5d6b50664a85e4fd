#include "sim/config/parts.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "models/core/nearest.hpp"

namespace hypocaust::config {
namespace {

bool plain_word(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string unspoken(std::string name) {  // `a.b` inside a node's own name
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

const Node* map_of(const Node& node, std::string_view key) {
  const Entry* entry = node.find(key);
  return entry && entry->value.kind == Node::Kind::map ? &entry->value : nullptr;
}

// What `$...` stands for in one instance of a part.
class Substitution {
 public:
  Substitution(const Node& part, const Entry& instance, std::string name, Diagnostics& diagnostics)
      : part_(part), instance_(instance), name_(std::move(name)), diagnostics_(diagnostics) {}

  void apply(Node& node) {
    for (Node& item : node.items) apply(item);
    for (Entry& entry : node.entries) apply(entry.value);
    if (node.kind == Node::Kind::scalar && !node.quoted && node.text.starts_with('$')) replace(node);
  }

 private:
  void replace(Node& node) {
    const std::string word = node.text.substr(1);
    const std::size_t dot = word.find('.');
    const Node* components = map_of(part_, "components");
    if (dot != word.npos && components &&
        components->find(word.substr(0, dot))) {  // `$valve.position`: an input of this instance
      node.text = name_ + "." + word;
      return;
    }
    if (dot != word.npos) return private_node(node, word.substr(0, dot), word.substr(dot + 1));
    const Node *parameters = map_of(part_, "parameters"), *ports = map_of(part_, "ports");
    const Entry* parameter = parameters ? parameters->find(word) : nullptr;
    if (!parameter && !(ports && ports->find(word))) {
      diagnostics_.error(node.place, "", "`$" + word + "` is neither a parameter nor a port of this part; declare it");
      node.spoiled = true;
      return;
    }
    if (const Entry* given = instance_.value.find(word)) {
      node = given->value;
      return;
    }
    const Entry* standard = parameter ? parameter->value.find("default") : nullptr;
    if (standard) node = standard->value;
    else node.spoiled = true;  // reported once, for the instance
  }
  // `$secondary.after_pump`: a node of this instance alone, in the circuit that the ports of `secondary` are given.
  void private_node(Node& node, const std::string& circuit, const std::string& local) {
    if (const Node* ports = map_of(part_, "ports"))
      for (const Entry& port : ports->entries) {
        const Entry* declared = port.value.find("circuit");
        const Entry* given = instance_.value.find(port.key);
        if (!declared || declared->value.text != circuit || !given) continue;
        node.text = given->value.text.substr(0, given->value.text.find('.')) + "." + unspoken(name_) + "." + local;
        return;
      }
    node.spoiled = true;
    const Node* ports = map_of(part_, "ports");
    const bool known = ports && std::any_of(ports->entries.begin(), ports->entries.end(), [&](const Entry& port) {
                         const Entry* declared = port.value.find("circuit");
                         return declared && declared->value.text == circuit;
                       });
    if (!known)
      diagnostics_.error(node.place, "", "no port of this part has the circuit `" + circuit + "`; declare it under `ports:`");
  }

  const Node& part_;
  const Entry& instance_;
  std::string name_;
  Diagnostics& diagnostics_;
};

}  // namespace

Parts::Parts(Layers& layers, Budget& budget, Diagnostics& diagnostics, const std::string& site_folder)
    : layers_(layers), budget_(budget), diagnostics_(diagnostics) {
  namespace fs = std::filesystem;
  const fs::path site(site_folder);
  folders_ = {(site / ".." / "parts").lexically_normal().string(), (site / "parts").lexically_normal().string()};
  if (const char* configs = std::getenv("HYPOCAUST_CONFIGS"); configs && *configs)
    folders_.push_back((fs::path(configs) / "parts").string());
  folders_.push_back((fs::path(HYPOCAUST_CONFIG_DIR) / "parts").string());
}

void Parts::expand(Node& tree, const std::vector<std::string_view>& built_in) {
  built_in_ = built_in;
  Entry* plant = tree.find("plant");
  Entry* components = plant && plant->value.kind == Node::Kind::map ? plant->value.find("components") : nullptr;
  if (!components || components->value.kind != Node::Kind::map) return;
  std::vector<Entry> flat;
  for (Entry& entry : components->value.entries) {
    std::string name = entry.key;
    expand_entry(std::move(entry), name, flat, 0);
  }
  components->value.entries = std::move(flat);
  if (Entry* groups = plant->value.find("controllers"); groups && groups->value.kind == Node::Kind::map) {
    std::vector<Entry> named;
    for (Entry& entry : groups->value.entries) {
      std::string name = entry.key;
      ungroup(std::move(entry), std::move(name), named);
    }
    groups->value.entries = std::move(named);
  }
  if (controllers_.empty()) return;
  if (!plant->value.find("controllers")) {
    Entry none{.key = "controllers", .place = plant->place, .value = {}};
    none.value.kind = Node::Kind::map, none.value.place = plant->place;
    plant->value.entries.push_back(std::move(none));
  }
  Node& controllers = plant->value.find("controllers")->value;
  for (Entry& controller : controllers_) {
    if (const Entry* own = controllers.find(controller.key))
      diagnostics_.error(own->place, "plant.controllers." + controller.key,
                         "a part brings a controller of this name; change its keys where the part is used, or rename this one");
    controllers.entries.push_back(std::move(controller));
  }
}

// A map without `type:` whose values all have one is a group.
bool Parts::is_group(const Entry& entry) {
  return entry.value.kind == Node::Kind::map && !entry.value.find("type") && !entry.value.entries.empty() &&
         std::all_of(entry.value.entries.begin(), entry.value.entries.end(),
                     [](const Entry& e) { return e.value.kind == Node::Kind::map && e.value.find("type"); });
}

void Parts::ungroup(Entry entry, std::string name, std::vector<Entry>& out) {
  if (is_group(entry)) {
    for (Entry& inner : entry.value.entries) {
      std::string inner_name = name + "." + inner.key;
      ungroup(std::move(inner), std::move(inner_name), out);
    }
    return;
  }
  entry.key = std::move(name);
  out.push_back(std::move(entry));
}

void Parts::expand_entry(Entry entry, const std::string& name, std::vector<Entry>& out, int depth) {
  const std::string path = "plant.components." + name;
  if (entry.key.find('.') != entry.key.npos) {
    diagnostics_.error(entry.place, path,
                       "a name cannot hold a dot; use a group: `" + entry.key.substr(0, entry.key.find('.')) + ": {...}`");
    return;
  }
  const Entry* type = entry.value.find("type");
  if (is_group(entry)) {
    for (Entry& inner : entry.value.entries) {
      const std::string inner_name = name + "." + inner.key;
      expand_entry(std::move(inner), inner_name, out, depth);
    }
    return;
  }
  const bool part = type && type->value.kind == Node::Kind::scalar && plain_word(type->value.text) &&
                    std::find(built_in_.begin(), built_in_.end(), type->value.text) == built_in_.end();
  if (const Node* found = part ? find(type->value.text, type->value.place) : nullptr) {
    if (depth >= 16 || std::find(open_.begin(), open_.end(), type->value.text) != open_.end()) {
      diagnostics_.error(type->value.place, path, "part `" + type->value.text + "` holds itself; break the circle");
      return;
    }
    open_.push_back(type->value.text);
    expand_part(entry, name, *found, out, depth + 1);
    open_.pop_back();
    return;
  }
  entry.key = name;
  out.push_back(std::move(entry));
}

void Parts::expand_part(const Entry& instance, const std::string& name, const Node& part, std::vector<Entry>& out, int depth) {
  const std::string path = "plant.components." + name;
  const Node *parameters = map_of(part, "parameters"), *ports = map_of(part, "ports"), *components = map_of(part, "components"),
             *controllers = map_of(part, "controllers");
  if (!components) return diagnostics_.error(part.place, path, "this part has no `components:`; name at least one");
  std::vector<std::string_view> keys;
  for (const Node* map : {parameters, ports, components, controllers})
    if (map)
      for (const Entry& entry : map->entries) keys.push_back(entry.key);
  std::string_view near_miss;
  for (const Entry& entry : instance.value.entries) {
    if (entry.key == "type" || std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    near_miss = nearest(entry.key, keys);
    diagnostics_.error(entry.place, path + "." + entry.key,
                       "unknown key of this part" + (near_miss.empty() ? std::string("; see its `parameters:` and `ports:`")
                                                                       : "; did you mean `" + std::string(near_miss) + "`?"));
  }
  const auto require = [&](const Entry& entry, std::string_view what) {
    if (instance.value.find(entry.key) || entry.value.find("default") || entry.key == near_miss) return;
    diagnostics_.error(instance.place, path, "lacks the " + std::string(what) + " `" + entry.key + "` of its part; add it");
  };
  if (parameters)
    for (const Entry& entry : parameters->entries) require(entry, "parameter");
  if (ports)
    for (const Entry& entry : ports->entries) require(entry, "port");

  budget_.values += size_of(*components);
  if (budget_.values > Budget::most_values)
    return diagnostics_.error(instance.place, path, "more than 1048576 values once parts are expanded");
  for (const Entry& inner : components->entries)
    expand_entry(instantiate(inner, instance, part, name), name + "." + inner.key, out, depth);
  if (!controllers) return;
  budget_.values += size_of(*controllers);
  for (const Entry& inner : controllers->entries) {
    controllers_.push_back(instantiate(inner, instance, part, name));
    controllers_.back().key = name + "." + inner.key;
  }
}

// A copy of an inner entry of a part: `$...` replaced, and what the instance says of it laid over.
Entry Parts::instantiate(const Entry& inner, const Entry& instance, const Node& part, const std::string& name) {
  Entry copy = inner;
  Substitution(part, instance, name, diagnostics_).apply(copy.value);
  if (const Entry* overlay = instance.value.find(inner.key)) {
    const std::string path = "plant.components." + name + "." + inner.key;
    if (overlay->value.kind == Node::Kind::map) merge(copy.value, overlay->value, path, diagnostics_);
    else diagnostics_.error(overlay->value.place, path, "a map of keys of the inner component is expected");
    copy.place = overlay->place;
  }
  return copy;
}

const Node* Parts::find(const std::string& type, const Place& place) {
  namespace fs = std::filesystem;
  const auto known = loaded_.find(type);
  if (known != loaded_.end()) return &known->second;
  std::vector<std::string> places;
  for (const std::string& folder : folders_)
    for (const char* kind : {"", "substations"}) places.push_back((fs::path(folder) / kind / (type + ".yaml")).string());
  for (const std::string& path : places) {
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    const std::size_t errors = diagnostics_.errors();
    Node part = layers_.read(path, place);
    if (const Entry* name = part.find("part"); diagnostics_.errors() == errors && (!name || name->value.text != type))
      diagnostics_.error(part.place, "", "a part file says `part: " + type + "`, the name of its file; add the line");
    static constexpr std::string_view keys[] = {"hypocaust", "part", "doc", "parameters", "ports", "components", "controllers"};
    for (const Entry& entry : part.entries)
      if (std::find(std::begin(keys), std::end(keys), entry.key) == std::end(keys))
        diagnostics_.error(entry.place, entry.key,
                           "unknown key of a part file; it holds part, doc, parameters, ports, components and controllers");
    return &(loaded_[type] = std::move(part));
  }
  return nullptr;  // the binder says that the type is unknown
}

}  // namespace hypocaust::config
