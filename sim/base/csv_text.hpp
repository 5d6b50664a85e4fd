// A field of a CSV file as RFC 4180 has it: in quotes where a comma, a quote or a line end stands in it.
#pragma once
#include <string>

namespace hypocaust::base {

inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace hypocaust::base
