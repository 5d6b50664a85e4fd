// One scalar: its text against its row. Used by the binder for files and by patch() for sweeps, so both check the same.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "models/core/schema.hpp"

namespace hypocaust::config {

struct ExchangeRate {
  std::string currency;
  double money = 1;  // what one of it is worth in the scenario's currency; NaN: a series tells
};
struct ScalarRow {
  const Field& field;
  const TypeInfo& type;
  std::string_view currency;  // of the scenario
  std::string_view folder;    // of the file the text is in: what a FilePath is relative to
  std::span<const ExchangeRate> rates = {};
};
// Writes the member; returns "value and problem (why); remedy", empty when it was read.
// Kinds: quantity, varying (its constant), integer, boolean, text, choice, reference, instant, file.
std::string read_scalar(std::string_view text, const ScalarRow& row, void* member);

// The text that reads back to the same bits; empty for what was not given (NaN, infinite, no date).
std::string write_scalar(const ScalarRow& row, const void* member);

std::string range_of(const Field& field);    // "must be > 0 and <= 100", empty without limits
std::string unit_shown(const Field& field);  // for the reference and the JSON Schema
bool is_scalar(Kind kind);

// A date, or date and time, in UTC; returns the problem.
std::string read_instant(std::string_view text, Instant& value);

}  // namespace hypocaust::config
