// Everything a power trace depends on, as text: the resolved records by their own schema tables, doubles to the last bit, input
// files by their contents.
#include <cstdio>

#include "models/core/errors.hpp"
#include "sim/base/hash.hpp"
#include "sim/compute/compute.hpp"
#include "sim/compute/engine.hpp"
#include "sim/input/time_zone.hpp"

namespace hypocaust::compute {
namespace {

// Raised whenever the same inputs would give another trace.
constexpr int compute_model_version = 4;

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%a", value);
  return text;
}

void write_record(const Schema& schema, const void* object, const std::string& path, std::string& out);

void write_value(const TypeInfo& type, const void* member, const std::string& path, std::string& out) {
  const auto line = [&](const std::string& text) { out += path + "=" + text + "\n"; };
  switch (type.kind) {
    case Kind::quantity:
      return line(number(*static_cast<const double*>(member)));
    case Kind::varying:
      return line(number(static_cast<const Varying*>(member)->constant) + " " + static_cast<const Varying*>(member)->series +
                  " " + static_cast<const Varying*>(member)->calendar + " " +
                  number(static_cast<const Varying*>(member)->during) + " " +
                  number(static_cast<const Varying*>(member)->otherwise));
    case Kind::integer:
      return line(std::to_string(*static_cast<const std::int64_t*>(member)));
    case Kind::boolean:
      return line(*static_cast<const bool*>(member) ? "true" : "false");
    case Kind::text:
      return line(*static_cast<const std::string*>(member));
    case Kind::choice:
      return line(std::to_string(*static_cast<const int*>(member)));
    case Kind::reference:
      return line(static_cast<const Ref*>(member)->name);
    case Kind::instant:
      return line(std::to_string(static_cast<const Instant*>(member)->utc_s));
    case Kind::file:
      return line(base::hash_of_file(static_cast<const FilePath*>(member)->path));
    case Kind::record:
      return write_record(type.nested(), member, path, out);
    case Kind::typed: {
      const auto& typed = *static_cast<const Typed*>(member);
      if (!typed.schema()) return line("none");
      line(std::string(typed.schema()->name));
      return write_record(*typed.schema(), typed.object(), path, out);
    }
    case Kind::optional:
    case Kind::list:
    case Kind::named: {
      void* container = const_cast<void*>(member);
      const std::size_t n = type.size(container);
      line(std::to_string(n));
      for (std::size_t k = 0; k < n; ++k)
        write_value(type.element(), type.at(container, k),
                    path + "." + (type.name ? *type.name(container, k) : std::to_string(k)), out);
      return;
    }
  }
  throw InternalError("cache key: a kind of value nobody writes");
}

void write_record(const Schema& schema, const void* object, const std::string& path, std::string& out) {
  for (const Field& field : schema.fields)
    write_value(*field.type, field.at_const(object), path + "." + std::string(field.key), out);
}

}  // namespace

std::string cache_key(const ComputeInputs& inputs) {
  std::string out =
      "hypocaust power trace\ncompute model " + std::to_string(compute_model_version) + "\nSimGrid " + simgrid_version() + "\n";
  out += "start " + std::to_string(inputs.start_utc_s) + "\nstep " + std::to_string(inputs.step_s) + "\nwarm-up steps " +
         std::to_string(inputs.warm_up_steps) + "\nsteps " + std::to_string(inputs.steps) + "\nseed " +
         std::to_string(inputs.seed) + "\ntime zone " + inputs.time_zone + " " + input::time_zone_database_version() + "\n";
  for (const double cost : inputs.shift_cost) out += number(cost) + "\n";
  for (const std::vector<double>& costs : inputs.order_costs) {
    out += "by\n";
    for (const double cost : costs) out += number(cost) + "\n";
  }
  for (const PowerChange& cap : inputs.cap) out += "cap " + std::to_string(cap.at_s) + " " + number(cap.power_w) + "\n";
  for (const LevelChange& level : inputs.response)
    out += "level " + std::to_string(level.at_s) + " " + number(level.level_frac) + "\n";
  write_record(ComputeSpec::schema(), &inputs.spec, "compute", out);
  return out;
}

}  // namespace hypocaust::compute
