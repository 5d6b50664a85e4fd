#include "models/core/units.hpp"

#include <cctype>
#include <charconv>
#include <cstdlib>

#include "models/core/nearest.hpp"
#include "models/core/number_text.hpp"
#include "models/core/unit_names.hpp"

namespace hypocaust {
namespace {

constexpr Dimension money{{{0, 0, 0, 0, 1, 0, 0, 0}}};

bool is_currency(std::string_view word) {
  for (std::string_view currency : currencies())
    if (currency == word) return true;
  return false;
}

const UnitName* find_name(std::string_view word) {
  for (const UnitName& name : unit_names())
    if (name.name == word) return &name;
  return nullptr;
}

double power_of(double base, int exponent) {
  double result = 1.0;
  for (int k = 0; k < std::abs(exponent); ++k) result *= base;
  return exponent < 0 ? 1.0 / result : result;
}

std::string unknown_unit(std::string_view word) {
  std::vector<std::string_view> candidates;
  for (const UnitName& name : unit_names()) candidates.push_back(name.name);
  for (std::string_view currency : currencies()) candidates.push_back(currency);
  const std::string_view near = nearest(word, candidates);
  return "unknown unit " + quoted(word) + (near.empty() ? "" : "; did you mean " + quoted(near) + "?");
}

// One name with its exponent ("m2", "s-1") times `sign` into `unit`.
std::string multiply(Unit& unit, std::string_view token, int sign) {
  int exponent = 1;
  std::string_view word = token;
  if (word == "degC") return "degC stands alone; inside a unit a difference is written K";
  const UnitName* name = find_name(word);
  if (!name && !is_currency(word)) {
    std::size_t end = token.size();
    while (end > 0 && std::isdigit(static_cast<unsigned char>(token[end - 1]))) --end;
    if (end > 0 && end < token.size() && token[end - 1] == '-') --end;
    if (end == 0 || end == token.size()) return unknown_unit(token);
    const auto [last, error] = std::from_chars(token.data() + end, token.data() + token.size(), exponent);
    if (error != std::errc{} || exponent == 0 || std::abs(exponent) > 9) return unknown_unit(token);
    word = token.substr(0, end);
    name = find_name(word);
  }
  UnitName currency{word, 1.0, money};
  if (!name && is_currency(word)) {
    if (!unit.currency.empty() && unit.currency != word) return "two currencies in one unit";
    unit.currency = word;
    name = &currency;
  }
  if (!name) return unknown_unit(token);
  unit.scale *= power_of(name->scale, sign * exponent);
  for (std::size_t k = 0; k < name->dimension.power.size(); ++k) {
    const int sum = unit.dimension.power[k] + sign * exponent * name->dimension.power[k];
    if (std::abs(sum) > 100) return "the powers of the unit are out of range";
    unit.dimension.power[k] = static_cast<std::int16_t>(sum);
  }
  return {};
}

std::string multiply_all(Unit& unit, std::string_view tokens, int sign) {
  while (!tokens.empty()) {
    const std::size_t blank = tokens.find(' ');
    const std::string_view token = tokens.substr(0, blank);
    if (token.empty()) return "two blanks, or a blank at the edge of a unit";
    if (std::string problem = multiply(unit, token, sign); !problem.empty()) return problem;
    if (blank == tokens.npos) return {};
    tokens.remove_prefix(blank + 1);
    if (tokens.empty()) return "two blanks, or a blank at the edge of a unit";
  }
  return "a name is missing beside `/`";
}

std::string parse_into(Unit& unit, std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return multiply_all(unit, text, 1);
  std::string_view below = text.substr(slash + 1);
  if (below.find('/') != below.npos) return "two slashes can be read in two ways; write `a/(b c)`";
  if (below.starts_with('(')) {
    if (!below.ends_with(')')) return "the bracket is not closed at the end of the unit";
    below = below.substr(1, below.size() - 2);
  } else if (const std::size_t blank = below.find(' '); blank != below.npos) {
    return quoted(text) + " can be read in two ways; write " +
           quoted(std::string(text.substr(0, slash + 1)) + "(" + std::string(below) + ")");
  }
  if (text.substr(0, slash) != "1")
    if (std::string problem = multiply_all(unit, text.substr(0, slash), 1); !problem.empty()) return problem;
  return multiply_all(unit, below, -1);
}

}  // namespace

UnitText parse_unit(std::string_view text) {
  UnitText result;
  if (text.empty()) return result;
  if (text == "degC") {
    result.unit.temperature = true;
    return result;
  }
  if (text.size() > 100) result.problem = "a unit of more than 100 characters";
  else result.problem = parse_into(result.unit, text);
  return result;
}

}  // namespace hypocaust
