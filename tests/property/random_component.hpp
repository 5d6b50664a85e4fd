// One component of any type with generated parameters, inputs and flows: what the property tests shake.
#pragma once
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/core/random.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::test {

class Draw {  // numbered draws of one stream
 public:
  explicit Draw(std::uint64_t seed) : stream_(seed, "property") {}
  double between(double low, double high) { return low + (high - low) * stream_.uniform(step_++); }
  bool chance(double share) { return between(0, 1) < share; }

 private:
  RandomStream stream_;
  std::uint64_t step_ = 0;
};

// A usual value (SI) for a row that must be given or is the nominal point of a part, by its unit.
inline double usual(const Field& field, Draw& draw) {
  const std::string_view unit = field.unit;
  const double f = draw.between(0.5, 2);
  if (unit == "m3/h") return 3e-3 * f;
  if (unit == "kW" || unit == "W") return 1e5 * f;
  if (unit == "bar") return 5e4 * f;
  if (unit == "K") return 8 * f;
  if (unit == "m") return 3 * f;
  if (unit == "m3") return 5 * f;
  if (unit == "l") return 0.1 * f;
  if (unit == "kg") return 50 * f;
  if (unit == "degC") return 40 * f;
  if (unit == "mm") return 0.05 * f;
  if (unit == "W/K") return 5e3 * f;
  return 0.5 * f;
}

inline bool in_range(const Field& field, double value) {
  const double written = value / parse_unit(field.unit).unit.scale;
  return written >= field.options.min && written <= field.options.max && written > field.options.above &&
         written < field.options.below;
}

// As usual(), and in the row's range where chance finds it.
inline double usual_in_range(const Field& field, Draw& draw) {
  double value = usual(field, draw);
  for (int again = 0; again < 100 && !in_range(field, value); ++again) value = usual(field, draw);
  return value;
}

inline bool holds_table(const Schema& schema) {  // which no draw makes
  for (const Field& field : schema.fields)
    if (field.type->kind == Kind::list || field.type->kind == Kind::file) return true;
  return false;
}

// What must be given and the nominal point always, the rest now and then: other keys, choices, switches, optional records. Of a heat
// user the optional records alone (its hall, its backup), in every second draw.
inline void generate(const Schema& schema, void* object, bool heat_user, Draw& draw) {
  for (const Field& field : schema.fields) {
    void* member = field.at(object);
    const bool wanted = field.options.need == Need::required || (!heat_user && draw.chance(0.15));
    switch (field.type->kind) {
      case Kind::quantity:
        if (const double value = usual_in_range(field, draw);
            (heat_user || in_range(field, value)) &&
            ((wanted && (!heat_user || std::isnan(*static_cast<double*>(member)))) ||
             (std::isnan(*static_cast<double*>(member)) && field.options.need != Need::derived &&
              (field.key == "nominal_flow" || field.key == "nominal_power"))))
          *static_cast<double*>(member) = value;
        break;
      case Kind::varying:
        if (const double value = usual(field, draw); wanted && !heat_user && in_range(field, value))
          static_cast<Varying*>(member)->constant = value;
        break;
      case Kind::choice:
        if (wanted && !heat_user)
          *static_cast<int*>(member) = static_cast<int>(draw.between(0, static_cast<double>(field.type->choices().size())));
        break;
      case Kind::boolean:
        if (wanted && !heat_user) *static_cast<bool*>(member) = draw.chance(0.5);
        break;
      case Kind::reference:
        if (wanted && !heat_user && field.options.is_port) static_cast<Ref*>(member)->name = "a." + std::string(field.key);
        break;
      case Kind::optional:
        if (!draw.chance(heat_user ? 0.5 : 0.4) || field.type->element().kind != Kind::record ||
            (!heat_user && holds_table(field.type->element().nested())))
          break;
        field.type->resize(member, 1);
        generate(field.type->element().nested(), field.type->at(member, 0), heat_user, draw);
        break;
      default:
        break;
    }
  }
}

struct Component {
  const plant::ComponentType* type;
  Typed params;
  std::vector<double> data, input, state, scratch;
  std::vector<Fluid> fluids;
};

// Parameters that a part refuses when it is sized (temperatures that cross) are drawn again.
inline Component make_component(const plant::ComponentType& type, Draw& draw, double dt_s) {
  Component c{.type = &type, .params = {}, .data = {}, .input = {}, .state = {}, .scratch = {}, .fluids = {}};
  c.fluids.assign(type.branches.size() + 1, fluid_at({.kind = FluidKind::water, .t_c = 40}));
  Typed& params = c.params;
  std::string refused = "never drawn";
  for (int attempt = 0; attempt < 2000 && !refused.empty(); ++attempt) {
    params = Typed(*type.schema);
    generate(*params.schema(), params.object(), type.heat_user, draw);
    Problems problems;
    if (!type.heat_user) params.schema()->check(params.object(), problems);
    if (type.size) type.size(params.object(), c.fluids.data(), problems);
    refused.clear();
    for (const auto& item : problems.items)
      if (!item.warning) refused = std::string(type.schema->name) + "." + item.key + ": " + item.text;
  }
  if (!refused.empty()) throw std::runtime_error(refused);
  c.data.resize(static_cast<std::size_t>(type.data_reals));
  c.input.resize(static_cast<std::size_t>(type.input_reals));
  c.state.resize(static_cast<std::size_t>(type.state_reals));
  c.scratch.resize(static_cast<std::size_t>(type.scratch_reals));
  type.derive(params.object(), c.fluids.data(), c.data.data());
  type.make_input(c.input.data());
  type.init(c.data.data(), c.state.data(), 40);
  if (type.prepare) {
    plant::Batch<double> batch{.count = 1, .data = c.data.data()};
    type.prepare(batch, dt_s);
  }
  return c;
}

inline void shake_inputs(Component& c, Draw& draw) {
  for (const plant::Place& slot : c.type->inputs) {
    double& value = c.input[static_cast<std::size_t>(slot.place)];
    if (slot.name == "available") value = draw.chance(0.9) ? 1 : 0;
    else if (slot.name == "capacity_frac") value = draw.between(0.3, 1);
    else if (slot.unit == "1") value = draw.chance(0.2) ? 0 : draw.between(0, 1);
    else if (slot.unit == "W") value = draw.chance(0.2) ? 0 : draw.between(0, 1.2e5);
    else if (slot.unit == "degC") value = draw.between(15, 60);
    else if (slot.unit == "kg/s") value = draw.between(0, 6);
    else if (slot.unit == "K") value = draw.between(1, 40);
    else if (slot.unit == "m3/s") value = draw.chance(0.2) ? 0 : draw.between(0, 3e-3);
    else if (slot.unit == "Pa") value = draw.between(0, 5e5);
  }
}

inline double shake_flow(Draw& draw) {
  return draw.chance(0.2) ? 0.0 : draw.chance(0.1) ? 1e-13 : draw.between(-6, 6) * (draw.chance(0.2) ? 20 : 1);
}

}  // namespace hypocaust::test
