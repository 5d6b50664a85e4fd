// What may run and how fast: shed, paused, pre-empted, capped, switched off and on; by hand, and as properties over random queues.
#include <catch2/catch.hpp>

#include "machines.hpp"
#include "priority_queue_engine.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {

// Two hosts of 8 cores, 700 to 2500 W each; a class that may be paused at the cost of 30 s.
ComputeSpec two_hosts() {
  ComputeSpec spec = machine(2, 8);
  spec.classes.entries = {{"batch", {.pause = true, .checkpoint_s = 30.0, .shed = 1}}};
  return spec;
}
Job job(std::int64_t submit_s, std::int64_t run_s, std::int32_t cores, std::int32_t work_class = -1) {
  return {.submit_s = submit_s, .run_s = run_s, .requested_s = run_s, .cores = cores, .group = 0, .work_class = work_class};
}
MakeEngine engine_of(bool oracle) { return oracle ? MakeEngine(make_priority_queue_engine) : MakeEngine(make_simgrid_engine); }

std::vector<double> ends(const Played& played, std::size_t jobs) {
  std::vector<double> end_s(jobs, -1.0);
  for (const JobRecord& record : played.records) end_s[static_cast<std::size_t>(record.job)] = record.end_s;
  return end_s;
}
// From step 2 to 4 (120 to 300 s) this holds.
auto between(PlantFeedback feedback) {
  return [=](std::int64_t k) { return k >= 2 && k < 5 ? feedback : PlantFeedback{}; };
}

}  // namespace

TEST_CASE("a class that is shed stops and comes back: its work kept at the cost of a checkpoint, lost, or gone elsewhere") {
  ComputeSpec spec = two_hosts();
  const JobTable jobs{job(0, 600, 8, 0), job(0, 600, 8), job(150, 60, 4, 0)};
  const ComputeInputs inputs{.spec = spec, .steps = 20};
  for (const bool oracle : {false, true}) {
    ClassSpec& batch = spec.classes.entries[0].value;
    batch.pause = true, batch.checkpoint_s = 30.0, batch.off_site = false;
    Played played = play(inputs, jobs, engine_of(oracle), between({.classes_shed = 1}));
    CHECK(ends(played, 3) == std::vector<double>{300 + 480 + 30, 600, 660});  // the third waits for the second
    CHECK(played.totals.jobs_stopped == 1);
    CHECK(played.racks[1].energy_j == Approx(60 * 5000.0));
    CHECK(played.racks[2].energy_j == Approx(60 * 3200.0));
    batch.pause = false, batch.checkpoint_s = 0.0;
    played = play(inputs, jobs, engine_of(oracle), between({.classes_shed = 1}));
    CHECK(ends(played, 3) == std::vector<double>{900, 600, 660});
    batch.off_site = true;
    played = play(inputs, jobs, engine_of(oracle), between({.classes_shed = 1}));
    CHECK(ends(played, 3) == std::vector<double>{-1, 600, -1});
    CHECK(played.totals.jobs_moved == 2);
  }
}

TEST_CASE("hosts that shut down idle without work, and start with a power and a time of their own") {
  ComputeSpec spec = two_hosts();
  spec.hosts.entries[0].value.start = StartSpec{.power_w = 400.0, .lasts_s = 90.0};
  const JobTable jobs{job(0, 600, 8, 0), job(0, 600, 8)};
  const ComputeInputs inputs{.spec = spec, .steps = 20};
  Played played = play(inputs, jobs, make_simgrid_engine, between({.stopped = true}));
  CHECK(played.racks[2].energy_j == Approx(60 * 1400.0));
  CHECK(ends(played, 2) == std::vector<double>{810, 900});  // not switched off: they work at once
  played = play(inputs, jobs, make_simgrid_engine, between({.shed = true}));
  CHECK(played.racks[3].energy_j == 0.0);
  CHECK(played.racks[5].energy_j == Approx(60 * 800.0));
  CHECK(played.racks[6].energy_j == Approx(30 * 800.0 + 30 * 5000.0));
  CHECK(ends(played, 2) == std::vector<double>{990, 990});  // a failure in order of nobody: work is lost
}

TEST_CASE("groups are switched on in their order") {
  ComputeSpec spec = machine(1, 8);
  spec.hosts.entries.push_back({"other", spec.hosts.entries[0].value});
  const ComputeInputs inputs{.spec = spec, .steps = 4};
  const Played played = play(inputs, {}, make_simgrid_engine, [](std::int64_t k) {
    return k == 0 ? PlantFeedback{.shed = true} : PlantFeedback{.groups_on = static_cast<int>(k)};
  });
  CHECK(played.racks[0].energy_j == 0.0);
  CHECK(played.racks[2].energy_j == Approx(60 * 700.0));
  CHECK(played.racks[3].energy_j == 0.0);
  CHECK(played.racks[5].energy_j == Approx(60 * 700.0));
}

TEST_CASE("a job of higher priority stops one that may be paused, and only that") {
  ComputeSpec spec = two_hosts();
  spec.scheduler.policy = Policy::priority, spec.scheduler.preempts = true;
  spec.scheduler.backfilling = GENERATE(Backfilling::none, Backfilling::first_fit, Backfilling::easy, Backfilling::conservative);
  JobTable jobs{job(0, 600, 16, 0), job(100, 200, 8)};
  jobs[1].priority = 5;
  const ComputeInputs inputs{.spec = spec, .steps = 20};
  for (const bool oracle : {false, true}) {
    jobs[0].work_class = 0;
    Played played = play(inputs, jobs, engine_of(oracle));
    CHECK(ends(played, 2) == std::vector<double>{300 + 500 + 30, 300});
    CHECK(played.totals.jobs_preempted == 1);
    jobs[0].work_class = -1;
    played = play(inputs, jobs, engine_of(oracle));
    CHECK(ends(played, 2) == std::vector<double>{600, 800});
    CHECK(played.totals.jobs_preempted == 0);
  }
}

TEST_CASE("a power cap holds with every core busy, but work that is left alone keeps its speed, and that is told") {
  ComputeSpec spec = two_hosts();
  const JobTable jobs{job(0, 600, 16, 0)};
  const ComputeInputs inputs{.spec = spec, .steps = 30, .cap = {{0, 3200.0}, {600, 1e9}}};
  const auto run = [&](int floor_percent, bool oracle) {
    Played out;
    Work work = as_work(jobs);
    work.floors = {{{.percent = floor_percent}}};
    Simulation simulation(inputs, work, {.make_engine = engine_of(oracle), .records = &out.records});
    out.racks.resize(30);
    for (std::int64_t k = 0; k < 30; ++k) simulation.step(k, {}, std::span(out.racks).subspan(static_cast<std::size_t>(k), 1));
    out.totals = simulation.totals();
    return out;
  };
  for (const bool oracle : {false, true}) {
    const Played capped = run(0, oracle), kept = run(80, oracle);  // 1400 W + 3600 W x 50 %
    CHECK(capped.racks[0].peak_w == Approx(3200.0));
    CHECK(capped.records[0].end_s == 600.0 + 300.0);
    CHECK(capped.totals.over_cap_s == 0.0);
    CHECK(kept.racks[0].peak_w == Approx(1400.0 + 0.8 * 3600.0));
    CHECK(kept.records[0].end_s == 600.0 + 120.0);
    CHECK(kept.totals.over_cap_s == 600.0);
  }
}

TEST_CASE("a signal of the grid slows what may be capped and pauses what may be paused") {
  ComputeSpec spec = two_hosts();
  spec.scheduler.demand_response = ResponseSpec{.level_frac = {}, .pause_below_frac = 0.5};
  const JobTable jobs{job(0, 600, 8, 0), job(0, 600, 8)};
  const ComputeInputs inputs{.spec = spec, .steps = 30, .response = {{0, 1.0}, {120, 0.6}, {180, 0.4}, {240, 1.0}}};
  Work work = as_work(jobs);
  work.floors = {{{.percent = 50}}};
  std::vector<JobRecord> records;
  Simulation simulation(inputs, work, {.records = &records});
  std::vector<RackStep> racks(1);
  std::vector<double> power_w;
  for (std::int64_t k = 0; k < 30; ++k) simulation.step(k, {}, racks), power_w.push_back(racks[0].energy_j / 60.0);
  CHECK(power_w[1] == Approx(5000.0));
  CHECK(power_w[2] == Approx(1400.0 + 0.6 * 3600.0));
  CHECK(power_w[3] == Approx(1400.0 + 0.5 * 1800.0));  // one paused, the other at its floor
  CHECK(power_w[4] == Approx(5000.0));
  REQUIRE(records.size() == 2);
  CHECK(records[0].job == 1);
  CHECK(records[0].end_s == 240.0 + (600.0 - 120.0 - 36.0 - 30.0));
  CHECK(records[1].end_s == 240.0 + (600.0 - 120.0 - 36.0) + 30.0);
}

TEST_CASE("first come first served: a higher cap never delays a job") {
  ComputeSpec spec = machine(4, 8, Backfilling::none);
  const JobTable jobs = poisson_jobs({.jobs = 2000, .cores = 32, .span_s = 4 * 86400, .load_frac = 0.6, .exact_requests = true});
  std::vector<double> before;
  double sum_s = 0;
  for (const double cap_w : {4000.0, 5200.0, 6400.0, 8200.0, 1e9}) {  // idle 2800, full 10000
    const ComputeInputs inputs{.spec = spec, .steps = 14 * 1440, .cap = {{0, cap_w}}};
    Played played;
    Work work = as_work(jobs);
    work.floors = {{{.percent = 0}}};
    Simulation simulation(inputs, work, {.make_engine = make_priority_queue_engine, .records = &played.records});
    std::vector<RackStep> racks(1);
    for (std::int64_t k = 0; k < inputs.steps; ++k) {
      simulation.step(k, {}, racks);
      REQUIRE(racks[0].peak_w <= cap_w);
    }
    std::vector<double> end_s = ends(played, jobs.size());
    std::size_t delayed = 0;
    double total_s = 0;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      if (end_s[j] < 0) end_s[j] = 1e18;
      total_s += std::min(end_s[j], 14.0 * 86400.0);
      if (!before.empty()) delayed += end_s[j] > before[j] ? 1 : 0;
    }
    CHECK(delayed == 0);
    if (!before.empty()) CHECK(total_s < sum_s);  // the cap does something
    before = end_s, sum_s = total_s;
  }
}

TEST_CASE("a shifted job that misses its deadline is always counted, and on a wide machine none does") {
  std::vector<double> cost;
  for (std::size_t hour = 0; hour < 20 * 24; ++hour) cost.push_back(static_cast<double>((hour * 7) % 24));
  JobTable jobs = poisson_jobs({.jobs = 1500, .cores = 32, .span_s = 14 * 86400, .load_frac = 0.7, .exact_requests = true});
  for (std::size_t k = 0; k < jobs.size(); ++k)
    jobs[k].delay_s = 12 * 3600, jobs[k].deadline_s = jobs[k].submit_s + jobs[k].run_s + 6 * 3600;
  for (const std::int64_t hosts : {8, 400}) {
    ComputeSpec spec = machine(hosts, 4);
    spec.scheduler.shift = ShiftSpec{};
    const ComputeInputs inputs{.spec = spec, .steps = 20 * 1440, .shift_cost = cost};
    const Played played = play(inputs, jobs, make_priority_queue_engine);
    REQUIRE(played.totals.jobs_shifted > 500);
    std::int64_t late = static_cast<std::int64_t>(jobs.size() - played.records.size());
    for (const JobRecord& record : played.records)
      late += record.end_s > static_cast<double>(jobs[static_cast<std::size_t>(record.job)].deadline_s) ? 1 : 0;
    CHECK(played.totals.jobs_late == late);
    CHECK((hosts == 400 ? late == 0 : late > 0));
  }
}

TEST_CASE("with a queue longer than its threshold nothing is held any more") {
  ComputeSpec spec = machine(1, 8);
  spec.scheduler.shift = ShiftSpec{};
  spec.scheduler.shift->most_waiting = 1;
  std::vector<double> cost(24, 4.0);
  cost[2] = 1.0;
  JobTable jobs{job(0, 600, 8), job(10, 600, 4), job(20, 600, 8), job(30, 600, 4)};
  jobs[1].delay_s = jobs[3].delay_s = 14400;
  const ComputeInputs inputs{.spec = spec, .steps = 300, .shift_cost = cost};
  CHECK(ends(play(inputs, jobs, make_priority_queue_engine), 4) == std::vector<double>{600, 7800, 1200, 7800});
  jobs[1].delay_s = 0;  // two wait when the last comes
  CHECK(ends(play(inputs, jobs, make_priority_queue_engine), 4) == std::vector<double>{600, 1200, 1800, 1200});
}

TEST_CASE(
    "one host group is throttled and the other is not, and work that may not be capped is spared where the plant spares it") {
  ComputeSpec spec = machine(1, 8);
  spec.hosts.entries.push_back({"other", spec.hosts.entries[0].value});
  const ComputeInputs inputs{.spec = spec, .steps = 20};
  JobTable jobs{job(0, 600, 8), job(0, 600, 8)};
  jobs[1].group = 1;
  const auto ends_with = [&](std::vector<Throttle> throttles, int floor_percent, bool oracle) {
    Played out;
    Work work = as_work(jobs, 2);
    work.floors = {{{.percent = floor_percent}}, {{.percent = floor_percent}}};
    Simulation simulation(inputs, work, {.make_engine = engine_of(oracle), .records = &out.records});
    std::vector<RackStep> racks(2);
    for (std::int64_t k = 0; k < inputs.steps; ++k) simulation.step(k, {.throttles = throttles}, racks);
    return ends(out, 2);
  };
  using Ends = std::vector<double>;
  for (const bool oracle : {false, true}) {
    CHECK(ends_with({{.hard_frac = 0.75}, {}}, 100, oracle) == Ends{800, 600});
    CHECK(ends_with({{}, {.soft_frac = 0.6}}, 0, oracle) == Ends{600, 1000});
    CHECK(ends_with({{}, {.soft_frac = 0.6}}, 75, oracle) == Ends{600, 800});   // as far as its class allows
    CHECK(ends_with({{}, {.soft_frac = 0.6}}, 100, oracle) == Ends{600, 600});  // left alone
    CHECK(ends_with({{}, {.hard_frac = 0.6, .soft_frac = 0.5}}, 75, oracle) == Ends{600, 1000});
  }
}

TEST_CASE("work leaves for another site where a cap or a signal cannot be kept otherwise, and only then") {
  ComputeSpec spec = machine(1, 8);
  spec.hosts.entries.push_back({"other", spec.hosts.entries[0].value});
  spec.classes.entries = {{"render", {.off_site = true, .cap_to_frac = 0.6}}, {"stays", {.cap_to_frac = 0.6}}};
  spec.scheduler.demand_response = ResponseSpec{.level_frac = {}, .pause_below_frac = 0.3};
  JobTable jobs{job(0, 600, 8, 0), job(0, 600, 8, 1), job(150, 60, 8, 0)};
  jobs[1].group = 1;
  struct Case {
    std::vector<PowerChange> cap;
    std::vector<LevelChange> response;
    std::vector<double> end_s;
    std::int64_t moved;
    double over_cap_s;
  };
  // Two hosts of 700 to 2500 W each; at 60 % 3560 W. Without `render` its group may stand still: 700 + 1780 = 2480 W.
  const Case cases[] = {
      {{{120, 3560.0}, {180, 1e9}}, {}, {624, 624, 684}, 0, 0.0},  // slowing down is enough
      {{{120, 3200.0}, {180, 1e9}}, {}, {-1, 624, -1}, 2, 0.0},    // its group to 40 %, the other as far as it may
      {{{120, 2000.0}, {180, 1e9}}, {}, {-1, 624, -1}, 2, 60.0},   // not even without it
      {{}, {{120, 0.6}, {180, 1.0}}, {624, 624, 684}, 0, 0.0},    {{}, {{120, 0.5}, {180, 1.0}}, {-1, 624, -1}, 2, 0.0},
      {{}, {{120, 0.2}, {180, 1.0}}, {-1, 624, -1}, 2, 0.0}};
  for (const Case& one : cases)
    for (const bool oracle : {false, true}) {
      const ComputeInputs inputs{.spec = spec, .steps = 20, .cap = one.cap, .response = one.response};
      Played played;
      Work work = as_work(jobs, 2);
      work.floors = {{{.percent = 60, .work_class = 0}}, {{.percent = 60, .work_class = 1}}};
      Simulation simulation(inputs, work, {.make_engine = engine_of(oracle), .records = &played.records});
      std::vector<RackStep> racks(2);
      for (std::int64_t k = 0; k < inputs.steps; ++k) {
        simulation.step(k, {}, racks);
        if (k == 2 && !one.cap.empty() && one.over_cap_s == 0.0)
          CHECK(racks[0].peak_w + racks[1].peak_w <= one.cap[0].power_w + 1e-6);
      }
      CHECK(ends(played, 3) == one.end_s);
      CHECK(simulation.totals().jobs_moved == one.moved);
      CHECK(simulation.totals().over_cap_s == one.over_cap_s);
    }
}

TEST_CASE("work that may be paused or run elsewhere is paused by a signal, and does not leave") {
  ComputeSpec spec = machine(1, 8);
  spec.classes.entries = {{"batch", {.pause = true, .off_site = true}}};
  spec.scheduler.demand_response = ResponseSpec{.level_frac = {}, .pause_below_frac = 0.5};
  const ComputeInputs inputs{.spec = spec, .steps = 20, .response = {{0, 1.0}, {120, 0.2}, {180, 1.0}}};
  Work work = as_work({job(0, 600, 8, 0)});
  work.floors = {{{.percent = 100, .work_class = 0}}};
  std::vector<JobRecord> records;
  Simulation simulation(inputs, work, {.records = &records});
  std::vector<RackStep> racks(1);
  for (std::int64_t k = 0; k < inputs.steps; ++k) simulation.step(k, {}, racks);
  REQUIRE(records.size() == 1);
  CHECK(records[0].end_s == 660.0);
  CHECK(simulation.totals().jobs_moved == 0);
}
