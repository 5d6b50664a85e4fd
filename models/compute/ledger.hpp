// The power ledger: exact joules and peak watts of every host group over each step, from what its hosts do.
//
// Power is piecewise constant, so the sum of power x time between changes is the integral itself. A group's power is kept in
// whole nanowatts: additions and subtractions of hosts cancel exactly, in any order, and nothing drifts over a year.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct GroupEnergy {
  double energy_j = 0, peak_w = 0, core_s = 0;
};

class Ledger {
 public:
  explicit Ledger(std::span<const HostSpec* const> groups);

  struct Change {
    std::int32_t group, host, cores;  // cores: + starts, - ends
    bool by_load = true;              // their power follows from the host's load; otherwise from change_own
  };
  // Times never go back.
  void change(double now_s, const Change& change);
  // Power of jobs that bring their own, above what idle hosts draw: + starts, - ends.
  void change_own(double now_s, std::int32_t group, double power_w);
  struct Sleep {
    std::int32_t group, host;
    bool asleep;
  };
  void set_asleep(double now_s, const Sleep& sleep);  // a host without a job
  struct Level {
    std::int32_t group;
    int percent;  // speed of its cores, 0 to 100
  };
  void set_level(double now_s, const Level& level);
  // Every host of a group at this power, whatever it does: 0 switched off; negative: by what it does again.
  void set_fixed(double now_s, std::int32_t group, double host_w);
  void set_inlet(double now_s, std::int32_t group, double inlet_c);
  // A group whose power is measured: power_w at full dynamic power (what exceeds all hosts' idle power is throttled).
  void set_measured(double now_s, std::int32_t group, double power_w);
  // A group that serves, every host alike at this share of its cores; no jobs.
  void set_load(double now_s, std::int32_t group, double load_frac);
  // Closes the step at now_s; fills one entry per group. peak_w counts only powers held for some time.
  void close(double now_s, std::span<GroupEnergy> groups);

 private:
  struct Group {
    const HostSpec* spec;
    std::vector<std::int64_t> power_nw;  // of one host by busy cores, at the present level
    std::vector<std::int32_t> busy;      // cores, by host
    std::vector<bool> asleep;            // by host
    std::int64_t asleep_nw = 0;          // of one such host
    std::int64_t busy_cores = 0, total_nw = 0;
    std::int64_t own_nw = 0;                // of jobs that bring their own power, at full level
    double measured_w = -1.0;               // negative: not measured
    double load_frac = -1.0;                // negative: the group runs jobs
    double fixed_w = -1.0, inlet_c = -1e9;  // fixed: of one host; negative: not
    int percent = 100;
    double dynamic_frac = 1.0;
    double last_s = 0;
    GroupEnergy sum;
  };
  static std::int64_t host_nw(const Group& group, std::size_t host) {
    return group.asleep[host] ? group.asleep_nw : group.power_nw[static_cast<std::size_t>(group.busy[host])];
  }
  void account(Group& group, double now_s) const;
  void tabulate(Group& group) const;
  std::vector<Group> groups_;
};

}  // namespace hypocaust::compute
