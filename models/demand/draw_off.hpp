// Draw-offs of hot water: a repeating profile, or events at random. Litres at the temperature of the draw, as means over a step.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/core/random.hpp"
#include "models/core/schema.hpp"

namespace hypocaust::demand {

struct DrawProfile {
  double volume_m3_s = not_given;                 // mean over the week
  std::vector<double> weekday, saturday, sunday;  // 24 relative values for each local hour; the last two: as weekday
  void check(Problems&) const;
  static const Schema& schema();
};

enum class DrawKind : int { dwelling, shower, bed };
std::span<const std::string_view> names(DrawKind);

struct DrawEvents {
  DrawKind kind = DrawKind::dwelling;
  std::int64_t count = integer_not_given;         // of dwellings, showers or beds
  double volume_m3_s = not_given;                 // mean of one of them
  std::vector<double> weekday, saturday, sunday;  // as above; left out: each category has its own day
  void check(Problems&) const;
  static const Schema& schema();
};

struct DrawTime {
  std::int64_t utc_s, step_s;        // the step
  std::int64_t local_second_of_day;  // at its start
  int weekday;                       // 1 Monday to 7 Sunday
};

// 168 local hours, Monday first, with a mean of exactly 1.
using WeekShape = std::array<double, 168>;

class DrawOffs {
 public:
  explicit DrawOffs(const DrawProfile& profile);
  // Events of all units together. name: of the heat user; its numbers depend on seed, name, category and minute only.
  DrawOffs(const DrawEvents& events, std::uint64_t seed, std::string_view name);
  double mean_m3_s(const DrawTime& now);

 private:
  struct Category {
    RandomStream stream;
    WeekShape shape;
    double starts_s_1, flow_m3_s, gamma_shape;  // of all units
    std::vector<double> running_m3_s;           // what starts in a minute, for as many minutes as a draw-off lasts
  };
  double minute_m3_s(std::int64_t minute, std::size_t hour);
  static double started_m3_s(const Category& category, std::int64_t minute, std::size_t hour);

  double mean_m3_s_ = 0;
  WeekShape shape_{};
  std::vector<Category> categories_;
  std::int64_t last_minute_ = integer_not_given;
  double last_m3_s_ = 0;
};

}  // namespace hypocaust::demand
