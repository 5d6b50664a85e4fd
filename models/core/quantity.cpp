#include <cctype>
#include <cmath>
#include <cstdlib>

#include "models/core/number_text.hpp"
#include "models/core/unit_names.hpp"

namespace hypocaust {
namespace {

constexpr Dimension difference{{{0, 0, 0, 1, 0, 0, 0, 0}}}, volume{{{3, 0, 0, 0, 0, 0, 0, 0}}};

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

std::string accepted_units(const QuantityRow& row) {
  if (row.unit == "1" || row.unit == "%") return "75 % or 0.75";
  if (row.unit == "degC") return "degC";
  const UnitText wanted = parse_unit(row.unit);
  std::string text;
  for (const UnitName& name : unit_names())
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
    result.problem = std::string(text) + " is in " + std::string(unit.currency) + ", the scenario's currency is " +
                     std::string(row.currency) + " (sums of two currencies cannot be added without a rate); write it in " +
                     std::string(row.currency) + ", or give economics.exchange_rates: {" + std::string(unit.currency) + ": ... " +
                     std::string(row.currency) + "}";
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

}  // namespace hypocaust
