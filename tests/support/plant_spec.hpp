// Building a plant in a test as a user would write it: component type, name, keys in SI.
#pragma once
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/plant/plant.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::test {

using Value = std::variant<double, std::string>;  // SI number (also integers), or the name of a node
struct PlantBuilder {
  plant::PlantSpec spec;

  PlantBuilder& circuit(const std::string& name, plant::CircuitSpec circuit = {}) {
    spec.circuits.entries.push_back({name, circuit});
    return *this;
  }
  PlantBuilder& height(const std::string& node, double height_m) {
    spec.nodes.entries.push_back({node, {.height_m = height_m}});
    return *this;
  }
  PlantBuilder& add(const std::string& type, const std::string& name, const std::vector<std::pair<std::string, Value>>& keys) {
    spec.components.push_back({name, make(type, keys)});
    return *this;
  }
  static const Schema& schema(const std::string& type) {
    for (const plant::ComponentType* entry : plant::component_types())
      if (entry->schema->name == type) return *entry->schema;
    throw std::runtime_error("no component type " + type);
  }
  static Typed make(const std::string& type, const std::vector<std::pair<std::string, Value>>& keys) {
    Typed typed(schema(type));
    for (const auto& [key, value] : keys) {
      const Located whole = locate(*typed.schema(), typed.object(), key.substr(0, key.find('.')));
      if (whole.member && whole.type->kind == Kind::optional) whole.type->resize(whole.member, 1);
      const Located place = locate(*typed.schema(), typed.object(), key);
      if (!place.member) throw std::runtime_error(type + " has no key " + key);
      if (const double* number = std::get_if<double>(&value)) {
        if (place.type->kind == Kind::quantity) *static_cast<double*>(place.member) = *number;
        else if (place.type->kind == Kind::varying) static_cast<Varying*>(place.member)->constant = *number;
        else if (place.type->kind == Kind::integer)
          *static_cast<std::int64_t*>(place.member) = static_cast<std::int64_t>(*number);
        else if (place.type->kind == Kind::choice) *static_cast<int*>(place.member) = static_cast<int>(*number);
        else throw std::runtime_error(type + "." + key + " takes no number");
      } else if (place.type->kind == Kind::reference) {
        static_cast<Ref*>(place.member)->name = std::get<std::string>(value);
      } else {
        throw std::runtime_error(type + "." + key + " takes no name");
      }
    }
    return typed;
  }
  // Sized; throws when sizing or the structure has a problem.
  plant::PlantSpec sized() const {
    plant::PlantSpec done = spec;
    Problems problems;
    plant::check_structure(done, problems);
    for (auto& component : done.components) plant::size_component(done, component, problems);
    for (const auto& item : problems.items)
      if (!item.warning) throw std::runtime_error(item.key + ": " + item.text);
    return done;
  }
  plant::Plant build() const { return plant::Plant(sized()); }
  // The texts of all problems, "key: text".
  std::vector<std::string> problems() const {
    Problems found;
    plant::check_structure(spec, found);
    std::vector<std::string> texts;
    for (const auto& item : found.items) texts.push_back(item.key + ": " + item.text);
    return texts;
  }
};

inline plant::Step<double> minute(double dt_s = 60) { return {.dt_s = dt_s, .outdoor_c = 10, .wet_bulb_c = 8, .ground_c = 10}; }

}  // namespace hypocaust::test
