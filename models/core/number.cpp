#include <charconv>
#include <cmath>

#include "models/core/number_text.hpp"
#include "models/core/units.hpp"

namespace hypocaust {

NumberText parse_number(std::string_view text) {
  const auto is_digit = [&](std::size_t k) { return k < text.size() && text[k] >= '0' && text[k] <= '9'; };
  std::size_t k = text.starts_with('-') ? 1 : 0;
  const std::size_t first = k;
  while (is_digit(k)) ++k;
  const auto bad = [&](std::string_view why) {
    return NumberText{0.0, quoted(text) + " is not a number (" + std::string(why) + ")"};
  };
  if (k == first) return bad(text.starts_with('.') ? "write 0.5, not .5" : "a decimal number such as 12 or 0.5 is expected");
  if (k - first > 1 && text[first] == '0') return bad("no leading zeros");
  if (k < text.size() && text[k] == '.') {
    const std::size_t point = k++;
    while (is_digit(k)) ++k;
    if (k == point + 1) return bad("a digit must follow the point");
  }
  if (k < text.size() && (text[k] == 'e' || text[k] == 'E')) {
    const std::size_t mark = k++;
    if (k < text.size() && (text[k] == '-' || text[k] == '+')) ++k;
    const std::size_t start = k;
    while (is_digit(k)) ++k;
    if (k == start) k = mark;
  }
  if (k < text.size()) {
    if (text[k] == ',' || text[k] == '_') return bad("write 1000, without marks between the digits; the decimal mark is a point");
    return bad("unexpected " + quoted(text.substr(k)));
  }
  NumberText result;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.value);
  if (error == std::errc::result_out_of_range) {
    // from_chars reports under- and overflow alike: a vanishing number is as wrong as an endless one.
    return {0.0, std::string(text) + " is beyond the range of numbers (1e-307 to 1e308)"};
  }
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(result.value))
    return bad("not a finite decimal number");
  return result;
}

std::string format_number(double value) {
  for (int precision = 6; precision < 17; ++precision) {
    std::string text = digits(value, precision);
    if (parse_number(text).value == value) return text;
  }
  return digits(value, 17);
}

}  // namespace hypocaust
