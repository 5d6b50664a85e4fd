#include "sim/run/user_watch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/utc_text.hpp"

namespace hypocaust::run {
namespace {

// Air in rooms, halls and houses; water everywhere else. Water below 0 degC is ice, above 100 degC steam.
constexpr double coldest_air_c = -40.0, hottest_air_c = 60.0, coldest_water_c = 0.0, hottest_water_c = 100.0, round_off_k = 0.05;

bool is_air(std::string_view channel) { return channel.find("air") != channel.npos || channel.find("room") != channel.npos; }

}  // namespace

UserWatch::UserWatch(const Site& site) {
  const auto channels = site.plant.channels();
  for (const HeatUser& user : site.users)
    for (std::size_t k = 0; k < channels.size() && user.component >= 0 && !user.law; ++k) {
      const plant::ChannelInfo& channel = channels[k];
      if (channel.type == "node" || channel.unit != "degC" || channel.component != site.plant.component_name(user.component))
        continue;
      const bool air = is_air(channel.name);
      contents_.push_back({user.name, std::string(channel.name), k, static_cast<std::size_t>(channel.columns),
                           air ? coldest_air_c : coldest_water_c - round_off_k,
                           air ? hottest_air_c : hottest_water_c + round_off_k});
      values_.resize(std::max(values_.size(), contents_.back().columns));
    }
}

void UserWatch::take(const plant::Plant& plant, std::int64_t time_s) {
  if (time_s / 3600 == hour_ || contents_.empty()) return;
  hour_ = time_s / 3600;
  for (Content& content : contents_) {
    const auto values_c = std::span(values_).first(content.columns);
    plant.read_channel(content.channel, values_c);
    for (const double t_c : values_c) {
      if (t_c >= content.coldest_c && t_c <= content.hottest_c) continue;
      if (content.first_s < 0) content.first_s = time_s, content.worst_c = t_c;
      const auto beyond_k = [&](double c) { return std::max(content.coldest_c - c, c - content.hottest_c); };
      if (beyond_k(t_c) > beyond_k(content.worst_c)) content.worst_c = t_c;
    }
  }
}

std::vector<std::string> UserWatch::notes(std::int64_t start_utc_s) const {
  std::vector<std::string> texts;
  const std::string* told = nullptr;  // contents lie user by user
  for (const Content& content : contents_) {
    if (content.first_s < 0 || (told && *told == content.user)) continue;
    told = &content.user;
    texts.push_back(
        fmt::format("heat user `{}` reached {:.1f} degC (`{}`, beyond {:.0f} to {:.0f} degC since {} UTC), which no {} stands: "
                    "its figures are no "
                    "guide; check its size, power, set-points and gains",
                    content.user, content.worst_c, content.name, content.coldest_c, content.hottest_c,
                    base::utc_text(start_utc_s + content.first_s), is_air(content.name) ? "room" : "open water"));
  }
  return texts;
}

}  // namespace hypocaust::run
