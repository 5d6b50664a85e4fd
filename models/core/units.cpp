#include "models/core/units.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

namespace hypocaust {
namespace {

struct Name {
  std::string_view name;
  double scale;
  Dimension dimension;
};
//                              m  kg  s  K  money CO2 rad byte
constexpr Dimension none{};
constexpr Dimension length{{{1, 0, 0, 0, 0, 0, 0, 0}}}, mass{{{0, 1, 0, 0, 0, 0, 0, 0}}}, time{{{0, 0, 1, 0, 0, 0, 0, 0}}};
constexpr Dimension difference{{{0, 0, 0, 1, 0, 0, 0, 0}}}, money{{{0, 0, 0, 0, 1, 0, 0, 0}}}, carbon{{{0, 0, 0, 0, 0, 1, 0, 0}}};
constexpr Dimension angle{{{0, 0, 0, 0, 0, 0, 1, 0}}}, information{{{0, 0, 0, 0, 0, 0, 0, 1}}},
    volume{{{3, 0, 0, 0, 0, 0, 0, 0}}};
constexpr Dimension power{{{2, 1, -3, 0, 0, 0, 0, 0}}}, energy{{{2, 1, -2, 0, 0, 0, 0, 0}}},
    pressure{{{-1, 1, -2, 0, 0, 0, 0, 0}}};
constexpr Dimension frequency{{{0, 0, -1, 0, 0, 0, 0, 0}}};

// Exact factors: SI brochure (9th edition, 2019) with its units accepted for use; Wh = 3,600 J; bar = 1e5 Pa; yr = 365 d.
constexpr Name table[] = {
    {"W", 1, power},
    {"kW", 1e3, power},
    {"MW", 1e6, power},
    {"GW", 1e9, power},
    {"J", 1, energy},
    {"kJ", 1e3, energy},
    {"MJ", 1e6, energy},
    {"GJ", 1e9, energy},
    {"Wh", 3600, energy},
    {"kWh", 3.6e6, energy},
    {"MWh", 3.6e9, energy},
    {"GWh", 3.6e12, energy},
    {"Pa", 1, pressure},
    {"mPa", 1e-3, pressure},
    {"hPa", 1e2, pressure},
    {"kPa", 1e3, pressure},
    {"MPa", 1e6, pressure},
    {"mbar", 1e2, pressure},
    {"bar", 1e5, pressure},
    {"s", 1, time},
    {"min", 60, time},
    {"h", 3600, time},
    {"d", 86400, time},
    {"yr", 31536000, time},
    {"Hz", 1, frequency},
    {"m", 1, length},
    {"mm", 1e-3, length},
    {"cm", 1e-2, length},
    {"km", 1e3, length},
    {"l", 1e-3, volume},
    {"ml", 1e-6, volume},
    {"kg", 1, mass},
    {"g", 1e-3, mass},
    {"t", 1e3, mass},
    {"K", 1, difference},
    {"rad", 1, angle},
    {"deg", std::numbers::pi / 180, angle},
    {"kgCO2e", 1, carbon},
    {"gCO2e", 1e-3, carbon},
    {"tCO2e", 1e3, carbon},
    {"money", 1, money},
    {"byte", 1, information},
    {"kB", 1e3, information},
    {"MB", 1e6, information},
    {"GB", 1e9, information},
    {"TB", 1e12, information},
    {"1", 1, none},
    {"%", 0.01, none},
};
constexpr std::string_view currencies[] = {"EUR", "GBP", "USD", "SEK", "NOK", "DKK", "ISK", "CHF", "PLN", "CZK", "HUF", "RON",
                                           "BGN", "UAH", "TRY", "JPY", "CNY", "KRW", "INR", "SGD", "HKD", "TWD", "AUD", "NZD",
                                           "CAD", "BRL", "MXN", "CLP", "ZAR", "ILS", "AED", "SAR", "THB", "MYR", "IDR"};

bool is_currency(std::string_view word) {
  for (std::string_view currency : currencies)
    if (currency == word) return true;
  return false;
}

const Name* find_name(std::string_view word) {
  for (const Name& name : table)
    if (name.name == word) return &name;
  return nullptr;
}

double power_of(double base, int exponent) {
  double result = 1.0;
  for (int k = 0; k < std::abs(exponent); ++k) result *= base;
  return exponent < 0 ? 1.0 / result : result;
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string unknown_unit(std::string_view word) {
  std::vector<std::string_view> candidates;
  for (const Name& name : table) candidates.push_back(name.name);
  for (std::string_view currency : currencies) candidates.push_back(currency);
  const std::string_view near = nearest(word, candidates);
  return "unknown unit " + quoted(word) + (near.empty() ? "" : "; did you mean " + quoted(near) + "?");
}

// One name with its exponent ("m2", "s-1") times `sign` into `unit`.
std::string multiply(Unit& unit, std::string_view token, int sign) {
  int exponent = 1;
  std::string_view word = token;
  if (word == "degC") return "degC stands alone; inside a unit a difference is written K";
  const Name* name = find_name(word);
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
  Name currency{word, 1.0, money};
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

std::string with_currency(std::string_view unit, std::string_view currency) {
  std::string text(unit);
  if (currency.empty()) return text;
  for (std::size_t k = text.find("money"); k != text.npos; k = text.find("money", k)) text.replace(k, 5, currency);
  return text;
}

std::string coherent_unit(const Dimension& dimension, std::string_view currency) {
  static constexpr std::string_view base[] = {"m", "kg", "s", "K", "money", "kgCO2e", "rad", "byte"};
  std::string text;
  for (const bool positive : {true, false})
    for (std::size_t k = 0; k < dimension.power.size(); ++k) {
      const int exponent = dimension.power[k];
      if (exponent == 0 || (exponent > 0) != positive) continue;
      if (!text.empty()) text += ' ';
      text += with_currency(base[k], currency);
      if (exponent != 1) text += std::to_string(exponent);
    }
  return text;
}

std::string digits(double value, int precision) {
  char buffer[64];
  const bool whole = std::fabs(value) < 1e15 && value == std::floor(value);  // 31536000, not 3.1536e+07
  const auto [end, error] = whole ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 0)
                                  : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, precision);
  return error == std::errc{} ? std::string(buffer, end) : std::string();
}

// The shortest decimal `n` with n * scale == value, to the bit; empty: there is none.
std::string decimal_for(double value, double scale) {
  double guess = value / scale;
  for (const int away : {0, 1, -1, 2, -2}) {
    double candidate = guess;
    for (int k = 0; k < std::abs(away); ++k) candidate = std::nextafter(candidate, away > 0 ? INFINITY : -INFINITY);
    if (!std::isfinite(candidate)) continue;
    for (int precision = 6; precision <= 17; ++precision) {
      std::string text = digits(candidate, precision);
      if (const NumberText number = parse_number(text); number.problem.empty() && number.value * scale == value) return text;
    }
  }
  return {};
}

std::string wrong_dimension(std::string_view text, std::string_view number, const Unit& unit, const Unit& wanted,
                            const QuantityRow& row) {
  if (unit.temperature)
    return std::string(text) + " is a temperature, this is " +
           (wanted.dimension == difference ? "a temperature difference; write " + std::string(number) + " K"
                                           : "not; write it in " + accepted_units(row));
  if (wanted.temperature && unit.dimension == difference)
    return std::string(text) + " is a temperature difference, this is a temperature; write it in degC";
  return std::string(text) + " has the wrong dimension (accepted: " + accepted_units(row) + ")";
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

std::string accepted_units(const QuantityRow& row) {
  if (row.unit == "1" || row.unit == "%") return "75 % or 0.75";
  if (row.unit == "degC") return "degC";
  const UnitText wanted = parse_unit(row.unit);
  std::string text;
  for (const Name& name : table)
    if (name.dimension == wanted.unit.dimension) text += (text.empty() ? "" : ", ") + with_currency(name.name, row.currency);
  if (wanted.unit.dimension == volume) text = "m3, " + text;
  if (text.empty()) text = with_currency(row.unit, row.currency);
  return text;
}

QuantityText parse_quantity(std::string_view text, const QuantityRow& row) {
  QuantityText result;
  const UnitText wanted = parse_unit(row.unit);
  const std::size_t blank = text.find(' ');
  const std::string_view number_text = text.substr(0, blank);
  const NumberText number = parse_number(number_text);
  if (!number.problem.empty()) {
    std::size_t k = 0;  // `150kW`: the number and its unit run together
    while (k < number_text.size() &&
           (std::isdigit(static_cast<unsigned char>(number_text[k])) || number_text[k] == '.' || number_text[k] == '-'))
      ++k;
    if (k > 0 && k < number_text.size() && parse_number(number_text.substr(0, k)).problem.empty() &&
        parse_unit(text.substr(k)).problem.empty())
      result.problem = std::string(text) + " lacks a blank between number and unit; write " + std::string(text.substr(0, k)) +
                       " " + std::string(text.substr(k));
    else result.problem = number.problem;
    return result;
  }
  Unit unit;
  if (blank == text.npos) {
    if (!row.unit.empty() && row.unit != "1" && row.unit != "%") {
      result.problem =
          std::string(text) + " has no unit; write a number, a blank and a unit (accepted: " + accepted_units(row) + ")";
      return result;
    }
  } else {
    const std::string_view unit_text = text.substr(blank + 1);
    const UnitText parsed = parse_unit(unit_text);
    if (row.unit.empty()) {
      result.problem = std::string(text) + " has a unit, this is a plain number; write " + std::string(number_text);
      return result;
    }
    if (unit_text.empty() || !parsed.problem.empty()) {
      result.problem =
          (unit_text.empty() ? std::string("the unit is missing") : parsed.problem) + " (accepted: " + accepted_units(row) + ")";
      return result;
    }
    unit = parsed.unit;
  }
  if (!(unit.dimension == wanted.unit.dimension) || unit.temperature != wanted.unit.temperature) {
    result.problem = wrong_dimension(text, number_text, unit, wanted.unit, row);
    return result;
  }
  if (!unit.currency.empty() && !row.currency.empty() && unit.currency != row.currency) {
    result.problem =
        std::string(text) + " is in " + std::string(unit.currency) + ", the scenario's currency is " + std::string(row.currency) +
        " (one currency a scenario; economics.exchange_rates is not supported yet); write it in " + std::string(row.currency);
    return result;
  }
  result.value = number.value * unit.scale;
  result.in_row_unit = unit.scale == wanted.unit.scale ? number.value : result.value / wanted.unit.scale;
  if (!std::isfinite(result.value) || (result.value == 0.0 && number.value != 0.0))
    result.problem = std::string(text) + " is beyond the range of numbers";
  return result;
}

std::string format_quantity(double value, const QuantityRow& row) {
  const UnitText unit = parse_unit(row.unit);
  if (row.unit.empty() || row.unit == "1") return format_number(value);
  const std::string number = decimal_for(value, unit.unit.scale);
  if (!number.empty()) return number + " " + with_currency(row.unit, row.currency);
  const std::string base = coherent_unit(unit.unit.dimension, row.currency);
  return base.empty() ? format_number(value) : format_number(value) + " " + base;
}

namespace {

std::size_t edits(std::string_view a, std::string_view b) {  // Levenshtein's distance with swaps of neighbours as one edit
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      next[k] = std::min({row[k] + 1, next[k - 1] + 1, row[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) next[k] = std::min(next[k], before[k - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

bool same_but_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k)
    if (std::tolower(static_cast<unsigned char>(a[k])) != std::tolower(static_cast<unsigned char>(b[k]))) return false;
  return true;
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  for (std::string_view candidate : candidates)
    if (same_but_case(word, candidate)) return candidate;
  if (word.size() < 2 || word.size() > 60) return {};
  const std::size_t limit = word.size() <= 3 ? 1 : word.size() <= 7 ? 2 : 3;
  std::string_view best;
  std::size_t best_edits = limit + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > word.size() + limit || word.size() > candidate.size() + limit) continue;
    if (candidate.size() <= limit) continue;  // everything is near to a very short name
    if (const std::size_t count = edits(word, candidate); count < best_edits) best = candidate, best_edits = count;
  }
  return best;
}

}  // namespace hypocaust
