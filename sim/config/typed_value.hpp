// A number or a name out of a record whose type is only known by its word (a component, a cooling), by its key or path.
#pragma once
#include <string>
#include <string_view>

#include "models/core/schema.hpp"

namespace hypocaust::config {

// NaN where the type has no such key, or nothing is written.
inline double quantity_at(const Typed& record, std::string_view path) {
  Typed copy = record;  // locate() is asked of a mutable object; it writes nothing
  const Located found = locate(*copy.schema(), copy.object(), path);
  return found.member && found.type->kind == Kind::quantity ? *static_cast<double*>(found.member) : not_given;
}
// Empty where the type has no such key, or nothing is written.
inline std::string name_at(const Typed& record, std::string_view path) {
  Typed copy = record;
  const Located found = locate(*copy.schema(), copy.object(), path);
  return found.member && found.type->kind == Kind::reference ? static_cast<Ref*>(found.member)->name : std::string();
}

}  // namespace hypocaust::config
