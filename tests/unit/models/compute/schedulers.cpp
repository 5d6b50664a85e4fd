// Policies and backfilling: textbook cases by hand, and each against a plain restatement of its definition on random queues.
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>
#include <vector>

#include "models/compute/scheduler.hpp"
#include "models/core/random.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {

// Start of each job on a machine of `cores`, driven by a scheduler; jobs end after their run time.
std::vector<std::int64_t> starts(const JobTable& jobs, std::int64_t cores, Scheduler& scheduler) {
  using End = std::pair<std::int64_t, std::int32_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::vector<std::int64_t> start(jobs.size(), -1);
  std::size_t next = 0;
  while (next < jobs.size() || !ends.empty()) {
    std::int64_t now = ends.empty() ? jobs[next].submit_s : ends.top().first;
    if (next < jobs.size()) now = std::min(now, jobs[next].submit_s);
    for (; !ends.empty() && ends.top().first == now; ends.pop()) {
      scheduler.release(ends.top().second, {.started_s = static_cast<double>(start[static_cast<std::size_t>(ends.top().second)]),
                                            .now_s = static_cast<double>(now)});
      cores += jobs[static_cast<std::size_t>(ends.top().second)].cores;
    }
    for (; next < jobs.size() && jobs[next].submit_s == now; ++next) scheduler.submit(static_cast<std::int32_t>(next));
    for (const std::int32_t job : scheduler.pick(static_cast<double>(now), cores)) {
      const auto j = static_cast<std::size_t>(job);
      start[j] = now;
      cores -= jobs[j].cores;
      ends.push({now + jobs[j].run_s, job});
    }
  }
  return start;
}

// The definitions as they read, with no shortcuts: everything is looked at again at every event, promises of conservative
// backfilling are kept in a table of free cores by the second.
struct Plain {
  const JobTable& jobs;
  std::int64_t cores;
  Policy policy;
  Backfilling backfilling;

  struct Run {
    std::int64_t end, planned, cores;
  };
  std::vector<Run> running{};
  std::vector<std::size_t> queue{};
  std::vector<std::int64_t> start = std::vector<std::int64_t>(jobs.size(), -1), promised = start;
  std::vector<std::int64_t> plan = std::vector<std::int64_t>(60000, cores);  // free cores by second
  std::int64_t now = 0;
  bool anew = false;

  bool before(std::size_t a, std::size_t b) const {
    const Job &x = jobs[a], &y = jobs[b];
    if (policy == Policy::sjf && x.requested_s != y.requested_s) return x.requested_s < y.requested_s;
    if (policy == Policy::ljf && x.cores != y.cores) return x.cores > y.cores;
    if (policy == Policy::priority && x.priority != y.priority) return x.priority > y.priority;
    return a < b;
  }
  void begin(std::size_t place) {
    const Job& job = jobs[queue[place]];
    start[queue[place]] = now;
    cores -= job.cores;
    running.push_back({now + job.run_s, now + job.requested_s, job.cores});
    queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(place));
  }
  void fill(std::int64_t from, std::int64_t to, std::int64_t change) {
    for (std::int64_t t = from; t < to; ++t) plan[static_cast<std::size_t>(t)] += change;
  }
  void promise(std::size_t job) {
    std::int64_t from = now;
    for (std::int64_t t = from; t < from + jobs[job].requested_s; ++t)
      if (plan[static_cast<std::size_t>(t)] < jobs[job].cores) from = t + 1;
    promised[job] = from;
    fill(from, from + jobs[job].requested_s, -jobs[job].cores);
  }
  void easy() {
    while (!queue.empty() && jobs[queue[0]].cores <= cores) begin(0);
    if (queue.empty()) return;
    std::vector<std::int64_t> times;
    for (const Run& run : running) times.push_back(std::max(run.planned, now));
    std::sort(times.begin(), times.end());
    std::int64_t shadow = 0, extra = -1;
    for (std::size_t k = 0; k < times.size() && extra < 0; ++k) {
      shadow = times[k];
      extra = cores - jobs[queue[0]].cores;
      for (const Run& run : running) extra += std::max(run.planned, now) <= shadow ? run.cores : 0;
    }
    for (std::size_t place = 1; place < queue.size();) {
      const Job& job = jobs[queue[place]];
      const bool in_time = now + job.requested_s <= shadow;
      if (job.cores > cores || (!in_time && job.cores > extra)) {
        ++place;
        continue;
      }
      if (!in_time) extra -= job.cores;
      begin(place);
    }
  }
  void conservative(bool freed_early) {
    const bool overdue = std::any_of(running.begin(), running.end(), [&](const Run& run) { return run.planned <= now; });
    if (overdue || anew) {
      const std::int64_t all = std::accumulate(running.begin(), running.end(), cores,
                                               [](std::int64_t sum, const Run& run) { return sum + run.cores; });
      std::fill(plan.begin(), plan.end(), all);
      for (const Run& run : running) fill(now, std::max(run.planned, now + 1), -run.cores);
      for (const std::size_t job : queue) promise(job);
    } else {
      for (bool moved = freed_early; moved;) {
        moved = false;
        for (const std::size_t job : queue) {
          const std::int64_t was = promised[job];
          if (was < 0) continue;
          fill(was, was + jobs[job].requested_s, jobs[job].cores);
          promise(job);
          moved = moved || promised[job] < was;
        }
      }
      for (const std::size_t job : queue)
        if (promised[job] < 0) promise(job);
    }
    anew = overdue;
    for (std::size_t place = 0; place < queue.size();)
      if (promised[queue[place]] == now) begin(place);
      else ++place;
  }
  std::vector<std::int64_t> starts() {
    std::size_t next = 0;
    while (next < jobs.size() || !running.empty()) {
      now = next < jobs.size() ? jobs[next].submit_s : running[0].end;
      for (const Run& run : running) now = std::min(now, run.end);
      bool freed_early = false;
      for (std::size_t k = running.size(); k-- > 0;) {
        if (running[k].end != now) continue;
        cores += running[k].cores;
        freed_early = freed_early || running[k].planned > now;
        anew = anew || running[k].planned < now;
        fill(now, std::max(now, running[k].planned), running[k].cores);
        running.erase(running.begin() + static_cast<std::ptrdiff_t>(k));
      }
      while (next < jobs.size() && jobs[next].submit_s == now) queue.push_back(next++);
      std::sort(queue.begin(), queue.end(), [&](std::size_t a, std::size_t b) { return before(a, b); });
      if (backfilling == Backfilling::conservative) conservative(freed_early);
      if (backfilling == Backfilling::easy) easy();
      if (backfilling == Backfilling::none)
        while (!queue.empty() && jobs[queue[0]].cores <= cores) begin(0);
      for (std::size_t place = 0; backfilling == Backfilling::first_fit && place < queue.size();)
        if (jobs[queue[place]].cores <= cores) begin(place);
        else ++place;
    }
    return start;
  }
};

std::vector<std::int64_t> starts(const JobTable& jobs, std::int64_t cores, const SchedulerSpec& spec) {
  return starts(jobs, cores, *make_scheduler(spec, jobs, make_ranking(spec.policy, jobs)));
}

Job job(std::int64_t submit_s, std::int64_t run_s, std::int32_t cores) {
  return {.submit_s = submit_s, .run_s = run_s, .requested_s = run_s, .cores = cores, .group = 0};
}

}  // namespace

TEST_CASE("no backfilling: nothing overtakes the head of the queue") {
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 5, 2), job(3, 1, 2)};
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::none}) == std::vector<std::int64_t>{0, 10, 10, 15});
}

TEST_CASE("policies order the queue: shortest request, largest job, highest priority first") {
  JobTable jobs{job(0, 10, 10), job(1, 20, 8), job(1, 5, 4), job(1, 3, 10)};
  jobs[2].priority = jobs[3].priority = 5;
  const auto order = [&](Policy policy) { return starts(jobs, 10, {.policy = policy, .backfilling = Backfilling::none}); };
  CHECK(order(Policy::fcfs) == std::vector<std::int64_t>{0, 10, 30, 35});
  CHECK(order(Policy::sjf) == std::vector<std::int64_t>{0, 18, 13, 10});
  CHECK(order(Policy::ljf) == std::vector<std::int64_t>{0, 13, 33, 10});
  CHECK(order(Policy::priority) == std::vector<std::int64_t>{0, 18, 10, 15});
}

TEST_CASE("first fit: whatever fits starts, and the wide job waits") {
  // job 1 (8 of 10 cores) would fit at 10 s, but jobs 2 and 3 have taken the cores by then
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 100, 3), job(3, 6, 3), job(4, 100, 1)};
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::first_fit}) == std::vector<std::int64_t>{0, 102, 2, 10, 4});
}

TEST_CASE("EASY: short jobs fill the gap before the shadow time, narrow ones the extra cores, wide long ones wait") {
  // job 1 is promised 10 s (8 of 10 cores), leaving 2 extra cores
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 100, 3), job(3, 6, 3), job(4, 100, 1), job(5, 5, 1)};
  // job 2 (3 cores, until 102) needs more than the extra cores: waits, until job 1 and 4 leave one... it fits at 20 s
  // job 3 ends at 9: starts at 3; job 4 takes an extra core at 4; job 5 (1 core, until 10) fits when job 3 has ended
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::easy}) == std::vector<std::int64_t>{0, 10, 20, 3, 4, 9});
}

TEST_CASE("EASY: the head is never delayed when requests are true, and a depth of one sees one waiting job") {
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 20, 4), job(3, 3, 4)};
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::easy}) == std::vector<std::int64_t>{0, 10, 20, 3});
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::easy, .backfill_depth = 1}) == std::vector<std::int64_t>{0, 10, 20, 20});
}

TEST_CASE("conservative: the second in the queue is not delayed either, where EASY delays it") {
  // job 1 is promised 10 to 20 s, job 2 all cores from 20 s. Job 3 takes the two extra cores until 21 s: EASY lets it.
  JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 5, 10), job(3, 18, 2)};
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::easy}) == std::vector<std::int64_t>{0, 10, 21, 3});
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::conservative}) == std::vector<std::int64_t>{0, 10, 20, 25});
  // Job 0 ends after 4 of its 10 s: every promise moves up by six seconds.
  jobs[0].run_s = 4;
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::conservative}) == std::vector<std::int64_t>{0, 4, 14, 19});
}

TEST_CASE("conservative: a job past its requested time pushes the promises back, in order") {
  JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 5, 4)};
  jobs[0].run_s = 13;  // job 1 was promised 10 s; job 2 fits beside job 0, before 10 s, for 5 s
  jobs.push_back(job(11, 2, 4));
  // at 11 s job 1 is promised 12 s, so job 3 (until 13 s) waits for it
  CHECK(starts(jobs, 10, {.backfilling = Backfilling::conservative}) == std::vector<std::int64_t>{0, 13, 2, 23});
}

TEST_CASE("every policy with every backfilling agrees with its plain definition on random queues") {
  const auto policy = GENERATE(Policy::fcfs, Policy::sjf, Policy::ljf, Policy::priority);
  const auto backfilling = GENERATE(Backfilling::none, Backfilling::first_fit, Backfilling::easy, Backfilling::conservative);
  std::size_t different = 0, overtaken = 0;
  for (std::uint32_t set = 0; set < 12; ++set) {
    const RandomStream random(11, "arrivals", set);
    JobTable jobs(300);
    double at_s = 0;
    for (std::size_t k = 0; k < jobs.size(); ++k) {
      at_s += 12.0 * random.exponential(k, 0);
      const double wide = random.uniform(k, 1), right = set % 2 == 0 ? 1.0 : 0.5 + 2.0 * random.uniform(k, 3);
      jobs[k] = job(static_cast<std::int64_t>(at_s), 1 + static_cast<std::int64_t>(100.0 * random.exponential(k, 2)),
                    1 + static_cast<std::int32_t>(wide * wide * 15.0));
      jobs[k].requested_s = 1 + static_cast<std::int64_t>(static_cast<double>(jobs[k].run_s) * right);
      jobs[k].priority = static_cast<std::int32_t>(4.0 * random.uniform(k, 4));
    }
    const std::vector<std::int64_t> ours = starts(jobs, 32, {.policy = policy, .backfilling = backfilling}),
                                    plain = Plain{jobs, 32, policy, backfilling}.starts();
    for (std::size_t k = 0; k < jobs.size(); ++k)
      different += ours[k] != plain[k] ? 1 : 0, overtaken += k > 0 && plain[k] < plain[k - 1] ? 1 : 0;
  }
  CHECK(different == 0);
  if (policy != Policy::fcfs || backfilling != Backfilling::none) CHECK(overtaken > 50);  // or nothing was shown
}

TEST_CASE("a rank set is an ordered set") {
  RankSet set(70000);
  CHECK(set.first() == -1);
  std::set<std::int32_t> plain;
  const RandomStream random(3, "arrivals");
  for (std::uint64_t k = 0; k < 4000; ++k) {
    const auto rank = static_cast<std::int32_t>(70000.0 * random.uniform(k));
    if (k % 3 == 2 && !plain.empty()) {
      const std::int32_t gone = *plain.begin();
      set.erase(gone), plain.erase(gone);
    } else {
      set.insert(rank), plain.insert(rank);
    }
    const auto next = plain.upper_bound(rank);
    REQUIRE(set.first() == (plain.empty() ? -1 : *plain.begin()));
    REQUIRE(set.after(rank) == (next == plain.end() ? -1 : *next));
    REQUIRE(set.contains(rank) == plain.contains(rank));
  }
  CHECK(set.after(69999) == -1);
}
