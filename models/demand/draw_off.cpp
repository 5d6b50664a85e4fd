#include "models/demand/draw_off.hpp"

#include <algorithm>
#include <string>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"

namespace hypocaust::demand {
namespace {

constexpr double litre_a_minute_m3_s = 1e-3 / 60;
constexpr double largest_mean = 50;  // of one Poisson number by inversion; larger means are sums of such
constexpr double spread_m3_s = 2 * litre_a_minute_m3_s;

// Jordan and Vajen (2001), "Realistic domestic hot-water profiles in different time scales", IEA SHC Task 26: flow (l/min), duration
// (min) and share of the volume of the four categories; all with a standard deviation of 2 l/min.
struct Kind {
  double flow_m3_s, share_frac;
  std::int64_t minutes;
  std::array<double, 24> day;
};
constexpr std::array<double, 24> taps{1, 1, 1, 1, 1, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 1};
constexpr std::array<double, 24> baths{5, 5, 5, 5, 5, 5, 5, 5, 7, 10, 14, 18, 23, 26, 29, 31, 31, 43, 87, 94, 61, 20, 12, 8};
constexpr std::array<double, 24> showers{4, 4, 4, 4, 5, 22, 79, 87, 28, 8, 9, 9, 10, 10, 10, 9, 9, 11, 26, 39, 34, 12, 4, 4};
constexpr Kind small{1 * litre_a_minute_m3_s, 0.14, 1, taps}, medium{6 * litre_a_minute_m3_s, 0.36, 1, taps},
    bath{14 * litre_a_minute_m3_s, 0.10, 10, baths}, shower{8 * litre_a_minute_m3_s, 0.40, 5, showers};

std::vector<Kind> kinds_of(DrawKind kind) {
  std::vector<Kind> list{small, medium, bath, shower};
  if (kind == DrawKind::shower) list = {shower};
  if (kind == DrawKind::bed) list = {small, medium, shower};  // no bath at a bed: its share goes to the others
  double sum = 0;
  for (const Kind& one : list) sum += one.share_frac;
  for (Kind& one : list) one.share_frac /= sum;
  return list;
}

WeekShape week_shape(std::span<const double> weekday, std::span<const double> saturday, std::span<const double> sunday) {
  WeekShape shape{};
  double sum = 0;
  for (std::size_t h = 0; h < shape.size(); ++h) {
    const auto day = h / 24 < 5                         ? weekday
                     : h / 24 == 5 && !saturday.empty() ? saturday
                     : h / 24 == 6 && !sunday.empty()   ? sunday
                                                        : weekday;
    shape[h] = day.empty() ? 1.0 : day[h % 24];
    sum += shape[h];
  }
  EXPECT(sum > 0);
  for (double& value : shape) value *= static_cast<double>(shape.size()) / sum;
  return shape;
}

void check_days(const std::vector<double>& weekday, const std::vector<double>& saturday, const std::vector<double>& sunday,
                Problems& problems) {
  double sum = 0;
  for (const auto& [key, day] :
       {std::pair{"weekday", &weekday}, std::pair{"saturday", &saturday}, std::pair{"sunday", &sunday}}) {
    if (!day->empty() && day->size() != 24)
      problems.error(key, "has " + std::to_string(day->size()) + " values (one for each hour is wanted); write 24 values");
    for (const double value : *day) sum += value;
  }
  if (weekday.empty() && !(saturday.empty() && sunday.empty()))
    problems.error("weekday", "is missing (saturday or sunday is given); write its 24 values as well");
  else if (!weekday.empty() && sum <= 0)
    problems.error("weekday", "is zero everywhere (no share of the volume falls anywhere); give one value above 0");
}

std::vector<Field> with_days(std::vector<Field> fields, std::vector<Field> days) {
  fields.insert(fields.end(), days.begin(), days.end());
  return fields;
}

// Rounded down; the remainder is never negative, before 1970 either.
std::int64_t floored(std::int64_t value, std::int64_t by) { return (value >= 0 ? value : value - by + 1) / by; }
std::size_t slot(std::int64_t minute, std::int64_t lasts) { return static_cast<std::size_t>(minute - floored(minute, lasts) * lasts); }

// Starts of a Poisson process with this mean, by inversion (Devroye 1986, section X.3).
int poisson(const RandomStream& stream, double mean, std::uint64_t step, std::uint32_t draw) {
  const double u = stream.uniform(step, draw);
  double term = vexp(-mean), sum = term;
  int count = 0;
  while (u > sum && count < 1000) term *= mean / ++count, sum += term;
  return count;
}

}  // namespace

std::span<const std::string_view> names(DrawKind) {
  static constexpr std::array<std::string_view, 3> list{"dwelling", "shower", "bed"};
  return list;
}

const Schema& DrawProfile::schema() {
  using P = DrawProfile;
  constexpr Options relative{.min = 0};
  static const Schema s = describe<P>(
      "draw_profile", "Draw-offs that repeat week by week.",
      with_days(
          {row<&P::volume_m3_s>("volume", "l/d", {.need = required, .above = 0, .max = 1e9}, "mean over the week, as drawn")},
          {row<&P::weekday>("weekday", "1", relative, "24 relative values, one for each local hour; left out: all alike"),
           row<&P::saturday>("saturday", "1", relative, "24 values on the same scale; left out: as weekday"),
           row<&P::sunday>("sunday", "1", relative, "24 values on the same scale; left out: as weekday")}));
  return s;
}
const Schema& DrawEvents::schema() {
  using E = DrawEvents;
  constexpr Options relative{.min = 0};
  static const Schema s = describe<E>(
      "draw_events", "Draw-offs at random, each with its flow and duration.",
      with_days(
          {row<&E::kind>("kind", "", {.need = required}, "what draws"),
           row<&E::count>("count", "", {.need = required, .min = 1, .max = 1e6}, "how many of them"),
           row<&E::volume_m3_s>("volume", "l/d", {.need = required, .above = 0, .max = 1e6}, "mean of one of them, as drawn")},
          {row<&E::weekday>("weekday", "1", relative,
                            "24 relative values, one for each local hour; left out: after Jordan and Vajen"),
           row<&E::saturday>("saturday", "1", relative, "24 values on the same scale; left out: as weekday"),
           row<&E::sunday>("sunday", "1", relative, "24 values on the same scale; left out: as weekday")}));
  return s;
}
void DrawProfile::check(Problems& problems) const { check_days(weekday, saturday, sunday, problems); }
void DrawEvents::check(Problems& problems) const { check_days(weekday, saturday, sunday, problems); }

DrawOffs::DrawOffs(const DrawProfile& profile)
    : mean_m3_s_(profile.volume_m3_s), shape_(week_shape(profile.weekday, profile.saturday, profile.sunday)) {}

DrawOffs::DrawOffs(const DrawEvents& events, std::uint64_t seed, std::string_view name) {
  const std::string stream = "draws " + std::string(name);
  for (const Kind& kind : kinds_of(events.kind)) {
    const double ratio = kind.flow_m3_s / spread_m3_s, volume_m3 = kind.flow_m3_s * 60.0 * static_cast<double>(kind.minutes);
    const std::span<const double> day = events.weekday.empty() ? std::span<const double>(kind.day) : events.weekday;
    categories_.push_back({.stream = RandomStream(seed, stream, static_cast<std::uint32_t>(categories_.size())),
                           .shape = week_shape(day, events.saturday, events.sunday),
                           .starts_s_1 = static_cast<double>(events.count) * events.volume_m3_s * kind.share_frac / volume_m3,
                           .flow_m3_s = kind.flow_m3_s,
                           .gamma_shape = ratio * ratio,
                           .running_m3_s = std::vector<double>(static_cast<std::size_t>(kind.minutes), 0.0)});
  }
}

// The flows that start in a minute, together: of n draw-offs, a gamma number of n times the shape (mean and variance add up).
double DrawOffs::started_m3_s(const Category& category, std::int64_t minute, std::size_t hour) {
  const auto step = static_cast<std::uint64_t>(minute);
  double mean = category.starts_s_1 * 60.0 * category.shape[hour];
  int count = 0;
  for (std::uint32_t draw = 0; mean > 0; ++draw, mean -= largest_mean)
    count += poisson(category.stream, std::min(mean, largest_mean), step, draw);
  if (count == 0) return 0;
  return category.flow_m3_s / category.gamma_shape * category.stream.gamma(count * category.gamma_shape, step, 1u << 16);
}

double DrawOffs::minute_m3_s(std::int64_t minute, std::size_t hour) {
  if (minute == last_minute_) return last_m3_s_;
  double sum_m3_s = 0;
  for (Category& category : categories_) {
    const auto lasts = static_cast<std::int64_t>(category.running_m3_s.size());
    const std::int64_t first = minute == last_minute_ + 1 ? minute : minute - lasts + 1;  // after a gap: what still runs
    for (std::int64_t k = first; k <= minute; ++k)
      category.running_m3_s[slot(k, lasts)] = started_m3_s(category, k, hour);
    for (const double flow_m3_s : category.running_m3_s) sum_m3_s += flow_m3_s;
  }
  last_minute_ = minute, last_m3_s_ = sum_m3_s;
  return sum_m3_s;
}

double DrawOffs::mean_m3_s(const DrawTime& now) {
  const auto hour = static_cast<std::size_t>((now.weekday - 1) * 24 + now.local_second_of_day / 3600);
  if (categories_.empty()) return mean_m3_s_ * shape_[hour];
  double sum_m3 = 0;
  const std::int64_t end_s = now.utc_s + now.step_s;
  for (std::int64_t minute = floored(now.utc_s, 60); minute * 60 < end_s; ++minute) {
    const std::int64_t from_s = std::max(minute * 60, now.utc_s), to_s = std::min(minute * 60 + 60, end_s);
    sum_m3 += minute_m3_s(minute, hour) * static_cast<double>(to_s - from_s);
  }
  return sum_m3 / static_cast<double>(now.step_s);
}

}  // namespace hypocaust::demand
