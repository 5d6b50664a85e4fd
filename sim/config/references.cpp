#include "sim/config/references.hpp"

#include <set>

#include "models/core/nearest.hpp"
#include "models/plant/registry.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::config {
namespace {

using Names = std::set<std::string>;

std::string meant(const std::string& word, const Names& names) {
  if (names.empty()) return "; none is defined";
  const std::string_view near = nearest(word, {names.begin(), names.end()});
  if (!near.empty()) return "; did you mean `" + std::string(near) + "`?";
  std::string text = "; there are ";
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count == 12) return text + " ...";
    text += (count++ ? ", " : "") + name;
  }
  return text;
}

Names nodes_of(const Assembly& assembly) {
  Names nodes;
  for (const plant::ComponentSpec& component : assembly.spec.components) {
    Typed copy = component.params;
    walk(*copy.schema(), copy.object(), "",
         {.record = nullptr, .value = [&](const Field& field, const TypeInfo& type, void* member, const std::string&) {
            if (type.kind == Kind::reference && field.options.is_port) nodes.insert(static_cast<Ref*>(member)->name);
          }});
  }
  return nodes;
}

// `station.cold` for the branch whose ports are under `cold`; `boiler` for an only branch.
Names streams_of(const plant::ComponentSpec& component) {
  Names streams;
  const auto branches = plant::component_type(*component.params.schema()).branches;
  if (branches.size() == 1) streams.insert(component.name);
  for (const plant::BranchSpec& branch : branches)
    if (const std::size_t dot = branch.from.find('.'); dot != branch.from.npos)
      streams.insert(component.name + "." + std::string(branch.from.substr(0, dot)));
  return streams;
}

Names inputs_of(const plant::ComponentSpec& component) {
  Names inputs;
  for (const auto& input : plant::component_type(*component.params.schema()).inputs)
    inputs.insert(component.name + "." + std::string(input.name));
  return inputs;
}

}  // namespace

bool check_names(const Binder& binder, Diagnostics& diagnostics) {
  bool circuits_known = true;
  const auto names_of = [&](const std::string& scope) {
    const auto found = binder.defined.find(scope);
    return found == binder.defined.end() ? Names{} : found->second;
  };
  for (const Reference& reference : binder.references) {
    if (reference.is_port) {
      const std::size_t dot = reference.name.find('.');
      if (dot == reference.name.npos || dot == 0 || dot + 1 == reference.name.size()) {
        diagnostics.error(reference.place, reference.path,
                          "`" + reference.name + "` is not a node; write circuit.name, e.g. rack.hot");
        circuits_known = false;
      } else if (const Names circuits = names_of("circuit"); !circuits.contains(reference.name.substr(0, dot))) {
        diagnostics.error(reference.place, reference.path,
                          "no circuit `" + reference.name.substr(0, dot) + "` under plant.circuits" +
                              meant(reference.name.substr(0, dot), circuits));
        circuits_known = false;
      }
      continue;
    }
    if (reference.scope == "node" || reference.scope == "input" || reference.scope == "stream" ||
        reference.scope == "part of the plant")
      continue;
    if (const Names names = names_of(reference.scope); !names.contains(reference.name))
      diagnostics.error(reference.place, reference.path,
                        "no " + reference.scope + " is called `" + reference.name + "`" + meant(reference.name, names));
  }
  return circuits_known;
}

void check_plant_names(const Binder& binder, const Assembly& assembly, Diagnostics& diagnostics) {
  const Names nodes = nodes_of(assembly);
  Names streams, inputs, parts;
  for (const plant::ComponentSpec& component : assembly.spec.components) {
    parts.insert(component.name);
    streams.merge(streams_of(component));
    inputs.merge(inputs_of(component));
  }
  for (const Reference& reference : binder.references) {
    if (reference.is_port) continue;
    if (reference.scope == "node" && !nodes.contains(reference.name))
      diagnostics.error(reference.place, reference.path,
                        "no component meets at node `" + reference.name + "`" + meant(reference.name, nodes));
    if (reference.scope == "part of the plant" && !parts.contains(reference.name))
      diagnostics.error(reference.place, reference.path,
                        "the plant has no component, cooling or connected heat user called `" + reference.name + "`" +
                            meant(reference.name, parts));
    if (reference.scope == "stream" && !streams.contains(reference.name))
      diagnostics.error(
          reference.place, reference.path,
          "`" + reference.name + "` is no stream (component.stream, e.g. station.cold)" + meant(reference.name, streams));
    if (reference.scope == "input" && !inputs.contains(reference.name)) {
      Names own;  // of the component that was named, when it exists
      const std::string component = reference.name.substr(0, reference.name.rfind('.'));
      for (const std::string& input : inputs)
        if (input.starts_with(component + ".")) own.insert(input);
      diagnostics.error(reference.place, reference.path,
                        "`" + reference.name + "` is no input (component.input, e.g. pump.speed)" +
                            meant(reference.name, own.empty() ? inputs : own));
    }
  }
}

}  // namespace hypocaust::config
