// Quantities as people write them: `150 kW`, `0.06 EUR/kWh`, `4.2 kJ/(kg K)`, `45 degC`, `75 %`.
//
// A unit is a scale to coherent SI and a dimension. Grammar of a unit: `a b/c`, `W/(m2 K)`, `m3 s-1`; one slash at most,
// and what follows it is one name or a bracket, because `W/m2 K` can be read in two ways. `degC` stands alone and means a
// temperature; a difference is in `K`. `yr` is 365 d. Money, CO2, angle and information are dimensions of their own.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hypocaust {

// Powers of: m, kg, s, K, money, kgCO2e, rad (angle), byte.
struct Dimension {
  std::array<std::int16_t, 8> power{};
  bool operator==(const Dimension&) const = default;
};

struct Unit {
  double scale = 1.0;  // value in coherent SI = number * scale (degC keeps its number: members end in _c)
  Dimension dimension;
  bool temperature = false;   // degC
  std::string_view currency;  // "EUR" when a currency was named, else empty
};

struct UnitText {
  Unit unit;
  std::string problem;  // empty: read; else "unknown unit `kw`; did you mean `kW`?"
};
// Any text a user may write after a number, and the rows' own units ("", "1", "%", "degC", "money/kWh").
UnitText parse_unit(std::string_view text);

struct QuantityRow {
  std::string_view unit;           // of the row: gives the dimension, and the names offered in messages
  std::string_view currency = {};  // of the scenario; empty: any
};
struct QuantityText {
  double value = 0.0;      // coherent SI (Celsius for degC)
  double in_row_unit = 0;  // the same in the row's unit, for limits
  std::string problem;     // empty: read; else "150 K is a difference ...; write 150 degC"
};
// Numbers are decimal, with a digit on both sides of the point; `010`, `0x1F`, `1_000`, `1,000`, `.5`, nan and 1e400 are refused.
QuantityText parse_quantity(std::string_view text, const QuantityRow& row);

// The shortest text that parse_quantity reads back to the same bits: in the row's unit, or where no decimal does
// (value x scale skips some doubles), in coherent SI. The value must be finite.
std::string format_quantity(double value, const QuantityRow& row);

// A plain number of the same grammar; problem as above.
struct NumberText {
  double value = 0.0;
  std::string problem;
};
NumberText parse_number(std::string_view text);
std::string format_number(double value);  // reads back to the same bits

// Names of units of the dimension of `unit`, for messages: "W, kW, MW, GW"; the unit itself where no single name has it.
std::string accepted_units(const QuantityRow& row);

}  // namespace hypocaust
