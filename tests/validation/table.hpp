// Numbers of a validation file (plain or .gz) as rows: separated by commas, blanks or semicolons; lines without two numbers are
// left out. And one line of the table of what was reached, which scripts/validation_table.sh gathers.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "sim/input/text_file.hpp"

namespace hypocaust::test {

inline std::vector<std::vector<double>> number_rows(const std::string& path) {
  std::vector<std::vector<double>> rows;
  for (const std::string_view text : input::read_text_file(path, "the validation data").lines) {
    const std::string line(text);
    std::vector<double> row;
    for (const char* at = line.c_str(); *at != '\0';) {
      char* end = nullptr;
      const double value = std::strtod(at, &end);
      if (end == at) break;
      row.push_back(value);
      at = end;
      while (*at == ',' || *at == ';' || *at == ' ' || *at == '\t' || *at == '\r') ++at;
    }
    if (row.size() > 1) rows.push_back(std::move(row));
  }
  return rows;
}

// The numbers of `name=[...]` in a reference result of the Buildings library.
inline std::vector<double> result_series(const std::string& path, const std::string& name) {
  std::vector<double> values;
  for (const std::string_view text : input::read_text_file(path, "the validation data").lines) {
    if (!text.starts_with(name + "=[")) continue;
    const std::string line(text.substr(name.size() + 2));
    const char* at = line.c_str();
    for (char* end = nullptr; *at != '\0' && *at != ']'; at = *end == ',' ? end + 1 : end) {
      values.push_back(std::strtod(at, &end));
      if (end == at) break;
    }
  }
  return values;
}

struct Figure {
  std::string set;
  const char* quantity;
  double limit, reached;
  const char* unit;
};
inline void tell(const Figure& f) {
  std::printf("validation,%s,%s,%g %s,%.2g %s\n", f.set.c_str(), f.quantity, f.limit, f.unit, f.reached, f.unit);
}

}  // namespace hypocaust::test
