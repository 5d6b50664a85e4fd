#include "sim/config/class_matrix.hpp"

#include <fmt/format.h>

#include "models/core/schema.hpp"

namespace hypocaust::config {
namespace {

using compute::ClassSpec;

std::string duration(double time_s) {
  if (time_s >= 3600.0) return fmt::format("{:g} h", time_s / 3600.0);
  return time_s >= 60.0 ? fmt::format("{:g} min", time_s / 60.0) : fmt::format("{:g} s", time_s);
}

std::string line(std::string_view work, std::string_view name, const ClassSpec& c) {
  std::string pause = "no";
  if (c.pause) pause = c.checkpoint_s > 0 ? "costs " + duration(c.checkpoint_s) : "yes";
  return fmt::format("# {:<20}{:<16}{:<10}{:<16}{:<10}{:<12}{}\n", work, name, c.delay_s > 0 ? duration(c.delay_s) : "no", pause,
                     c.off_site ? "yes" : "no", c.cap_to_frac < 1.0 ? fmt::format("{:g} %", 100.0 * c.cap_to_frac) : "no",
                     c.shed > 0 ? std::to_string(c.shed) : "last");
}

}  // namespace

std::string class_matrix(const compute::ComputeSpec& spec) {
  if (spec.work.entries.empty()) return {};
  std::string out =
      fmt::format("\n# What may be done to which work (docs/methods/scheduling.md)\n# {:<20}{:<16}{:<10}{:<16}{:<10}{:<12}{}\n",
                  "work", "class", "delay", "pause", "off site", "cap to", "shed");
  for (const auto& [name, work] : spec.work.entries) {
    Typed copy = work;
    const Located found = locate(*copy.schema(), copy.object(), "class");
    const std::string named = found.member ? static_cast<const Ref*>(found.member)->name : "";
    const ClassSpec* known = spec.classes.find(named);
    out += known ? line(name, named, *known) : line(name, "-", {});
  }
  return out;
}

}  // namespace hypocaust::config
