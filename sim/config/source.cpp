#include "sim/config/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace hypocaust::config {
namespace {

// Length of the UTF-8 character at `k`, 0 when it is none (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
std::size_t character(std::string_view text, std::size_t k) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(k);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return follows(k + 1) ? 2 : 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(k + 1) < 0xA0) return 0;
    if (first == 0xED && byte(k + 1) > 0x9F) return 0;
    return follows(k + 1) && follows(k + 2) ? 3 : 0;
  }
  if (first > 0xF4 || (first == 0xF0 && byte(k + 1) < 0x90) || (first == 0xF4 && byte(k + 1) > 0x8F)) return 0;
  return follows(k + 1) && follows(k + 2) && follows(k + 3) ? 4 : 0;
}

}  // namespace

LineColumn line_column(const Source& source, std::size_t offset) {
  const std::string_view text = source.text;
  offset = std::min(offset, text.size());
  std::size_t line = 1, start = 0;
  for (std::size_t k = text.find('\n'); k != text.npos && k < offset; k = text.find('\n', k + 1)) ++line, start = k + 1;
  const std::size_t end = std::min(text.find('\n', start), text.size());
  std::size_t column = 1;
  for (std::size_t k = start; k < offset; ++k)
    if ((static_cast<unsigned char>(text[k]) & 0xC0u) != 0x80u) ++column;
  return {line, column, text.substr(start, end - start), start};
}

std::string clean(Source& source, std::size_t& offset) {
  std::string& text = source.text;
  offset = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "is UTF-16; save it as UTF-8";
  for (std::size_t k = 0; k < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[k]);
    offset = k;
    const bool line_end = c == '\n' || (c == '\r' && k + 1 < text.size() && text[k + 1] == '\n');
    char code[8];
    std::snprintf(code, sizeof code, "0x%02X", c);
    if (c == '\r' && !line_end) return "holds a carriage return without a line feed; save it with Unix line ends";
    if ((c < 0x20 && c != '\t' && !line_end) || c == 0x7F)
      return std::string("holds the control character ") + code + " (a binary file?); scenarios are plain text";
    const std::size_t length = character(text, k);
    if (length == 0) return std::string("is not UTF-8 (byte ") + code + "); save it as UTF-8";
    k += length;
  }
  offset = 0;
  if (text.find('\r') != text.npos) std::erase(text, '\r');
  for (std::size_t start = 0; start < text.size();) {
    std::size_t k = start;
    while (k < text.size() && text[k] == ' ') ++k;
    if (k < text.size() && text[k] == '\t' && text.find_first_not_of(" \t\n", k) != text.npos &&
        text.find_first_not_of(" \t", k) < text.find('\n', k)) {
      offset = k;
      return "holds a tab in its indentation; YAML indents with blanks";
    }
    const std::size_t end = text.find('\n', start);
    if (end == text.npos) break;
    start = end + 1;
  }
  if (text.find_first_not_of(" \t\n") == text.npos) return "is empty; a scenario starts with `hypocaust: 1`";
  return {};
}

std::string read_source(const std::string& path, Source& source, std::size_t& offset) {
  namespace fs = std::filesystem;
  offset = 0;
  source.name = path;
  source.folder = fs::path(path).parent_path().string();
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return "no such file; check the path";
  if (error) return "cannot be read (" + error.message() + "); check the path and its permissions";
  if (fs::is_directory(status)) return "is a folder; name the YAML file in it";
  if (!fs::is_regular_file(status)) return "is not a regular file; name a YAML file";
  const auto too_large = [](std::uintmax_t bytes) {
    return "has " + std::to_string(bytes) +
           " bytes (the largest scenario file is 8 MB); keep data in CSV files named under `series:`";
  };
  if (const std::uintmax_t size = fs::file_size(path, error); !error && size > largest_file_bytes) return too_large(size);
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::string("cannot be opened (") + std::strerror(errno) + "); check its permissions";
  source.text.resize(largest_file_bytes + 1);
  file.read(source.text.data(), static_cast<std::streamsize>(source.text.size()));
  if (file.bad()) return "cannot be read to its end; check the disk";
  source.text.resize(static_cast<std::size_t>(file.gcount()));
  source.text.shrink_to_fit();
  if (source.text.size() > largest_file_bytes) return too_large(source.text.size());
  return clean(source, offset);
}

}  // namespace hypocaust::config
