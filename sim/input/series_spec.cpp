#include "sim/input/series_spec.hpp"

#include "models/core/units.hpp"

namespace hypocaust::input {

std::span<const std::string_view> names(Between) {
  static constexpr std::string_view list[] = {"hold", "interpolate"};
  return list;
}

void SeriesSpec::check(Problems& problems) const {
  if (const UnitText read = parse_unit(unit); !read.problem.empty())
    problems.error("unit", read.problem + "; write a unit such as kW, degC or 1");
}

const Schema& SeriesSpec::schema() {
  static const Schema s = describe<SeriesSpec>(
      "series", "A column of a CSV file.",
      {row<&SeriesSpec::file>("file", "", {.need = required}, "the file, relative to this one, plain or .gz"),
       row<&SeriesSpec::column>("column", "", {.need = required}, "heading of the column"),
       row<&SeriesSpec::unit>("unit", "", {.need = required}, "unit of the column's numbers; 1 for plain numbers"),
       row<&SeriesSpec::between>("between", "", {}, "what holds between two rows: the earlier value, or a straight line"),
       row<&SeriesSpec::time_zone>("time_zone", "", {}, "IANA zone of times that carry no offset of their own"),
       row<&SeriesSpec::start>("start", "", {}, "instant at which a time column in seconds or hours is 0"),
       row<&SeriesSpec::repeat>("repeat", "", {}, "start again at the end, and before the beginning"),
       row<&SeriesSpec::irregular>("irregular", "", {}, "rows need not be equally spaced; otherwise a gap is an error")});
  return s;
}

}  // namespace hypocaust::input
