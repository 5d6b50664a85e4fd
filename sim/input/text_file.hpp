// A text file as lines and fields with places, plain or .gz.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hypocaust::input {

struct Field {
  std::string_view text;  // blanks around it taken off
  std::size_t column;     // from 1, in the line
};

struct TextFile {
  std::string path, text;
  std::vector<std::string_view> lines;  // into text, without line ends

  // path:line:column: error: message. line and column from 1; column 0: the line as a whole.
  struct Place {
    std::size_t line = 0, column = 0;
  };
  [[noreturn]] void fail(Place place, const std::string& message) const;
};

// Reads a whole file (.gz is unpacked, largest 1 GiB). Throws UserError: missing (with `source`, where such files come from),
// a folder, empty, a damaged .gz, binary content.
TextFile read_text_file(const std::string& path, std::string_view source);

// Comma-separated fields; a field in double quotes may hold commas. `fields` is reused.
void split_fields(std::string_view line, std::vector<Field>& fields);

// A finite decimal number filling the whole field; false otherwise.
bool read_number(std::string_view text, double& value);

// "`abc`", shortened when long, for messages.
std::string shown(std::string_view text);

}  // namespace hypocaust::input
