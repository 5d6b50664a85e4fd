// FCFS and EASY: textbook cases by hand, and EASY against a plain restatement of its definition on random queues.
#include <catch2/catch.hpp>

#include <algorithm>
#include <queue>
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
      scheduler.release(ends.top().second);
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

// EASY as its definition reads, with no shortcuts: everything is looked at again at every event.
std::vector<std::int64_t> plain_easy(const JobTable& jobs, std::int64_t cores) {
  struct Run {
    std::int64_t end, planned, cores;
  };
  std::vector<Run> running;
  std::vector<std::size_t> queue;
  std::vector<std::int64_t> start(jobs.size(), -1);
  std::size_t next = 0;
  while (next < jobs.size() || !running.empty()) {
    std::int64_t now = next < jobs.size() ? jobs[next].submit_s : running[0].end;
    for (const Run& run : running) now = std::min(now, run.end);
    for (std::size_t k = running.size(); k-- > 0;)
      if (running[k].end == now) cores += running[k].cores, running.erase(running.begin() + static_cast<std::ptrdiff_t>(k));
    while (next < jobs.size() && jobs[next].submit_s == now) queue.push_back(next++);
    const auto begin = [&](std::size_t place) {
      const Job& job = jobs[queue[place]];
      start[queue[place]] = now;
      cores -= job.cores;
      running.push_back({now + job.run_s, now + job.requested_s, job.cores});
      queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(place));
    };
    while (!queue.empty() && jobs[queue[0]].cores <= cores) begin(0);
    if (queue.empty()) continue;
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
  return start;
}

Job job(std::int64_t submit_s, std::int64_t run_s, std::int32_t cores) {
  return {.submit_s = submit_s, .run_s = run_s, .requested_s = run_s, .cores = cores, .group = 0};
}

}  // namespace

TEST_CASE("FCFS: nothing overtakes the head of the queue") {
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 5, 2), job(3, 1, 2)};
  CHECK(starts(jobs, 10, *make_fcfs(jobs)) == std::vector<std::int64_t>{0, 10, 10, 15});
}

TEST_CASE("EASY: short jobs fill the gap before the shadow time, narrow ones the extra cores, wide long ones wait") {
  // job 1 is promised 10 s (8 of 10 cores), leaving 2 extra cores
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 100, 3), job(3, 6, 3), job(4, 100, 1), job(5, 5, 1)};
  // job 2 (3 cores, until 102) needs more than the extra cores: waits, until job 1 and 4 leave one... it fits at 20 s
  // job 3 ends at 9: starts at 3; job 4 takes an extra core at 4; job 5 (1 core, until 10) fits when job 3 has ended
  CHECK(starts(jobs, 10, *make_easy_backfilling(jobs, 1000)) == std::vector<std::int64_t>{0, 10, 20, 3, 4, 9});
}

TEST_CASE("EASY: the head is never delayed when requests are true, and a depth of one sees one waiting job") {
  const JobTable jobs{job(0, 10, 6), job(1, 10, 8), job(2, 20, 4), job(3, 3, 4)};
  CHECK(starts(jobs, 10, *make_easy_backfilling(jobs, 1000)) == std::vector<std::int64_t>{0, 10, 20, 3});
  CHECK(starts(jobs, 10, *make_easy_backfilling(jobs, 1)) == std::vector<std::int64_t>{0, 10, 20, 20});
}

TEST_CASE("EASY agrees with its plain definition on random queues, true requests and wrong ones") {
  std::size_t different = 0, overtaken = 0;
  for (std::uint32_t set = 0; set < 60; ++set) {
    const RandomStream random(11, "arrivals", set);
    JobTable jobs(400);
    double at_s = 0;
    for (std::size_t k = 0; k < jobs.size(); ++k) {
      at_s += 12.0 * random.exponential(k, 0);
      const double wide = random.uniform(k, 1), right = set % 2 == 0 ? 1.0 : 0.5 + 2.0 * random.uniform(k, 3);
      jobs[k] = job(static_cast<std::int64_t>(at_s), 1 + static_cast<std::int64_t>(100.0 * random.exponential(k, 2)),
                    1 + static_cast<std::int32_t>(wide * wide * 15.0));
      jobs[k].requested_s = 1 + static_cast<std::int64_t>(static_cast<double>(jobs[k].run_s) * right);
    }
    const std::vector<std::int64_t> ours = starts(jobs, 32, *make_easy_backfilling(jobs, 1000)), plain = plain_easy(jobs, 32);
    for (std::size_t k = 0; k < jobs.size(); ++k)
      different += ours[k] != plain[k] ? 1 : 0, overtaken += k > 0 && plain[k] < plain[k - 1] ? 1 : 0;
  }
  CHECK(different == 0);
  CHECK(overtaken > 100);  // otherwise nothing was backfilled and nothing shown
}
