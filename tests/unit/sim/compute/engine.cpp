// The SimGrid engine against the priority-queue oracle and against hand-computed cases.
#include <catch2/catch.hpp>

#include <set>

#include "machines.hpp"
#include "priority_queue_engine.hpp"
#include "sim/input/swf.hpp"
#include "tests/support/validation_data.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

TEST_CASE("engine and oracle agree on every job and joule of 500,000 synthetic jobs") {
  const ComputeSpec spec = machine(64, 4);
  const ComputeInputs inputs{.spec = spec, .warm_up_steps = 1440, .steps = 525600};
  const JobTable jobs =
      poisson_jobs({.jobs = 500000, .cores = 256, .span_s = inputs.span_s(), .load_frac = 0.7, .exact_requests = true});
  const Played engine = play(inputs, jobs, make_simgrid_engine), oracle = play(inputs, jobs, make_priority_queue_engine);
  CHECK(oracle.records.size() > 499000);
  CHECK(differences(engine, oracle) == 0);
  CHECK(engine.totals.core_s == oracle.totals.core_s);
  CHECK(engine.totals.utilisation_frac == Approx(0.7).epsilon(0.02));
}

TEST_CASE("engine and oracle agree where requests are wrong, the queue is long, and the plant throttles and sheds") {
  ComputeSpec spec = machine(8, 4);
  spec.scheduler.after_stop = GENERATE(AfterStop::restart, AfterStop::resume);
  const ComputeInputs inputs{.spec = spec, .warm_up_steps = 0, .steps = 20000};
  const JobTable jobs =
      poisson_jobs({.jobs = 10000, .cores = 32, .span_s = inputs.span_s(), .load_frac = 1.1, .exact_requests = false});
  const auto feedback = [](std::int64_t k) {
    PlantFeedback f;
    if (k % 1000 > 900) f.throttle_frac = 0.01 * static_cast<double>(30 + k % 70);
    f.shed = k % 5000 > 4900;
    return f;
  };
  const Played engine = play(inputs, jobs, make_simgrid_engine, feedback),
               oracle = play(inputs, jobs, make_priority_queue_engine, feedback);
  CHECK(oracle.records.size() > 5000);
  CHECK(differences(engine, oracle) == 0);
}

TEST_CASE("engine and oracle agree on the NASA log under every policy, every valid job of it ends, and all its work is done") {
  const std::string path = test::validation_file("traces/NASA-iPSC-1993-3.1-cln.swf.gz");
  ComputeSpec spec = machine(2, 64);
  SwfWork log;
  log.hosts.name = "gpu", log.file.path = path, log.scale = 0.6;  // denser, so that jobs wait
  spec.work.entries.push_back({"log", work_of(log)});
  const ComputeInputs inputs{.spec = spec, .warm_up_steps = 0, .steps = 95 * 1440};
  Work made = make_work(inputs);
  CHECK(made.counts.read == 18239);
  REQUIRE(made.jobs.size() == 18066);
  for (std::size_t k = 0; k < made.jobs.size(); ++k) made.jobs[k].priority = static_cast<std::int32_t>(k * 7919 % 5);
  std::set<double> waits;
  for (const Policy policy : {Policy::fcfs, Policy::sjf, Policy::ljf, Policy::priority})
    for (const Backfilling backfilling :
         {Backfilling::none, Backfilling::first_fit, Backfilling::easy, Backfilling::conservative}) {
      spec.scheduler = {.policy = policy, .backfilling = backfilling};
      const Played engine = play(inputs, made.jobs, make_simgrid_engine),
                   oracle = play(inputs, made.jobs, make_priority_queue_engine);
      CHECK(engine.records.size() == 18066);
      CHECK(differences(engine, oracle) == 0);
      CHECK(engine.totals.core_s == Approx(4.74238e8).epsilon(2e-6));
      waits.insert(engine.totals.wait_mean_s);
    }
  CHECK(waits.size() == 16);  // each policy gives a schedule of its own
}

// One host of 10 cores, 700 W idle, 2500 W with all ten cores: 180 W a core.
TEST_CASE("one job: joules and peak of each step by hand, throttled to half at the second minute") {
  const ComputeSpec spec = machine(1, 10);
  const ComputeInputs inputs{.spec = spec, .steps = 4};
  const JobTable jobs{{.submit_s = 30, .run_s = 60, .requested_s = 60, .cores = 5, .group = 0}};
  const auto half = [](std::int64_t k) { return PlantFeedback{.throttle_frac = k >= 1 ? 0.5 : 1.0}; };
  for (const bool oracle : {false, true}) {
    const Played p = play(inputs, jobs, oracle ? MakeEngine(make_priority_queue_engine) : MakeEngine(make_simgrid_engine), half);
    // minute 0: 30 s idle, 30 s at 700 + 900; then 30 s of work left take 60 s at 700 + 450; then idle
    CHECK(p.racks[0].energy_j == Approx(30 * 700.0 + 30 * 1600.0).epsilon(1e-12));
    CHECK(p.racks[0].peak_w == 1600.0);
    CHECK(p.racks[1].energy_j == Approx(60 * 1150.0).epsilon(1e-12));
    CHECK(p.racks[2].energy_j == Approx(60 * 700.0).epsilon(1e-12));
    CHECK(p.racks[2].peak_w == 700.0);
    REQUIRE(p.records.size() == 1);
    CHECK(p.records[0].start_s == 30.0);
    CHECK(p.records[0].end_s == 120.0);
  }
}

TEST_CASE("shedding: no power while it lasts, and stopped jobs start again or go on") {
  const AfterStop after = GENERATE(AfterStop::restart, AfterStop::resume);
  ComputeSpec spec = machine(1, 10);
  spec.scheduler.after_stop = after;
  const ComputeInputs inputs{.spec = spec, .steps = 10};
  const JobTable jobs{{.submit_s = 0, .run_s = 90, .requested_s = 90, .cores = 10, .group = 0}};
  const Played p = play(inputs, jobs, make_simgrid_engine, [](std::int64_t k) { return PlantFeedback{.shed = k == 1}; });
  CHECK(p.racks[0].energy_j == Approx(60 * 2500.0));
  CHECK(p.racks[1].energy_j == 0.0);
  CHECK(p.racks[1].peak_w == 0.0);
  REQUIRE(p.records.size() == 1);
  CHECK(p.records[0].end_s == (after == AfterStop::restart ? 210.0 : 150.0));
  CHECK(p.totals.jobs_started == 1);
}

TEST_CASE("a job larger than a host is spread, and only recorded time counts in the totals") {
  const ComputeSpec spec = machine(3, 4);
  const ComputeInputs inputs{.spec = spec, .warm_up_steps = 1, .steps = 4};
  const JobTable jobs{{.submit_s = 0, .run_s = 30, .requested_s = 30, .cores = 3, .group = 0},
                      {.submit_s = 60, .run_s = 60, .requested_s = 60, .cores = 10, .group = 0}};
  const Played p = play(inputs, jobs, make_simgrid_engine);
  CHECK(p.racks[1].peak_w == Approx(3 * 700.0 + 10 * 450.0));
  CHECK(p.totals.jobs_started == 1);
  CHECK(p.totals.core_s == 600.0);
  CHECK(p.totals.utilisation_frac == Approx(600.0 / (12 * 180.0)));
}

// One host of 10 cores, 700 W idle, 50 W asleep after a minute without work, half a minute to wake.
TEST_CASE("hosts without work fall asleep, and the job that wakes one begins later") {
  ComputeSpec spec = machine(1, 10);
  spec.hosts.entries[0].value.sleep = SleepSpec{.after_s = 60, .power_w = 50, .wake_s = 30};
  const ComputeInputs inputs{.spec = spec, .steps = 8};
  const JobTable jobs{{.submit_s = 150, .run_s = 60, .requested_s = 60, .cores = 10, .group = 0},
                      {.submit_s = 270, .run_s = 30, .requested_s = 30, .cores = 10, .group = 0}};
  for (const bool oracle : {false, true}) {
    const Played p = play(inputs, jobs, oracle ? MakeEngine(make_priority_queue_engine) : MakeEngine(make_simgrid_engine));
    REQUIRE(p.records.size() == 2);
    CHECK(p.records[0].end_s == 240.0);  // woken for it
    CHECK(p.records[1].end_s == 300.0);  // still awake
    const double expected_j[] = {
        60 * 700.0, 60 * 50.0, 30 * 50.0 + 30 * 2500.0, 60 * 2500.0, 30 * 700.0 + 30 * 2500.0, 60 * 700.0, 60 * 50.0, 60 * 50.0};
    for (std::size_t k = 0; k < 8; ++k) CHECK(p.racks[k].energy_j == Approx(expected_j[k]).epsilon(1e-12));
  }
}

TEST_CASE("engine and oracle agree on sleeping hosts under throttling and shedding") {
  ComputeSpec spec = machine(16, 4);
  spec.hosts.entries[0].value.sleep = SleepSpec{.after_s = 300, .power_w = 50, .wake_s = 120};
  const ComputeInputs inputs{.spec = spec, .steps = 20000};
  const JobTable jobs =
      poisson_jobs({.jobs = 5000, .cores = 64, .span_s = inputs.span_s(), .load_frac = 0.3, .exact_requests = false});
  const auto feedback = [](std::int64_t k) {
    return PlantFeedback{.throttle_frac = k % 1000 > 900 ? 0.5 : 1.0, .shed = k % 5000 > 4900};
  };
  const Played engine = play(inputs, jobs, make_simgrid_engine, feedback),
               oracle = play(inputs, jobs, make_priority_queue_engine, feedback);
  CHECK(differences(engine, oracle) == 0);
  double asleep_j = 0, awake_j = 0;
  spec.hosts.entries[0].value.sleep.reset();
  const Played awake = play(inputs, jobs, make_simgrid_engine, feedback);
  for (std::size_t k = 0; k < engine.racks.size(); ++k) asleep_j += engine.racks[k].energy_j, awake_j += awake.racks[k].energy_j;
  CHECK(asleep_j < 0.8 * awake_j);
}
