#include "sim/input/utilisation_csv.hpp"

#include "sim/input/text_file.hpp"

namespace hypocaust::input {

std::vector<double> read_utilisation(const std::string& path, const UtilisationColumn& column) {
  const TextFile file = read_text_file(path, "a utilisation trace is a CSV file with a header and one row an interval");
  std::vector<Field> cells;
  split_fields(file.lines.front(), cells);
  const std::size_t width = cells.size();
  std::size_t wanted = width;
  std::string known;
  for (std::size_t k = 0; k < width; ++k) {
    if (cells[k].text == column.name) wanted = k;
    known += (k > 0 ? ", " : "") + shown(cells[k].text);
  }
  if (wanted == width)
    file.fail({.line = 1, .column = 1},
              "no column " + shown(column.name) + " (there are " + known + "); correct `column` or the header");
  std::vector<double> shares;
  for (std::size_t line = 2; line <= file.lines.size(); ++line) {
    if (file.lines[line - 1].find_first_not_of(" \t") == std::string_view::npos) continue;
    split_fields(file.lines[line - 1], cells);
    if (cells.size() != width)
      file.fail({.line = line, .column = 1}, std::to_string(cells.size()) + " columns in " + shown(file.lines[line - 1]) +
                                                 " (the header has " + std::to_string(width) + "); mend the line");
    double value = 0;
    const TextFile::Place place{.line = line, .column = cells[wanted].column};
    if (!read_number(cells[wanted].text, value))
      file.fail(place, shown(cells[wanted].text) + " is no number; fill the gap or mend the line");
    value *= column.scale;
    if (value < 0 || value > 1.0 + 1e-9)
      file.fail(place, shown(cells[wanted].text) + " is no share of the hosts, 0 to 1; correct `unit` or `scale`");
    shares.push_back(value < 1.0 ? value : 1.0);
  }
  if (shares.empty()) file.fail({}, "no row after the header; give a longer trace");
  return shares;
}

}  // namespace hypocaust::input
