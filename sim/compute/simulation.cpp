#include "sim/compute/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "models/compute/power_chain.hpp"
#include "models/core/contracts.hpp"

namespace hypocaust::compute {
namespace {
std::vector<const HostSpec*> specs_of(const ComputeSpec& spec) {
  std::vector<const HostSpec*> list;
  for (const auto& entry : spec.hosts.entries) list.push_back(&entry.value);
  return list;
}

// A cap is published beforehand; prices, carbon, weather and signals are foreseen.
std::vector<Criterion> criteria_of(const ComputeInputs& inputs) {
  const SchedulerSpec& scheduler = inputs.spec.scheduler;
  const auto enough = [&](const std::vector<double>& costs) {
    EXPECT(static_cast<std::int64_t>(costs.size()) * 3600 >= inputs.span_s());
  };
  std::vector<Criterion> order;
  if (scheduler.order.empty()) {
    enough(inputs.shift_cost);
    order.push_back({.forecast = make_forecast(scheduler.shift->forecast, inputs.shift_cost, inputs.seed)});
    return order;
  }
  for (std::size_t k = 1; k < scheduler.order.size(); ++k) {
    const Aim aim = scheduler.order[k];
    Criterion criterion;
    if (aim != Aim::thermal_limit) {
      enough(inputs.order_costs[k - 1]);
      const ForecastSpec& forecast = aim == Aim::power_cap ? ForecastSpec{} : scheduler.shift->forecast;
      criterion.forecast = make_forecast(forecast, inputs.order_costs[k - 1], inputs.seed + k);
    }
    if (aim >= Aim::price_shift) criterion.alike_value = scheduler.shift->alike_money_j;
    order.push_back(std::move(criterion));
  }
  return order;
}
}  // namespace

Simulation::Simulation(const ComputeInputs& inputs, Work work, const SimulationOptions& options)
    : work_(std::move(work)),
      step_s_(inputs.step_s),
      warm_up_steps_(inputs.warm_up_steps),
      after_stop_(inputs.spec.scheduler.after_stop),
      preempts_(inputs.spec.scheduler.preempts),
      cap_(inputs.cap),
      response_(inputs.response),
      pause_below_frac_(inputs.spec.scheduler.demand_response ? inputs.spec.scheduler.demand_response->pause_below_frac : 0.0),
      most_waiting_(inputs.spec.scheduler.shift ? inputs.spec.scheduler.shift->most_waiting : 0),
      ledger_(specs_of(inputs.spec)),
      slot_of_(work_.jobs.size(), -1),
      begun_(work_.jobs.size(), false),
      next_load_(work_.services.size(), 0),
      records_(options.records),
      warm_up_end_s_(static_cast<double>(inputs.warm_up_s())) {
  std::vector<std::int32_t> host_cores;
  const Rank ranking = make_ranking(inputs.spec.scheduler.policy, work_.jobs);
  for (const auto& [name, hosts] : inputs.spec.hosts.entries) {
    names_.push_back(name);
    const HostPool::Size size{.hosts = static_cast<std::int32_t>(hosts.count), .cores = static_cast<std::int32_t>(hosts.cores)};
    groups_.push_back({.spec = &hosts,
                       .scheduler = make_scheduler(inputs.spec.scheduler, work_.jobs, ranking),
                       .pool = HostPool(size),
                       .first_host = static_cast<std::int32_t>(host_cores.size()),
                       .idle_core_w = server_power_w(hosts.server, {}) / static_cast<double>(hosts.cores),
                       .sleep = hosts.sleep});
    if (hosts.sleep) {
      groups_.back().sleep_s.assign(static_cast<std::size_t>(size.hosts), Group::works);
      for (std::int32_t host = 0; host < size.hosts; ++host) idles(static_cast<std::int32_t>(groups_.size()) - 1, host, 0.0);
    }
    host_cores.insert(host_cores.end(), static_cast<std::size_t>(size.hosts), size.cores);
    all_cores_ += static_cast<double>(hosts.count * hosts.cores);
  }
  closed_.resize(groups_.size());
  for (const auto& entry : inputs.spec.classes.entries) classes_.push_back(entry.value);
  blocked_.assign(classes_.size(), false), leaves_ = blocked_;
  work_.floors.resize(groups_.size(), {Floor{}}), work_.measured_class.resize(groups_.size(), -1);
  if (const auto& shift = inputs.spec.scheduler.shift) {
    std::vector<std::int64_t> cores;
    for (const Group& group : groups_) cores.push_back(group.pool.all_cores());
    const auto hours = static_cast<std::size_t>((inputs.span_s() + 3599) / 3600);
    shift_ = std::make_unique<Shift>(shift->forecast, criteria_of(inputs), cores, hours);
  }
  const JobCounts& c = work_.counts;
  totals_.jobs_read = c.read, totals_.jobs_valid = c.valid, totals_.jobs_zero_time = c.zero_time;
  totals_.jobs_zero_processors = c.zero_processors, totals_.jobs_too_large = c.too_large;
  if (std::any_of(work_.jobs.begin(), work_.jobs.end(), [](const Job& job) { return job.deadline_s >= 0; }))
    ended_.assign(work_.jobs.size(), false);
  if (!work_.jobs.empty()) engine_ = options.make_engine(host_cores, work_.jobs.size(), *this);
}

void Simulation::step(std::int64_t k, const PlantFeedback& feedback, std::span<RackStep> racks) {
  EXPECT(static_cast<double>(k * step_s_) == now_s_ && racks.size() == groups_.size());
  const double end_s = static_cast<double>((k + 1) * step_s_);
  if (follow(feedback, now_s_)) instant();  // else the end of the last step did all that was due
  const bool over_cap = cap_percent_ < 0;
  while (now_s_ < end_s) {
    target_s_ = next_event_s(end_s);
    if (engine_) engine_->advance_to(target_s_);
    now_s_ = target_s_;
    instant();
  }
  ledger_.close(end_s, closed_);
  for (std::size_t g = 0; g < groups_.size(); ++g) racks[g] = {.energy_j = closed_[g].energy_j, .peak_w = closed_[g].peak_w};
  if (k < warm_up_steps_) return;
  recorded_s_ += static_cast<double>(step_s_);
  if (over_cap) totals_.over_cap_s += static_cast<double>(step_s_);
  for (const GroupEnergy& group : closed_) totals_.core_s += group.core_s;
}

// Everything due now, but for the ends of jobs.
void Simulation::instant() {
  started(now_s_);
  limits(now_s_);
  measured_powers(now_s_);
  services(now_s_);
  release_held(now_s_);
  arrivals(now_s_);
  dispatch(now_s_);
  fall_asleep(now_s_);
}

double Simulation::next_event_s(double until_s) const {
  double next_s = until_s;
  if (next_job_ < work_.jobs.size()) next_s = std::min(next_s, static_cast<double>(work_.jobs[next_job_].submit_s));
  for (const Group& group : groups_) {
    if (!group.idle.empty()) next_s = std::min(next_s, group.idle.front().sleep_s);
    if (group.mode == Mode::starting) next_s = std::min(next_s, group.start_end_s);
  }
  if (next_cap_ < cap_.size()) next_s = std::min(next_s, static_cast<double>(cap_[next_cap_].at_s));
  if (next_response_ < response_.size()) next_s = std::min(next_s, static_cast<double>(response_[next_response_].at_s));
  if (!held_.empty()) next_s = std::min(next_s, held_.front().until_s);
  for (std::size_t g = 0; g < groups_.size(); ++g)
    if (groups_[g].next_power < work_.measured[g].size())
      next_s = std::min(next_s, static_cast<double>(work_.measured[g][groups_[g].next_power].at_s));
  for (std::size_t k = 0; k < work_.services.size(); ++k)
    if (next_load_[k] < work_.services[k].load_frac.size())
      next_s = std::min(next_s, static_cast<double>(static_cast<std::int64_t>(next_load_[k]) * work_.services[k].every_s));
  return next_s;
}

void Simulation::measured_powers(double now_s) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto& changes = work_.measured[g];
    std::size_t& next = groups_[g].next_power;
    for (; next < changes.size() && static_cast<double>(changes[next].at_s) <= now_s; ++next)
      ledger_.set_measured(now_s, static_cast<std::int32_t>(g), changes[next].power_w);
  }
}

// A change of any service sets the sum of its group's loads.
void Simulation::services(double now_s) {
  for (std::size_t k = 0; k < work_.services.size(); ++k) {
    const Service& changed = work_.services[k];
    const auto due = [&] {
      return next_load_[k] < changed.load_frac.size() &&
             static_cast<double>(static_cast<std::int64_t>(next_load_[k]) * changed.every_s) <= now_s;
    };
    if (!due()) continue;
    while (due()) ++next_load_[k];
    serve(changed.group, now_s);
  }
}

void Simulation::serve(std::int32_t group, double now_s) {
  double load_frac = 0;
  for (std::size_t k = 0; k < work_.services.size(); ++k)
    if (work_.services[k].group == group && next_load_[k] > 0 && !blocked(work_.services[k].work_class))
      load_frac += work_.services[k].load_frac[next_load_[k] - 1];
  ledger_.set_load(now_s, group, std::min(1.0, load_frac));
}

void Simulation::submit(std::int32_t job) {
  const std::int32_t work_class = work_.jobs[static_cast<std::size_t>(job)].work_class;
  if (blocked(work_class)) {
    withhold(job);
    return;
  }
  ++waiting_;
  Group& group = groups_[static_cast<std::size_t>(work_.jobs[static_cast<std::size_t>(job)].group)];
  group.scheduler->submit(job);
  group.changed = true;
}

void Simulation::arrivals(double now_s) {
  for (; next_job_ < work_.jobs.size() && static_cast<double>(work_.jobs[next_job_].submit_s) <= now_s; ++next_job_) {
    const auto job = static_cast<std::int32_t>(next_job_);
    double until_s = now_s;
    if (shift_) {
      const Job& record = work_.jobs[next_job_];
      const Throttle& throttle = groups_[static_cast<std::size_t>(record.group)].throttle;
      until_s = shift_->start_s(record, {.now_s = now_s,
                                         .may_hold = waiting_ <= most_waiting_,
                                         .throttled = std::min(throttle.hard_frac, throttle.soft_frac) < 1.0});
    }
    if (until_s <= now_s) {
      submit(job);
      continue;
    }
    held_.push_back({until_s, job});
    std::push_heap(held_.begin(), held_.end());
    if (now_s >= warm_up_end_s_) ++totals_.jobs_shifted;
  }
}

void Simulation::release_held(double now_s) {
  while (!held_.empty() && held_.front().until_s <= now_s) {
    submit(held_.front().job);
    std::pop_heap(held_.begin(), held_.end());
    held_.pop_back();
  }
}

void Simulation::ended(double now_s, std::span<const std::int32_t> jobs) {
  now_s = std::max(now_s, now_s_);
  now_s_ = now_s;
  for (const std::int32_t job : jobs) {
    const Slot& slot = slots_[static_cast<std::size_t>(slot_of_[static_cast<std::size_t>(job)])];
    if (records_)
      records_->push_back(
          {.job = job,
           .first_host = groups_[static_cast<std::size_t>(work_.jobs[static_cast<std::size_t>(job)].group)].first_host +
                         slot.pieces.front().host,
           .start_s = slot.start_s,
           .end_s = now_s});
    free_cores_of(job, now_s);
    if (now_s >= warm_up_end_s_) ++totals_.jobs_finished;
    if (ended_.empty()) continue;
    const std::int64_t deadline_s = work_.jobs[static_cast<std::size_t>(job)].deadline_s;
    ended_[static_cast<std::size_t>(job)] = true;
    if (now_s >= warm_up_end_s_ && deadline_s >= 0 && now_s > static_cast<double>(deadline_s)) ++totals_.jobs_late;
  }
  if (now_s < target_s_) dispatch(now_s);  // at the target itself arrivals come first
}

void Simulation::free_cores_of(std::int32_t job, double now_s) {
  const std::int32_t index = slot_of_[static_cast<std::size_t>(job)],
                     group_index = work_.jobs[static_cast<std::size_t>(job)].group;
  Slot& slot = slots_[static_cast<std::size_t>(index)];
  const Job& record = work_.jobs[static_cast<std::size_t>(job)];
  Group& group = groups_[static_cast<std::size_t>(group_index)];
  for (const Piece& piece : slot.pieces) {
    group.pool.give(piece);
    ledger_.change(now_s, {.group = group_index, .host = piece.host, .cores = -piece.cores, .by_load = record.power_w < 0});
    if (group.sleep && group.pool.busy_on(piece.host) == 0) idles(group_index, piece.host, now_s);
  }
  if (record.power_w >= 0) ledger_.change_own(now_s, group_index, -own_power_w(record));
  group.scheduler->release(job, {.started_s = slot.start_s, .now_s = now_s});
  group.changed = true;
  slot.job = -1;
  slot.pieces.clear();
  slot_of_[static_cast<std::size_t>(job)] = -1;
  free_slots_.push_back(index);
}

void Simulation::idles(std::int32_t group, std::int32_t host, double now_s) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  const double sleep_s = now_s + g.sleep->after_s;
  g.sleep_s[static_cast<std::size_t>(host)] = sleep_s;
  g.idle.push_back({sleep_s, host});
}

void Simulation::fall_asleep(double now_s) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Group& group = groups_[g];
    for (; !group.idle.empty() && group.idle.front().sleep_s <= now_s; group.idle.pop_front()) {
      const Idle idle = group.idle.front();
      double& due_s = group.sleep_s[static_cast<std::size_t>(idle.host)];
      if (due_s != idle.sleep_s) continue;
      due_s = Group::asleep;
      ledger_.set_asleep(now_s, {.group = static_cast<std::int32_t>(g), .host = idle.host, .asleep = true});
    }
  }
}

// The hosts get work: how much longer the job takes because one of them sleeps.
double Simulation::wake(std::int32_t group, std::span<const Piece> pieces, double now_s) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  double wake_s = 0.0;
  for (const Piece& piece : pieces) {
    double& due_s = g.sleep_s[static_cast<std::size_t>(piece.host)];
    if (due_s == Group::asleep) {
      ledger_.set_asleep(now_s, {.group = group, .host = piece.host, .asleep = false});
      wake_s = g.sleep->wake_s;
    }
    due_s = Group::works;
  }
  return wake_s;
}

void Simulation::dispatch(double now_s) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Group& group = groups_[g];
    if (!group.changed || group.mode != Mode::works) continue;
    group.changed = false;
    for (const std::int32_t job : group.scheduler->pick(now_s, group.pool.free_cores())) start(group, job, now_s);
    if (preempts_) preempt(group, static_cast<std::int32_t>(g), now_s);
  }
}

void Simulation::start(Group& group, std::int32_t job, double now_s) {
  const auto j = static_cast<std::size_t>(job);
  const Job& record = work_.jobs[j];
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::int32_t>(slots_.size()));
    slots_.emplace_back();
  }
  slot_of_[j] = free_slots_.back();
  free_slots_.pop_back();
  Slot& slot = slots_[static_cast<std::size_t>(slot_of_[j])];
  slot.job = job, slot.start_s = now_s;
  --waiting_;
  group.pool.take(record.cores, slot.pieces);
  const double wake_s = group.sleep ? wake(record.group, slot.pieces, now_s) : 0.0;
  for (const Piece& piece : slot.pieces)
    ledger_.change(now_s, {.group = record.group, .host = piece.host, .cores = piece.cores, .by_load = record.power_w < 0});
  if (record.power_w >= 0) ledger_.change_own(now_s, record.group, own_power_w(record));
  const double rest_s = wake_s + (rest_s_.empty() ? static_cast<double>(record.run_s) : rest_s_[j]);
  engine_->start({.job = job,
                  .host = group.first_host + slot.pieces.front().host,
                  .cores = slot.pieces.front().cores,
                  .now_s = now_s,
                  .rest_s = rest_s});
  if (begun_[j]) return;  // a job that was stopped is counted once
  begun_[j] = true;
  if (now_s < warm_up_end_s_) return;
  const double wait_s = now_s - static_cast<double>(record.submit_s);
  ++totals_.jobs_started;
  if (shift_ && record.delay_s > 0 && now_s > static_cast<double>(record.submit_s + record.delay_s)) ++totals_.jobs_overdue;
  wait_sum_s_ += wait_s;
  totals_.wait_max_s = std::max(totals_.wait_max_s, wait_s);
}

// What a job of known power adds to hosts that idle.
double Simulation::own_power_w(const Job& job) const {
  return std::max(0.0, job.power_w - groups_[static_cast<std::size_t>(job.group)].idle_core_w * job.cores);
}

ComputeTotals Simulation::totals() const {
  ComputeTotals totals = totals_;
  for (std::size_t j = 0; j < ended_.size(); ++j)
    totals.jobs_late +=
        !ended_[j] && work_.jobs[j].deadline_s >= 0 && static_cast<double>(work_.jobs[j].deadline_s) < now_s_ ? 1 : 0;
  if (totals.jobs_started > 0) totals.wait_mean_s = wait_sum_s_ / static_cast<double>(totals.jobs_started);
  if (all_cores_ > 0 && recorded_s_ > 0) totals.utilisation_frac = totals.core_s / (all_cores_ * recorded_s_);
  return totals;
}

}  // namespace hypocaust::compute
