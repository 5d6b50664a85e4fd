// A heat wave or a cold spell laid over a year of weather: some days are shifted so that their extreme is one of a stated return period.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "models/weather/weather_table.hpp"

namespace hypocaust::weather {

enum class SpellKind : int { typical, heatwave, coldwave };  // typical: the weather as it is
std::span<const std::string_view> names(SpellKind);

struct Spell {
  SpellKind kind = SpellKind::heatwave;
  std::int64_t from_utc_s = 0, to_utc_s = 0;
  double return_years = 20;  // > 1
};

struct SpelledYear {
  WeatherYear year;
  double shift_k = 0;    // of the days in the middle of the spell
  double extreme_c = 0;  // that hour, the hottest or coldest of the spell
};
// A wave (models/weather/wave.hpp) over the spell's hours, with ramps of twelve hours before and after it. The extreme reached is that of the hours within 15 days of the spell on either side in
// the given year, and beyond it frequency_factor() standard deviations of yearly extremes: 1.9 K (heat), 3.4 K (cold). These are
// means of London St James's Park (1.7, 1.1 K), Stockholm Arlanda (2.1, 4.5 K) and Chicago O'Hare (1.9, 4.5 K), from the design
// conditions of their EPW files. Hours that are not known stay so.
SpelledYear with_spell(const WeatherYear& year, const Spell& spell);

}  // namespace hypocaust::weather
