// What may run and how fast: protection and supply by the plant's word, then the power cap and the signal of the grid. A group's
// speed is the lowest that any of them allows; cap and signal never go below what the classes of its work say.
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/compute/power_chain.hpp"
#include "sim/compute/simulation.hpp"

namespace hypocaust::compute {

// Whether there was anything to hear: after a step without a word another without one changes nothing.
bool Simulation::follow(const PlantFeedback& feedback, double now_s) {
  const bool nothing = feedback.neutral();
  if (std::exchange(heard_nothing_, nothing) && nothing) return false;
  const auto speed = [](const ServerSpec& server, double frac) { return frac >= 1.0 ? 100 : speed_percent(server, frac); };
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto group = static_cast<std::int32_t>(g);
    const bool off = feedback.shed || group >= feedback.groups_on;
    set_mode(group, off ? Mode::off : feedback.stopped ? Mode::stopped : Mode::works, now_s);
    Group& own = groups_[g];
    const Throttle said = feedback.of_group(g), now{std::clamp(said.hard_frac, 0.0, 1.0), std::clamp(said.soft_frac, 0.0, 1.0)};
    if (now.hard_frac != own.throttle.hard_frac) own.hard_percent = speed(own.spec->server, now.hard_frac);
    if (now.soft_frac != own.throttle.soft_frac) own.soft_percent = speed(own.spec->server, now.soft_frac);
    own.throttle = now;
    if (g < feedback.inlet_c.size() && groups_[g].spec->server.inlet) ledger_.set_inlet(now_s, group, feedback.inlet_c[g]);
  }
  if (feedback.classes_shed != classes_shed_) {
    classes_shed_ = feedback.classes_shed;
    block_classes(now_s);
  }
  set_levels(now_s);
  return true;
}

void Simulation::set_mode(std::int32_t group, Mode wanted, double now_s) {
  Group& g = groups_[static_cast<std::size_t>(group)];
  if (g.mode == Mode::starting && wanted == Mode::works) return;  // started() ends it
  if (g.mode == wanted) return;
  if (wanted != Mode::works) stop_group(group, now_s, wanted == Mode::stopped);
  const bool starts = g.mode == Mode::off && wanted == Mode::works && g.spec->start && g.spec->start->lasts_s > 0;
  g.mode = starts ? Mode::starting : wanted;
  if (starts) g.start_end_s = now_s + g.spec->start->lasts_s;
  ledger_.set_fixed(now_s, group, starts ? g.spec->start->power_w : wanted == Mode::off ? 0.0 : -1.0);
  g.changed = true;
}

void Simulation::started(double now_s) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].mode != Mode::starting || groups_[g].start_end_s > now_s) continue;
    groups_[g].mode = Mode::works, groups_[g].changed = true;
    ledger_.set_fixed(now_s, static_cast<std::int32_t>(g), -1.0);
  }
}

// The next change of the cap, the next of the signal; whether there was one.
bool Simulation::cap_and_response(double now_s) {
  bool changed = false;
  for (; next_cap_ < cap_.size() && static_cast<double>(cap_[next_cap_].at_s) <= now_s; ++next_cap_) changed = true;
  for (; next_response_ < response_.size() && static_cast<double>(response_[next_response_].at_s) <= now_s; ++next_response_) {
    const double level_frac = response_[next_response_].level_frac;
    response_percent_ = static_cast<int>(std::floor(level_frac * 100.0 + 1e-9));
    pausing_ = level_frac < pause_below_frac_;
    changed = true;
  }
  return changed;
}

void Simulation::limits(double now_s) {
  if (!cap_and_response(now_s)) return;
  leave();
  block_classes(now_s);
  set_levels(now_s);
}

int Simulation::floor_percent(std::size_t group) const {
  int percent = 0;
  for (const Floor& floor : work_.floors[group])
    if (floor.work_class < 0 || !leaves_[static_cast<std::size_t>(floor.work_class)]) percent = std::max(percent, floor.percent);
  return percent;
}

// What cap and signal ask of the speed; work that may not follow and may run elsewhere leaves. It stays while it can: a signal is
// met by pausing first, a cap by slowing down.
void Simulation::leave() {
  const auto percent_of = [](const ClassSpec& one) { return static_cast<int>(std::ceil(one.cap_to_frac * 100.0 - 1e-9)); };
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    const ClassSpec& one = classes_[c];
    leaves_[c] = one.off_site && !(pausing_ && one.pause) && (pausing_ || percent_of(one) > response_percent_);
  }
  if (next_cap_ == 0) return;
  std::vector<const HostSpec*> specs;
  for (const Group& group : groups_) specs.push_back(group.spec);
  const auto capped = [&] {
    std::vector<int> floors;
    for (std::size_t g = 0; g < groups_.size(); ++g) floors.push_back(floor_percent(g));
    return capped_percent(specs, floors, cap_[next_cap_ - 1].power_w);
  };
  cap_percent_ = capped();
  if (cap_percent_ >= 0) return;
  const std::vector<bool> by_signal = leaves_;
  for (std::size_t c = 0; c < classes_.size(); ++c) leaves_[c] = classes_[c].off_site;
  cap_percent_ = capped();
  for (std::size_t c = 0; c < classes_.size(); ++c)
    leaves_[c] = by_signal[c] || (leaves_[c] && percent_of(classes_[c]) > cap_percent_);
}

void Simulation::set_levels(double now_s) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Group& group = groups_[g];
    const int asked_percent = std::min({cap_percent_, response_percent_, group.soft_percent});
    const int percent = std::min(group.hard_percent, std::max({0, asked_percent, floor_percent(g)}));
    if (percent != group.percent) {
      group.percent = percent;
      if (engine_)
        engine_->set_level({.first_host = group.first_host,
                            .hosts = static_cast<std::int32_t>(group.spec->count),
                            .percent = percent,
                            .now_s = now_s});
    }
    const int ledger_percent = group.mode == Mode::stopped || blocked(work_.measured_class[g]) ? 0 : percent;
    if (ledger_percent == group.ledger_percent) continue;
    group.ledger_percent = ledger_percent;
    ledger_.set_level(now_s, {.group = static_cast<std::int32_t>(g), .percent = ledger_percent});
  }
}

// Classes that are shed or paused from now on stop; those that may work again are submitted.
void Simulation::block_classes(double now_s) {
  const std::vector<bool> before = blocked_;
  for (std::size_t c = 0; c < classes_.size(); ++c)
    blocked_[c] = leaves_[c] || (classes_[c].shed > 0 && classes_[c].shed <= classes_shed_) || (pausing_ && classes_[c].pause);
  if (blocked_ == before) return;
  const auto fresh = [&](std::int32_t job) {
    const std::int32_t c = work_.jobs[static_cast<std::size_t>(job)].work_class;
    return blocked(c) && !before[static_cast<std::size_t>(c)];
  };
  std::vector<std::int32_t> stopped;
  for (const Slot& slot : slots_)
    if (slot.job >= 0 && fresh(slot.job)) stopped.push_back(slot.job);
  std::sort(stopped.begin(), stopped.end());
  for (const std::int32_t job : stopped) stop(job, now_s, true);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    std::vector<std::int32_t> waiting;
    for (std::size_t job = 0; job < next_job_; ++job)
      if (const auto number = static_cast<std::int32_t>(job);
          work_.jobs[job].group == static_cast<std::int32_t>(g) && fresh(number) && groups_[g].scheduler->waits(number))
        waiting.push_back(number);
    if (waiting.empty()) continue;
    groups_[g].scheduler->withdraw(waiting);
    waiting_ -= static_cast<std::int64_t>(waiting.size());
    groups_[g].changed = true;
    for (const std::int32_t job : waiting) withhold(job);
  }
  for (const std::int32_t job : stopped) withhold(job);
  std::vector<std::int32_t> back;
  std::swap(back, withheld_);
  std::sort(back.begin(), back.end());
  for (const std::int32_t job : back) submit(job);  // still blocked: withheld again
  for (std::size_t g = 0; g < groups_.size(); ++g)
    if (std::any_of(work_.services.begin(), work_.services.end(),
                    [&](const Service& service) { return service.group == static_cast<std::int32_t>(g); }))
      serve(static_cast<std::int32_t>(g), now_s);
}

// A job of a blocked class: it waits aside, or leaves for another site.
void Simulation::withhold(std::int32_t job) {
  const auto c = static_cast<std::size_t>(work_.jobs[static_cast<std::size_t>(job)].work_class);
  const ClassSpec& work_class = classes_[c];
  if (leaves_[c] || (work_class.off_site && work_class.shed > 0 && work_class.shed <= classes_shed_)) {
    if (now_s_ >= warm_up_end_s_) ++totals_.jobs_moved;
    if (!ended_.empty()) ended_[static_cast<std::size_t>(job)] = true;  // its deadline is another site's
  } else {
    withheld_.push_back(job);
  }
}

// In order: a job that may be paused keeps its work, at the cost of a checkpoint. The job is then in no queue.
void Simulation::stop(std::int32_t job, double now_s, bool in_order) {
  if (rest_s_.empty())
    for (const Job& each : work_.jobs) rest_s_.push_back(static_cast<double>(each.run_s));
  const std::int32_t c = work_.jobs[static_cast<std::size_t>(job)].work_class;
  const bool kept = in_order && c >= 0 && classes_[static_cast<std::size_t>(c)].pause;
  const double rest_s = engine_->stop(job, now_s);
  const bool resumes = kept || after_stop_ == AfterStop::resume;
  if (resumes)
    rest_s_[static_cast<std::size_t>(job)] = rest_s + (kept ? classes_[static_cast<std::size_t>(c)].checkpoint_s : 0.0);
  free_cores_of(job, now_s);
  if (now_s < warm_up_end_s_) return;
  ++totals_.jobs_stopped;
  if (!resumes) ++totals_.jobs_lost;
}

void Simulation::stop_group(std::int32_t group, double now_s, bool in_order) {
  std::vector<std::int32_t> stopped;
  for (const Slot& slot : slots_)
    if (slot.job >= 0 && work_.jobs[static_cast<std::size_t>(slot.job)].group == group) stopped.push_back(slot.job);
  std::sort(stopped.begin(), stopped.end());
  for (const std::int32_t job : stopped) stop(job, now_s, in_order);
  groups_[static_cast<std::size_t>(group)].scheduler->put_back(stopped);
  waiting_ += static_cast<std::int64_t>(stopped.size());
}

// The head of the queue stops jobs of lower priority that may be paused: the lowest first, of these the one started last, and
// only where that makes room for it.
void Simulation::preempt(Group& group, std::int32_t index, double now_s) {
  for (std::int32_t head = group.scheduler->first_waiting(); head >= 0; head = group.scheduler->first_waiting()) {
    const Job& wants = work_.jobs[static_cast<std::size_t>(head)];
    std::vector<const Slot*> may_go;
    for (const Slot& slot : slots_) {
      if (slot.job < 0) continue;
      const Job& runs = work_.jobs[static_cast<std::size_t>(slot.job)];
      if (runs.group == index && runs.priority < wants.priority && runs.work_class >= 0 &&
          classes_[static_cast<std::size_t>(runs.work_class)].pause)
        may_go.push_back(&slot);
    }
    const auto job_of = [&](const Slot* slot) -> const Job& { return work_.jobs[static_cast<std::size_t>(slot->job)]; };
    std::sort(may_go.begin(), may_go.end(), [&](const Slot* a, const Slot* b) {
      if (job_of(a).priority != job_of(b).priority) return job_of(a).priority < job_of(b).priority;
      return a->start_s != b->start_s ? a->start_s > b->start_s : a->job > b->job;
    });
    std::int64_t free = group.pool.free_cores();
    std::vector<std::int32_t> stopped;
    for (std::size_t k = 0; k < may_go.size() && free < wants.cores; ++k)
      stopped.push_back(may_go[k]->job), free += job_of(may_go[k]).cores;
    if (free < wants.cores || stopped.empty()) return;
    for (const std::int32_t job : stopped) stop(job, now_s, true);
    if (now_s >= warm_up_end_s_) totals_.jobs_preempted += static_cast<std::int64_t>(stopped.size());
    group.scheduler->put_back(stopped);
    waiting_ += static_cast<std::int64_t>(stopped.size());
    group.changed = false;
    for (const std::int32_t job : group.scheduler->pick(now_s, group.pool.free_cores())) start(group, job, now_s);
    if (group.scheduler->waits(head)) return;  // a promise made before holds it back
  }
}

}  // namespace hypocaust::compute
