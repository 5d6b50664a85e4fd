#include "models/core/schema.hpp"

#include <charconv>

namespace hypocaust {
namespace {

Located step(const Field* field, const TypeInfo* type, void* member, std::string_view path);

Located in_record(const Schema& schema, void* object, std::string_view path) {
  const std::size_t dot = path.find('.');
  const Field* field = schema.find(path.substr(0, dot));
  if (!field) return {};
  void* member = field->at(object);
  if (dot == path.npos) return {field, field->type, member};
  return step(field, field->type, member, path.substr(dot + 1));
}

Located in_map(const Field* field, const TypeInfo* type, void* member, std::string_view path) {
  // A name may itself hold dots (`station.exchanger`): the longest name that fits wins.
  std::size_t best = 0, best_length = 0;
  bool found = false;
  for (std::size_t k = 0; k < type->size(member); ++k) {
    const std::string& name = *type->name(member, k);
    const bool fits = path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '.');
    if (fits && name.size() >= best_length) found = true, best = k, best_length = name.size();
  }
  if (!found) return {};
  void* value = type->at(member, best);
  if (path.size() == best_length) return {field, &type->element(), value};
  return step(field, &type->element(), value, path.substr(best_length + 1));
}

Located in_list(const Field* field, const TypeInfo* type, void* member, std::string_view path) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), index);
  if (error != std::errc{} || index >= type->size(member)) return {};
  const std::string_view rest = path.substr(static_cast<std::size_t>(end - path.data()));
  if (rest.empty()) return {field, &type->element(), type->at(member, index)};
  return rest.front() == '.' ? step(field, &type->element(), type->at(member, index), rest.substr(1)) : Located{};
}

Located step(const Field* field, const TypeInfo* type, void* member, std::string_view path) {
  switch (type->kind) {
    case Kind::record:
      return in_record(type->nested(), member, path);
    case Kind::optional:
      return type->size(member) ? step(field, &type->element(), type->at(member, 0), path) : Located{};
    case Kind::named:
      return in_map(field, type, member, path);
    case Kind::list:
      return in_list(field, type, member, path);
    case Kind::typed: {
      Typed& typed = *static_cast<Typed*>(member);
      return typed.schema() ? in_record(*typed.schema(), typed.object(), path) : Located{};
    }
    default:
      return {};
  }
}

}  // namespace

Located locate(const Schema& schema, void* object, std::string_view path) { return in_record(schema, object, path); }

}  // namespace hypocaust
