#include "sim/config/yaml_out.hpp"

#include <cmath>

#include "models/core/units.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::config {
namespace {

class Writer {
 public:
  Writer(const Schema& root, const YamlOptions& options) : root_(root), options_(options) {}

  std::string record(const Schema& schema, void* object, const std::string& path, int indent) {
    std::string text;
    for (const Field& field : schema.fields)
      text += member(field, *field.type, field.at(object), std::string(field.key), join(path, field.key), indent);
    return text;
  }

 private:
  // `key: ...` with everything below it; empty when there is nothing to say.
  std::string member(const Field& field, const TypeInfo& type, void* value, const std::string& key, const std::string& path,
                     int indent) {
    const std::string head = std::string(static_cast<std::size_t>(indent), ' ') + key + ":";
    const auto block = [&](const std::string& inner, bool keep) {
      return inner.empty() ? (keep ? head + " {}\n" : std::string()) : head + "\n" + inner;
    };
    switch (type.kind) {
      case Kind::record: {
        const std::string inner = outside_map([&] { return record(type.nested(), value, path, indent + 2); });
        return block(inner, in_map_);
      }
      case Kind::optional: {
        if (!type.size(value)) return {};
        const std::string inner = member(field, type.element(), type.at(value, 0), key, path, indent);
        return inner.empty() ? head + " {}\n" : inner;
      }
      case Kind::typed: {
        Typed& typed = *static_cast<Typed*>(value);
        if (!typed.schema()) return {};
        return head + "\n" + std::string(static_cast<std::size_t>(indent) + 2, ' ') +
               "type: " + std::string(typed.schema()->name) + "\n" +
               outside_map([&] { return record(*typed.schema(), typed.object(), path, indent + 2); });
      }
      case Kind::named:
        return block(names(field, type, value, path, 0, type.size(value), 0, indent + 2), false);
      case Kind::list:
        return list(field, type, value, head, path, indent);
      default:
        return scalar(field, type, value, head, path);
    }
  }

  template <class F> std::string outside_map(F&& write) {
    const bool before = std::exchange(in_map_, false);
    std::string text = write();
    in_map_ = before;
    return text;
  }

  // Entries [first, last) of a sorted map, `skip` characters of whose names are already written: `station.pump` is a group.
  std::string names(const Field& field, const TypeInfo& type, void* map, const std::string& path, std::size_t first,
                    std::size_t last, std::size_t skip, int indent) {
    std::string text;
    const bool groups = type.element().kind == Kind::typed;
    for (std::size_t k = first; k < last;) {
      const std::string& name = *type.name(map, k);
      const std::size_t dot = groups ? name.find('.', skip) : name.npos;
      if (dot == name.npos) {
        const bool before = std::exchange(in_map_, true);
        text += member(field, type.element(), type.at(map, k), name.substr(skip), join(path, name), indent);
        in_map_ = before;
        ++k;
        continue;
      }
      std::size_t end = k + 1;
      while (end < last && type.name(map, end)->starts_with(name.substr(0, dot + 1))) ++end;
      text += std::string(static_cast<std::size_t>(indent), ' ') + name.substr(skip, dot - skip) + ":\n" +
              names(field, type, map, path, k, end, dot + 1, indent + 2);
      k = end;
    }
    return text;
  }

  std::string list(const Field& field, const TypeInfo& type, void* value, const std::string& head, const std::string& path,
                   int indent) {
    const TypeInfo& element = type.element();
    const std::size_t size = type.size(value);
    if (size == 0) return head + " []" + comment(field, type, value, path);
    if (is_scalar(element.kind)) {
      std::string text;
      for (std::size_t k = 0; k < size; ++k)
        text += (k ? ", " : "") + text_of(field, element, type.at(value, k), join(path, std::to_string(k)));
      return head + " [" + text + "]" + comment(field, type, value, path);
    }
    std::string text = head + "\n";
    for (std::size_t k = 0; k < size; ++k) {
      const std::string here = join(path, std::to_string(k));
      std::string inner = element.kind == Kind::record
                              ? outside_map([&] { return record(element.nested(), type.at(value, k), here, indent + 4); })
                              : member(field, element, type.at(value, k), "", here, indent + 4);
      if (inner.empty()) text += std::string(static_cast<std::size_t>(indent) + 2, ' ') + "- {}\n";
      else text += (inner[static_cast<std::size_t>(indent) + 2] = '-', inner);
    }
    return text;
  }

  // As it was written where that gives the same value, else in the row's unit.
  std::string text_of(const Field& field, const TypeInfo& type, void* value, const std::string& path) {
    const ScalarRow row{.field = field, .type = type, .currency = options_.currency, .folder = options_.folder};
    const Varying* varying = type.kind == Kind::varying ? static_cast<const Varying*>(value) : nullptr;
    const double* number = type.kind == Kind::quantity                                       ? static_cast<const double*>(value)
                           : varying && varying->place < 0 && !std::isnan(varying->constant) ? &varying->constant
                                                                                             : nullptr;
    if (number && options_.origins)
      if (const auto origin = options_.origins->find(path); origin != options_.origins->end() && !origin->second.text.empty()) {
        const QuantityText read = parse_quantity(origin->second.text, {.unit = field.unit, .currency = options_.currency});
        if (read.problem.empty() && read.value == *number) return origin->second.text;
      }
    return write_scalar(row, value);
  }

  std::string scalar(const Field& field, const TypeInfo& type, void* value, const std::string& head, const std::string& path) {
    const std::string text = text_of(field, type, value, path);
    if (text.empty()) return {};  // not given, and nothing to derive it from
    const bool assumed = options_.origins && options_.origins->contains(path) && options_.origins->find(path)->second.assumed;
    return head + (assumed ? " !assumed " : " ") + text + comment(field, type, value, path);
  }

  std::string comment(const Field& field, const TypeInfo& type, const void*, const std::string& path) {
    if (!options_.comments) return "\n";
    if (options_.origins)
      if (const auto origin = options_.origins->find(path); origin != options_.origins->end())
        return "  # " + origin->second.where + (origin->second.assumed ? ", assumed" : "") + "\n";
    bool was_given = true;
    if (options_.bound)
      if (const Located before = locate(root_, options_.bound, path); before.member && is_scalar(type.kind)) {
        const ScalarRow row{.field = field, .type = type, .currency = options_.currency, .folder = options_.folder};
        was_given = !write_scalar(row, before.member).empty();
      }
    return was_given ? "  # default\n" : "  # derived\n";
  }

  const Schema& root_;
  const YamlOptions& options_;
  bool in_map_ = false;  // an entry of a map of names is kept even when it says nothing
};

}  // namespace

std::string to_yaml(const Schema& schema, void* object, const YamlOptions& options) {
  return Writer(schema, options).record(schema, object, "", 0);
}

std::string show(const Loaded& loaded) {
  Loaded copy = loaded;
  return to_yaml(
      Scenario::schema(), &copy.scenario,
      {.currency = copy.scenario.currency, .folder = {}, .comments = true, .origins = &copy.origins, .bound = &copy.bound});
}

}  // namespace hypocaust::config
