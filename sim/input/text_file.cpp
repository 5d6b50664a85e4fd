#include "sim/input/text_file.hpp"

#include <zlib.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <memory>

#include "models/core/errors.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t largest_bytes = std::size_t{1} << 30;

struct CloseGz {
  void operator()(gzFile file) const { gzclose(file); }
};

std::string read_all(const std::string& path) {
  const std::unique_ptr<gzFile_s, CloseGz> file(gzopen(path.c_str(), "rb"));
  if (!file) throw UserError(path + ": error: the file cannot be opened (no right to read it?); check its permissions");
  std::string text;
  std::vector<char> block(std::size_t{1} << 18);
  for (;;) {
    const int count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    int code = Z_OK;
    const char* reason = gzerror(file.get(), &code);
    // A stream cut off at its end reads without complaint and says so only through the code.
    if (count < 0 || code == Z_BUF_ERROR || code == Z_DATA_ERROR)
      throw UserError(path + ": error: the compressed file is damaged or cut off (" + std::string(reason) + "); fetch it again");
    if (count == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > largest_bytes)
      throw UserError(path + ": error: the file holds more than 1 GiB (the largest that is read); cut it into smaller files");
  }
}

}  // namespace

void TextFile::fail(Place place, const std::string& message) const {
  std::string where = path;
  if (place.line > 0) where += ":" + std::to_string(place.line);
  if (place.column > 0) where += ":" + std::to_string(place.column);
  throw UserError(where + ": error: " + message);
}

TextFile read_text_file(const std::string& path, std::string_view source) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw UserError(path + ": error: there is no such file; " + std::string(source));
  if (std::filesystem::is_directory(status)) throw UserError(path + ": error: this is a folder, not a file; name the file in it");
  if (!std::filesystem::is_regular_file(status)) throw UserError(path + ": error: this is not a regular file; name a file");
  TextFile file;
  file.path = path;
  file.text = read_all(path);
  if (file.text.empty()) throw UserError(path + ": error: the file is empty; " + std::string(source));
  std::string_view rest = file.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    file.lines.push_back(line);
    if (const std::size_t zero = line.find('\0'); zero != line.npos)
      file.fail({.line = file.lines.size(), .column = zero + 1}, "a zero byte (this is not a text file); " + std::string(source));
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
  }
  return file;
}

void split_fields(std::string_view line, std::vector<Field>& fields) {
  fields.clear();
  std::size_t at = 0;
  for (;;) {
    std::size_t from = at, end;
    while (from < line.size() && (line[from] == ' ' || line[from] == '\t')) ++from;
    if (from < line.size() && line[from] == '"') {
      const std::size_t close = line.find('"', from + 1);
      end = line.find(',', close == line.npos ? from : close);
      const std::size_t stop = close == line.npos ? line.size() : close;
      fields.push_back({.text = line.substr(from + 1, stop - from - 1), .column = from + 2});
    } else {
      end = line.find(',', from);
      std::size_t stop = end == line.npos ? line.size() : end;
      while (stop > from && (line[stop - 1] == ' ' || line[stop - 1] == '\t')) --stop;
      fields.push_back({.text = line.substr(from, stop - from), .column = from + 1});
    }
    if (end == line.npos) return;
    at = end + 1;
  }
}

bool read_number(std::string_view text, double& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() && std::isfinite(value);
}

std::string shown(std::string_view text) {
  std::string out = "`";
  for (const char c : text.substr(0, 40)) out += static_cast<unsigned char>(c) < 32 ? '?' : c;
  return out + (text.size() > 40 ? "...`" : "`");
}

}  // namespace hypocaust::input
