// JSON Schema (draft 2020-12) of the scenario, for editors. It has no `required`: fragments, cases and includes are layers,
// and `hypocaust validate` says what is missing.
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/config/config.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/schema_text.hpp"

namespace hypocaust::config {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  Json definitions = Json::object();

  Json record(const Schema& schema, bool typed) {
    Json json{{"type", "object"}, {"description", schema.doc}, {"additionalProperties", false}};
    Json& keys = json["properties"] = Json::object();
    if (typed) keys["type"] = {{"const", schema.name}};
    for (const Field& field : schema.fields) {
      Json value = of(field, *field.type);
      std::string doc(field.doc);
      if (!field.unit.empty()) doc += " [" + unit_shown(field) + "]";
      if (const std::string range = range_of(field); !range.empty()) doc += "; " + range;
      value["description"] = doc;
      keys[std::string(field.key)] = std::move(value);
    }
    return json;
  }

 private:
  Json of(const Field& field, const TypeInfo& type) {
    switch (type.kind) {
      case Kind::quantity:
        return quantity(field);
      case Kind::varying:
        return {
            {"anyOf",
             Json::array(
                 {quantity(field),
                  Json{{"type", "object"}, {"properties", {{"series", {{"type", "string"}}}}}, {"additionalProperties", false}},
                  Json{{"type", "object"},
                       {"properties",
                        {{"calendar", {{"type", "string"}}}, {"during", quantity(field)}, {"otherwise", quantity(field)}}},
                       {"required", Json::array({"calendar", "during", "otherwise"})},
                       {"additionalProperties", false}}})}};
      case Kind::integer:
        return whole(field);
      case Kind::boolean:
        return {{"type", "boolean"}};
      case Kind::choice: {
        Json list = Json::array();
        for (std::string_view choice : type.choices()) list.push_back(choice);
        return {{"enum", list}};
      }
      case Kind::record:
        return defined(type.nested(), false);
      case Kind::optional:
        return of(field, type.element());
      case Kind::list:
        return {{"type", "array"}, {"items", of(field, type.element())}};
      case Kind::named:
        return {{"type", "object"}, {"additionalProperties", of(field, type.element())}};
      case Kind::typed: {
        Json list = Json::array();
        for (const Schema* schema : field.options.types()) list.push_back(defined(*schema, true));
        if (field.key == "components")
          list.push_back({{"type", "object"}, {"description", "a part (configs/parts) or a group of components"}});
        return {{"anyOf", list}};
      }
      default:
        return {{"type", Json::array({"string", "number"})}};
    }
  }
  static Json quantity(const Field& field) {
    if (field.unit.empty()) return {{"type", "number"}};
    if (field.unit == "1") return {{"type", Json::array({"number", "string"})}};
    return {{"type", "string"}, {"pattern", "^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)? .+$|^\\$"}};
  }
  static Json whole(const Field& field) {
    Json json{{"type", "integer"}};
    if (std::isfinite(field.options.min)) json["minimum"] = field.options.min;
    if (std::isfinite(field.options.max)) json["maximum"] = field.options.max;
    return json;
  }
  Json defined(const Schema& schema, bool typed) {
    std::string name = std::string(schema.name) + (typed ? "" : "_record");
    if (!definitions.contains(name)) {
      definitions[name] = Json::object();  // stops recursion
      Json json = record(schema, typed);
      definitions[name] = std::move(json);
    }
    return {{"$ref", "#/$defs/" + name}};
  }
};

}  // namespace

namespace {

Json document(const Schema& root, const Json& further) {
  Writer writer;
  Json json{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "hypocaust " + std::string(root.name)}};
  json.update(writer.record(root, false));
  json["properties"]["include"] = {
      {"type", "array"}, {"items", {{"type", "string"}}}, {"description", "files laid below this one, in order"}};
  json["properties"].update(further);
  json["$defs"] = std::move(writer.definitions);
  return json;
}

}  // namespace

std::string json_schema() {
  const Json cases{
      {"cases",
       {{"type", "object"}, {"additionalProperties", {{"type", "object"}}}, {"description", "overlays chosen with --case"}}}};
  return document(Scenario::schema(), cases).dump(2) + "\n";
}

std::string json_schema_of(const Schema& root) { return document(root, Json::object()).dump(2) + "\n"; }

}  // namespace hypocaust::config
