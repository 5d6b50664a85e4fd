// The door of the configuration: a YAML file becomes a checked Scenario, or a UserError that lists every problem at once.
//
// Four steps: tree (YAML -> nodes with places), layers (include, case, --set, parts), bind (schema tables -> structs), and
// complete (derive, size from nominal points, rules over several fields, structure of the plant).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/scenario.hpp"

namespace hypocaust::config {

struct LoadOptions {
  std::string path;
  std::vector<std::string> cases;  // names under `cases:`, in the order they apply
  std::vector<std::string> sets;   // "plant.components.tank.volume=10 m3", in the order they apply
};

struct InputFile {
  std::string path, contents;  // every YAML file read (site, includes, parts), for hashes
};

// Where a value came from, and how it was written.
struct Origin {
  std::string where;     // "site.yaml:70:41 (case small_tank)", "--set"
  std::string text;      // a scalar as written, to print it the same way
  bool assumed = false;  // tagged !assumed
};
using Origins = std::map<std::string, Origin, std::less<>>;  // by dotted path; what is absent is a default or was derived

struct Loaded {
  std::string path;   // of the site file, as given
  Scenario bound;     // as written: what was not given is still NaN; sweeps patch this one
  Scenario scenario;  // complete: derived, sized, checked
  Origins origins;
  std::vector<InputFile> files;
  std::string warnings;  // printable, with places; empty when there are none
};

// Throws UserError whose what() is the whole list of diagnostics, with excerpts.
Loaded load(const LoadOptions& options);

// "site.yaml:8:12: error: path: ", the start of an error about a value found after loading; where neither the value nor anything
// around it was written, the file alone stands there.
std::string at(const Loaded& loaded, std::string_view path);

// Derives, sizes and checks a bound scenario (sweeps: copy Loaded::bound, patch, complete). Throws UserError.
void complete(Scenario& scenario);

std::string show(const Loaded& loaded);           // YAML that reads back to the same values, each with its origin
std::string resolved_yaml(const Loaded& loaded);  // the same without comments, files relative to the site's folder: for run.h5
std::string json_schema();                        // of Scenario, for editors
std::string reference();                          // Markdown: every key with unit, range, default and meaning

// Sets one value by its path, with the unit and range check of the file: patch(s, "plant.components.tank.volume", "3 m3").
// Throws UserError. Types, names, lists and files cannot be patched (they change structure: load again).
void patch(Scenario& scenario, std::string_view path, std::string_view text);

}  // namespace hypocaust::config
