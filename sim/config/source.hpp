// The text of a file before it is parsed: bytes are checked here, so that the parser only ever sees clean UTF-8.
#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace hypocaust::config {

struct Source {
  std::string name;    // as shown in messages
  std::string folder;  // of the file; what it names is relative to it
  std::string text;    // without byte order mark, line ends are \n
};

// A place is an offset into a source; line and column are counted only when a message is printed.
struct Place {
  int source = -1;
  std::size_t offset = 0, length = 0;
  int layer = 0;  // 0: the file itself; k: the k-th case
};

struct LineColumn {
  std::size_t line, column;  // from 1; columns count characters
  std::string_view text;     // the line
  std::size_t start;         // offset of the line
};
LineColumn line_column(const Source& source, std::size_t offset);

using Sources = std::deque<Source>;  // addresses stay valid

inline constexpr std::size_t largest_file_bytes = 8u << 20;

// Reads a file and checks its bytes (regular, at most 8 MB, not empty, UTF-8, no control characters, no lone CR).
// Returns the problem ("is empty; ..."), empty when there is none. The offset of a bad byte goes to `offset`.
std::string read_source(const std::string& path, Source& source, std::size_t& offset);
// The checks alone, on source.text; strips the byte order mark and turns CR LF into LF.
std::string clean(Source& source, std::size_t& offset);

}  // namespace hypocaust::config
