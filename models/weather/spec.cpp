#include "models/weather/spec.hpp"

#include <cmath>

namespace hypocaust::weather {
namespace {

constexpr Options depth{.min = 0.0, .max = 20.0};
constexpr Options offset{.min = -30.0, .max = 30.0};
constexpr std::string_view depth_doc = "depth at which the ground temperature is taken";
constexpr std::string_view overlays_doc = "heat waves and cold waves, by name";
constexpr std::string_view warmer_doc = "added to every outdoor temperature; relative humidity stays";

}  // namespace

std::span<const std::string_view> names(Climate) {
  static constexpr std::string_view list[] = {"london", "stockholm", "frankfurt", "paris", "chicago", "helsinki"};
  return list;
}

std::span<const std::string_view> names(WaveKind) {
  static constexpr std::string_view list[] = {"heat_wave", "cold_wave"};
  return list;
}

void OverlaySpec::check(Problems& problems) const {
  if (2 * ramp_s >= lasts_s) problems.error("ramp", "leaves nothing between the two ramps; shorten it, or lengthen `lasts`");
  if ((mean_extreme_c == mean_extreme_c) != (deviation_k == deviation_k))
    problems.error(mean_extreme_c == mean_extreme_c ? "deviation" : "mean_extreme",
                   "is not given, and the other is (a return level needs both); write both or none");
}

const Schema& OverlaySpec::schema() {
  using O = OverlaySpec;
  static const Schema s = describe<O>(
      "overlay", "A heat wave or cold wave laid over the weather.",
      {row<&O::kind>("kind", "", {.need = required}, "warmer or colder"),
       row<&O::at>("at", "", {.need = required}, "its beginning; the day of the year counts"),
       row<&O::lasts_s>("lasts", "d", {.min = 0.25, .max = 60}, "with both ramps"),
       row<&O::ramp_s>("ramp", "d", {.min = 0, .max = 30}, "from usual to full, and back"),
       row<&O::return_period_s>("return_period", "yr", {.min = 1.1, .max = 1000},
                                "between two such waves on average: its hottest (coldest) hour is that year's"),
       row<&O::mean_extreme_c>(
           "mean_extreme", "degC", {.min = -70, .max = 60},
           "hottest (coldest) hour of a year, mean over many years; left out: known for the climate, or in the EPW file"),
       row<&O::deviation_k>("deviation", "K", {.above = 0, .max = 20}, "of that hour from year to year; left out likewise")});
  return s;
}

const Schema& SyntheticSpec::schema() {
  static const Schema s =
      describe<SyntheticSpec>("synthetic", "Built-in climate from monthly normals, seeded by clock.seed; needs no file.",
                              {row<&SyntheticSpec::climate>("climate", "", {}, "whose monthly normals"),
                               row<&SyntheticSpec::warmer_k>("warmer", "K", offset, warmer_doc),
                               row<&SyntheticSpec::ground_depth_m>("ground_depth", "m", depth, depth_doc),
                               row<&SyntheticSpec::overlays>("overlays", "", {}, overlays_doc)});
  return s;
}

const Schema& EpwSpec::schema() {
  static const Schema s =
      describe<EpwSpec>("epw", "EnergyPlus weather file, plain or .gz.",
                        {row<&EpwSpec::file>("file", "", {.need = required}, "the file, relative to this one"),
                         row<&EpwSpec::warmer_k>("warmer", "K", offset, warmer_doc),
                         row<&EpwSpec::ground_depth_m>("ground_depth", "m", depth, depth_doc),
                         row<&EpwSpec::overlays>("overlays", "", {}, overlays_doc)});
  return s;
}

const Schema& MosSpec::schema() {
  static const Schema s =
      describe<MosSpec>("mos", "Table of the weather reader of Modelica's Buildings and IBPSA libraries (.mos), plain or .gz.",
                        {row<&MosSpec::file>("file", "", {.need = required}, "the file, relative to this one"),
                         row<&MosSpec::warmer_k>("warmer", "K", offset, warmer_doc),
                         row<&MosSpec::ground_depth_m>("ground_depth", "m", depth, depth_doc),
                         row<&MosSpec::overlays>("overlays", "", {}, overlays_doc)});
  return s;
}

std::span<const std::string_view> names(RowsAre) {
  static constexpr std::string_view list[] = {"instants", "hour_before", "hour_after"};
  return list;
}

void CsvSpec::check(Problems& problems) const {
  if (direct_normal.empty() != diffuse.empty())
    problems.error(direct_normal.empty() ? "diffuse" : "direct_normal",
                   "stands alone (direct and diffuse radiation belong together); name both columns, or `global` alone");
  if (!global.empty() && !diffuse.empty())
    problems.error("global", "stands beside direct_normal and diffuse (which of them holds?); remove one");
}

const Schema& CsvSpec::schema() {
  static const Schema s = describe<CsvSpec>(
      "csv", "Weather from columns of a CSV file; see the format of series.",
      {row<&CsvSpec::file>("file", "", {.need = required}, "the file, relative to this one, plain or .gz"),
       row<&CsvSpec::outdoor>("outdoor", "", {}, "column of the outdoor air temperature"),
       row<&CsvSpec::outdoor_unit>("outdoor_unit", "", {}, "unit of that column"),
       row<&CsvSpec::humidity>("humidity", "", {}, "column of the relative humidity; left out: constant_humidity holds"),
       row<&CsvSpec::humidity_unit>("humidity_unit", "", {}, "unit of that column: % or 1"),
       row<&CsvSpec::humidity_frac>("constant_humidity", "1", {.min = 0.0, .max = 1.0},
                                    "relative humidity where the file has no column"),
       row<&CsvSpec::global>("global", "", {}, "column of the global radiation on the horizontal, split into direct and diffuse"),
       row<&CsvSpec::direct_normal>("direct_normal", "", {}, "column of the direct radiation normal to the beam"),
       row<&CsvSpec::diffuse>("diffuse", "", {}, "column of the diffuse radiation on the horizontal"),
       row<&CsvSpec::radiation_unit>("radiation_unit", "", {}, "unit of the columns of radiation"),
       row<&CsvSpec::wind>("wind", "", {}, "column of the wind speed"),
       row<&CsvSpec::wind_unit>("wind_unit", "", {}, "unit of that column"),
       row<&CsvSpec::rows_are>(
           "rows_are", "", {},
           "values at instants, joined by lines, or means of the interval before or after the time of the row"),
       row<&CsvSpec::time_zone>("time_zone", "", {}, "IANA zone of the file's times that carry no offset"),
       row<&CsvSpec::warmer_k>("warmer", "K", offset, warmer_doc),
       row<&CsvSpec::ground_depth_m>("ground_depth", "m", depth, depth_doc),
       row<&CsvSpec::overlays>("overlays", "", {}, overlays_doc)});
  return s;
}

void ConstantSpec::derive(Problems&) {
  if (std::isnan(ground_c)) ground_c = outdoor_c;
}

const Schema& ConstantSpec::schema() {
  static const Schema s = describe<ConstantSpec>(
      "constant", "The same weather always: for tests and design points.",
      {row<&ConstantSpec::outdoor_c>("outdoor", "degC", {.need = required, .min = -60.0, .max = 60.0}, "outdoor air temperature"),
       row<&ConstantSpec::humidity_frac>("humidity", "1", {.min = 0.0, .max = 1.0}, "relative humidity"),
       row<&ConstantSpec::ground_c>("ground", "degC", {.need = derived, .min = -40.0, .max = 50.0},
                                    "ground temperature; derived: outdoor"),
       row<&ConstantSpec::sky_light_w_m2>("sky_light", "W/m2", {.min = 0.0, .max = 1500.0},
                                          "radiation on the horizontal, alike from the whole sky; there is no sun in it"),
       row<&ConstantSpec::wind_m_s>("wind", "m/s", {.min = 0.0, .max = 60.0}, "wind speed"),
       row<&ConstantSpec::overlays>("overlays", "", {}, overlays_doc)});
  return s;
}

std::span<const Schema* const> weather_types() {
  static const Schema* const list[] = {&SyntheticSpec::schema(), &EpwSpec::schema(), &MosSpec::schema(), &CsvSpec::schema(),
                                       &ConstantSpec::schema()};
  return list;
}

}  // namespace hypocaust::weather
