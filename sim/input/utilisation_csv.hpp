// How busy machines were, row by row at equal intervals, from one column of a CSV file.
#pragma once
#include <string>
#include <vector>

namespace hypocaust::input {

struct UtilisationColumn {
  std::string name;
  double scale = 1.0;  // to shares of 1
};

// Shares of 0 to 1. Throws UserError (file:line:column, value, remedy): no such column, a row with other fields than the header, no
// number, a share below 0 or above 1.
std::vector<double> read_utilisation(const std::string& path, const UtilisationColumn& column);

}  // namespace hypocaust::input
