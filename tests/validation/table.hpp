// Numbers of a validation file as rows: separated by commas, blanks or semicolons; lines without two numbers are left out.
#pragma once
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace hypocaust::test {

inline std::vector<std::vector<double>> number_rows(const std::string& path) {
  std::vector<std::vector<double>> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
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

}  // namespace hypocaust::test
