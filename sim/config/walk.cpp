#include "sim/config/walk.hpp"

namespace hypocaust::config {
namespace {

void walk_value(const Field& field, const TypeInfo& type, void* member, const std::string& path, const Visitor& visitor) {
  switch (type.kind) {
    case Kind::record:
      return walk(type.nested(), member, path, visitor);
    case Kind::typed: {
      Typed& typed = *static_cast<Typed*>(member);
      if (typed.schema()) walk(*typed.schema(), typed.object(), path, visitor);
      return;
    }
    case Kind::optional:
      if (type.size(member)) walk_value(field, type.element(), type.at(member, 0), path, visitor);
      return;
    case Kind::list:
      for (std::size_t k = 0; k < type.size(member); ++k)
        walk_value(field, type.element(), type.at(member, k), join(path, std::to_string(k)), visitor);
      return;
    case Kind::named:
      for (std::size_t k = 0; k < type.size(member); ++k)
        walk_value(field, type.element(), type.at(member, k), join(path, *type.name(member, k)), visitor);
      return;
    default:
      if (visitor.value) visitor.value(field, type, member, path);
  }
}

}  // namespace

void walk(const Schema& schema, void* object, const std::string& path, const Visitor& visitor) {
  for (const Field& field : schema.fields) walk_value(field, *field.type, field.at(object), join(path, field.key), visitor);
  if (visitor.record) visitor.record(schema, object, path);
}

}  // namespace hypocaust::config
