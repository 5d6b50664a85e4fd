#include "models/plant/heat_pump_laws.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "models/core/units.hpp"

namespace hypocaust::plant {
namespace {

std::vector<double> axis_of(const HeatPumpMap& map, double MapPoint::*member) {
  std::vector<double> axis_c;
  for (const MapPoint& point : map.points)
    if (point.*member == point.*member) axis_c.push_back(point.*member);
  std::sort(axis_c.begin(), axis_c.end());
  axis_c.erase(std::unique(axis_c.begin(), axis_c.end()), axis_c.end());
  return axis_c;
}

std::size_t place_of(const std::vector<double>& axis_c, double t_c) {
  return static_cast<std::size_t>(std::lower_bound(axis_c.begin(), axis_c.end(), t_c) - axis_c.begin());
}

std::string in_celsius(double t_c) { return format_quantity(t_c, {.unit = "degC"}); }

// The unit runs in cells whose four corners are given. In files a hole is written as 0, among points it may be an oversight.
void check_cells(const HeatPumpMap& map, bool of_files, Problems& problems) {
  const std::vector<double> source_c = axis_of(map, &MapPoint::source_c), sink_c = axis_of(map, &MapPoint::sink_c);
  std::vector<char> given(source_c.size() * sink_c.size(), 0);
  for (const MapPoint& point : map.points)
    given[place_of(source_c, point.source_c) * sink_c.size() + place_of(sink_c, point.sink_c)] = 1;
  const auto corner = [&](std::size_t i, std::size_t j) { return given[i * sink_c.size() + j] != 0; };
  bool whole = false;
  for (std::size_t i = 0; i + 1 < source_c.size(); ++i)
    for (std::size_t j = 0; j + 1 < sink_c.size(); ++j)
      whole = whole || (corner(i, j) && corner(i + 1, j) && corner(i, j + 1) && corner(i + 1, j + 1));
  if (!whole) {
    problems.error(of_files ? "capacity_file" : "points",
                   "has no two neighbouring source and sink temperatures with all four points (the unit would never run); give "
                   "them");
    return;
  }
  const auto missing = static_cast<std::size_t>(std::count(given.begin(), given.end(), 0));
  if (of_files || missing == 0) return;
  const auto first = static_cast<std::size_t>(std::find(given.begin(), given.end(), 0) - given.begin());
  problems.warn("points", "leave out source " + in_celsius(source_c[first / sink_c.size()]) + " with sink " +
                              in_celsius(sink_c[first % sink_c.size()]) +
                              (missing > 1 ? " and " + std::to_string(missing - 1) + " more" : "") +
                              " (the unit refuses to run in the cells around); add the point if that is not meant");
}

}  // namespace

std::span<const std::string_view> names(Axis) {
  static constexpr std::array<std::string_view, 4> list{"usual", "inlet", "outlet", "mean"};
  return list;
}

const Schema& MapPoint::schema() {
  static const Schema s = describe<MapPoint>(
      "map_point", "A measured point of a heat pump at full load.",
      {row<&MapPoint::source_c>("source", "degC", {.need = required, .min = -60, .max = 110}, "source temperature"),
       row<&MapPoint::sink_c>("sink", "degC", {.need = required, .min = -60, .max = 200}, "sink temperature"),
       row<&MapPoint::capacity_w>("capacity", "kW", {.need = required, .above = 0, .max = 1e6}, "heat to the sink"),
       row<&MapPoint::power_w>("power", "kW", {.need = required, .above = 0, .max = 1e6}, "electric power")});
  return s;
}

const Schema& HeatPumpMap::schema() {
  static const Schema s = describe<HeatPumpMap>(
      "heat_pump_map", "Capacity and power at source and sink temperatures (EN 14511).",
      {row<&HeatPumpMap::points>("points", "", {},
                                 "measured points: a grid of source and sink temperatures; where a point is left out the unit "
                                 "refuses to run"),
       row<&HeatPumpMap::capacity_file>("capacity_file", "", {}, "table of capacities, W, instead of points"),
       row<&HeatPumpMap::power_file>("power_file", "", {}, "table of electric powers, W, on the same temperatures")});
  return s;
}

void HeatPumpMap::check(Problems& problems) const {
  if (capacity_file.path.empty() != power_file.path.empty()) {
    problems.error(capacity_file.path.empty() ? "capacity_file" : "power_file",
                   "is missing (the other table is given); give both, or `points`");
    return;
  }
  const bool of_files = !capacity_file.path.empty();
  if (points.empty() && of_files) return;  // why the files gave none is told where they are read
  const std::size_t before = problems.items.size();
  for (std::size_t k = 0; k < points.size(); ++k) {
    const std::string key = "points." + std::to_string(k);
    if (points[k].power_w >= points[k].capacity_w)
      problems.error(key + ".power", "is not below `capacity` (a heat pump gives more than it draws); correct one of them");
    for (std::size_t j = 0; j < k; ++j)
      if (points[j].source_c == points[k].source_c && points[j].sink_c == points[k].sink_c)
        problems.error(key, "repeats the temperatures of point " + std::to_string(j) + "; remove one of them");
  }
  for (const auto& [member, word] : {std::pair{&MapPoint::source_c, "source"}, std::pair{&MapPoint::sink_c, "sink"}}) {
    const std::size_t count = axis_of(*this, member).size();
    if (count < 2 || count > static_cast<std::size_t>(map_places))
      problems.error("points", "have " + std::to_string(count) + " different " + word + " temperatures; give 2 to " +
                                   std::to_string(map_places));
  }
  if (problems.items.size() == before) check_cells(*this, of_files, problems);
}

HeatPumpGrid<double> make_grid(const HeatPumpMap& map) {
  constexpr std::size_t places = map_places;
  constexpr double beyond_c = 1e30;
  const std::vector<double> source_c = axis_of(map, &MapPoint::source_c), sink_c = axis_of(map, &MapPoint::sink_c);
  HeatPumpGrid<double> g{};
  g.steps[0] = static_cast<double>(source_c.size() - 1), g.steps[1] = static_cast<double>(sink_c.size() - 1);
  for (std::size_t k = 0; k < places; ++k) {
    g.source_c[k] = k < source_c.size() ? source_c[k] : beyond_c;
    g.sink_c[k] = k < sink_c.size() ? sink_c[k] : beyond_c;
  }
  for (const MapPoint& point : map.points) {
    const std::size_t k = place_of(source_c, point.source_c) * places + place_of(sink_c, point.sink_c);
    g.heat_w[k] = point.capacity_w, g.power_w[k] = point.power_w, g.given[k] = 1;
  }
  for (std::size_t i = 0; i < source_c.size(); ++i)
    for (std::size_t j = 0; j < sink_c.size(); ++j) {
      const std::size_t hole = i * places + j;
      if (g.given[hole] > 0) continue;
      for (std::size_t distance = 1; distance < sink_c.size() && !(g.heat_w[hole] > 0); ++distance)
        for (const std::size_t from : {j >= distance ? j - distance : hole, j + distance})
          if (from < sink_c.size() && g.given[i * places + from] > 0)
            g.heat_w[hole] = g.heat_w[i * places + from], g.power_w[hole] = g.power_w[i * places + from];
    }
  return g;
}

const Schema& LorenzModel::schema() {
  static const Schema s = describe<LorenzModel>(
      "lorenz", "Coefficient of performance as a share of Lorenz's.",
      {row<&LorenzModel::fraction_frac>("fraction", "1", {.min = 0.05, .max = 0.95}, "share at the nominal lift"),
       row<&LorenzModel::nominal_lift_k>("nominal_lift", "K", {.above = 0, .max = 150},
                                         "sink less source temperature, approaches included"),
       row<&LorenzModel::nominal_sink_c>("nominal_sink", "degC", {.min = 0, .max = 200},
                                         "sink temperature at the nominal lift, for the nominal heat from the source"),
       row<&LorenzModel::slope_k_1>("slope", "1/K", {.min = -0.05, .max = 0.05}, "change of the share for a kelvin more lift"),
       row<&LorenzModel::highest_cop>("highest_cop", "", {.above = 1, .max = 50}, "ceiling of the coefficient of performance"),
       row<&LorenzModel::source_approach_k>("source_approach", "K", {.min = 0, .max = 30},
                                            "source above evaporation while it takes its nominal heat"),
       row<&LorenzModel::sink_approach_k>("sink_approach", "K", {.min = 0, .max = 30},
                                          "condensation above sink while it gives the nominal power")});
  return s;
}

}  // namespace hypocaust::plant
