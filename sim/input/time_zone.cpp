#include "sim/input/time_zone.hpp"

#include <date/tz.h>

#include <vector>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"

namespace hypocaust::input {
namespace {

const date::time_zone& zone_of(const void* pointer) { return *static_cast<const date::time_zone*>(pointer); }

std::string unknown_zone(std::string_view name) {
  std::vector<std::string_view> candidates;
  std::string_view place;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    candidates.push_back(zone.name());
    if (zone.name().ends_with("/" + std::string(name))) place = zone.name();  // "London"
  }
  const std::string_view near = place.empty() ? nearest(name, candidates) : place;
  return "`" + std::string(name) + "` is not in the time zone database; " +
         (near.empty() ? std::string("write a name such as `Europe/London` or `UTC`")
                       : "did you mean `" + std::string(near) + "`?");
}

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {  // the library's word for an unknown name; it becomes ours, with a remedy
    throw UserError("time_zone: error: " + unknown_zone(name));
  }
}

}  // namespace

TimeZone::TimeZone(std::string_view name) : name_(name), zone_(find_zone(name)) {}

std::int64_t TimeZone::offset_s(std::int64_t utc_s) const {
  if (utc_s < begin_s_ || utc_s >= end_s_) {
    const date::sys_info info = zone_of(zone_).get_info(date::sys_seconds{std::chrono::seconds{utc_s}});
    begin_s_ = info.begin.time_since_epoch().count(), end_s_ = info.end.time_since_epoch().count(),
    offset_s_ = info.offset.count();
  }
  return offset_s_;
}

LocalTime TimeZone::local(std::int64_t utc_s) const {
  const date::local_seconds at{std::chrono::seconds{utc_s + offset_s(utc_s)}};
  const date::local_days day = date::floor<date::days>(at);
  const date::year_month_day date{day};
  const date::local_days first{date.year() / 1 / 1};
  return {.second_of_day = (at - day).count(),
          .weekday = static_cast<int>(date::weekday{day}.iso_encoding()),
          .year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .day_of_year = static_cast<int>((day - first).count()) + 1};
}

TimeZone::Instants TimeZone::instants(std::int64_t local_s) const {
  const date::local_info info = zone_of(zone_).get_info(date::local_seconds{std::chrono::seconds{local_s}});
  if (info.result == date::local_info::nonexistent) return {.count = 0, .utc_s = {0, 0}};
  const std::int64_t first_s = local_s - info.first.offset.count();
  if (info.result == date::local_info::unique) return {.count = 1, .utc_s = {first_s, first_s}};
  return {.count = 2, .utc_s = {first_s, local_s - info.second.offset.count()}};
}

std::int64_t TimeZone::instant(std::int64_t local_s, Doubled doubled) const {
  const Instants found = instants(local_s);
  if (found.count > 0) return found.utc_s[found.count == 2 && doubled == Doubled::second ? 1 : 0];
  const date::local_info info = zone_of(zone_).get_info(date::local_seconds{std::chrono::seconds{local_s}});
  return info.first.end.time_since_epoch().count();
}

std::string time_zone_problem(std::string_view name) {
  try {
    date::locate_zone(std::string(name));
    return {};
  } catch (const std::runtime_error&) {
    return unknown_zone(name);
  }
}

std::string time_zone_database_version() { return date::get_tzdb().version; }

}  // namespace hypocaust::input
