#include "models/compute/ledger.hpp"

#include <cmath>

#include "models/compute/power_chain.hpp"
#include "models/core/contracts.hpp"

namespace hypocaust::compute {
namespace {
std::int64_t nanowatts(double power_w) { return std::llround(power_w * 1e9); }
double watts(std::int64_t power_nw) { return static_cast<double>(power_nw) / 1e9; }
}  // namespace

Ledger::Ledger(std::span<const HostSpec* const> groups) {
  for (const HostSpec* spec : groups) {
    Group group{
        .spec = spec, .power_nw = {}, .busy = std::vector<std::int32_t>(static_cast<std::size_t>(spec->count), 0), .sum = {}};
    group.asleep.assign(group.busy.size(), false);
    group.power_nw.resize(static_cast<std::size_t>(spec->cores) + 1);
    tabulate(group);
    groups_.push_back(std::move(group));
  }
}

void Ledger::tabulate(Group& group) const {
  const HostSpec& spec = *group.spec;
  const double hosts = static_cast<double>(spec.count);
  group.dynamic_frac = dynamic_frac(spec.server, group.percent / 100.0);
  const auto at = [&](double load_frac) {
    return server_power_w(spec.server, {.load_frac = load_frac, .throttle_frac = group.dynamic_frac, .inlet_c = group.inlet_c});
  };
  for (std::size_t k = 0; k < group.power_nw.size(); ++k)
    group.power_nw[k] =
        nanowatts(group.fixed_w >= 0 ? group.fixed_w : at(static_cast<double>(k) / static_cast<double>(spec.cores)));
  group.asleep_nw = group.fixed_w >= 0 ? nanowatts(group.fixed_w) : !spec.sleep ? 0 : nanowatts(spec.sleep->power_w);
  group.total_nw = 0;
  for (std::size_t host = 0; host < group.busy.size(); ++host) group.total_nw += host_nw(group, host);
  if (group.fixed_w >= 0) return;
  if (group.load_frac >= 0) group.total_nw = nanowatts(at(group.load_frac) * hosts);
  if (group.measured_w < 0) return;
  const double idle_w = std::fmin(group.measured_w, watts(group.power_nw[0]) * hosts);
  group.total_nw = nanowatts(idle_w + group.dynamic_frac * (group.measured_w - idle_w));
}

void Ledger::account(Group& group, double now_s) const {
  const double dt_s = now_s - group.last_s;
  EXPECT(dt_s >= 0);
  if (dt_s <= 0) return;
  const bool fixed = group.fixed_w >= 0;
  const double own_w = fixed ? 0.0 : watts(group.own_nw) * group.dynamic_frac, power_w = watts(group.total_nw) + own_w;
  group.sum.energy_j += power_w * dt_s;
  group.sum.peak_w = std::fmax(group.sum.peak_w, power_w);
  const double served = std::fmax(0.0, group.load_frac) * static_cast<double>(group.spec->count * group.spec->cores);
  group.sum.core_s += (static_cast<double>(group.busy_cores) + (fixed || group.percent == 0 ? 0.0 : served)) * dt_s;
  group.last_s = now_s;
}

void Ledger::change(double now_s, const Change& change) {
  Group& group = groups_[static_cast<std::size_t>(change.group)];
  account(group, now_s);
  group.busy_cores += change.cores;
  if (!change.by_load) return;
  std::int32_t& busy = group.busy[static_cast<std::size_t>(change.host)];
  group.total_nw -= group.power_nw[static_cast<std::size_t>(busy)];
  busy += change.cores;
  EXPECT(busy >= 0 && busy <= group.spec->cores && group.measured_w < 0);
  group.total_nw += group.power_nw[static_cast<std::size_t>(busy)];
}

void Ledger::set_asleep(double now_s, const Sleep& sleep) {
  Group& group = groups_[static_cast<std::size_t>(sleep.group)];
  const auto host = static_cast<std::size_t>(sleep.host);
  account(group, now_s);
  EXPECT(group.busy[host] == 0);
  group.total_nw -= host_nw(group, host);
  group.asleep[host] = sleep.asleep;
  group.total_nw += host_nw(group, host);
}

void Ledger::change_own(double now_s, std::int32_t group, double power_w) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  account(g, now_s);
  g.own_nw += nanowatts(power_w);
}

void Ledger::set_load(double now_s, std::int32_t group, double load_frac) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  account(g, now_s);
  g.load_frac = load_frac;
  tabulate(g);
}

void Ledger::set_level(double now_s, const Level& level) {
  Group& group = groups_[static_cast<std::size_t>(level.group)];
  account(group, now_s);
  group.percent = level.percent;
  tabulate(group);
}

void Ledger::set_fixed(double now_s, std::int32_t group, double host_w) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  account(g, now_s);
  g.fixed_w = host_w;
  tabulate(g);
}

void Ledger::set_inlet(double now_s, std::int32_t group, double inlet_c) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  account(g, now_s);
  g.inlet_c = inlet_c;
  tabulate(g);
}

void Ledger::set_measured(double now_s, std::int32_t group, double power_w) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  account(g, now_s);
  g.measured_w = power_w;
  tabulate(g);
}

void Ledger::close(double now_s, std::span<GroupEnergy> groups) {
  EXPECT(groups.size() == groups_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    account(groups_[g], now_s);
    groups[g] = groups_[g].sum;
    groups_[g].sum = {};
  }
}

}  // namespace hypocaust::compute
