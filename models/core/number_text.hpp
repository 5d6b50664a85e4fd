// How numbers and words stand in texts; for the other files of core only.
#pragma once
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace hypocaust {

inline std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

inline std::string digits(double value, int precision) {
  char buffer[64];
  const bool whole = std::fabs(value) < 1e15 && value == std::floor(value);  // 31536000, not 3.1536e+07
  const auto [end, error] = whole ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 0)
                                  : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, precision);
  return error == std::errc{} ? std::string(buffer, end) : std::string();
}

}  // namespace hypocaust
