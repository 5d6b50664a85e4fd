// What finishes when: the part of the compute side that keeps simulated time. SimGrid does it in the program, a plain priority
// queue in the tests; both give the same instants.
#pragma once
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace hypocaust::compute {

// The end of a job that has `rest_s` seconds of work at full speed left: now + rest / speed, at the next 1/1024 s, so that
// two engines agree to the bit. Whole seconds stay whole; an end within a microsecond after one is at it.
struct Progress {
  double now_s, rest_s, speed;
};
inline double end_of(const Progress& p) { return std::ceil((p.now_s + p.rest_s / p.speed) * 1024.0 - 1e-3) / 1024.0; }
// Speed of the cores at a level of 0 to 100 %; at level 0 a job stands still, for all practical purposes.
inline double speed_of(int percent) { return percent > 0 ? percent / 100.0 : 1e-9; }

class EndHandler {
 public:
  virtual ~EndHandler() = default;
  // Jobs that end at now_s, ascending. May start further jobs.
  virtual void ended(double now_s, std::span<const std::int32_t> jobs) = 0;
};

struct StartCommand {
  std::int32_t job, host, cores;  // host: the first of the job's hosts; cores: those on it
  double now_s, rest_s;           // rest_s > 0: seconds of work left at full speed
};

struct LevelCommand {
  std::int32_t first_host, hosts;  // of one group; a job never spans two
  int percent;
  double now_s;
};

class JobEngine {
 public:
  virtual ~JobEngine() = default;
  virtual void start(const StartCommand& command) = 0;
  // Seconds of work left at full speed; the job is forgotten and reported no more.
  virtual double stop(std::int32_t job, double now_s) = 0;
  virtual void set_level(const LevelCommand& command) = 0;
  // Reports every end up to and at t_s, instant by instant, to the handler.
  virtual void advance_to(double t_s) = 0;
};

// The SimGrid engine over hosts with these numbers of cores. One SimGrid engine exists per process, for ever: a second call must
// come after the first object is gone and with the same hosts (InternalError otherwise), and goes on with the same clock.
std::unique_ptr<JobEngine> make_simgrid_engine(std::span<const std::int32_t> host_cores, std::size_t jobs, EndHandler& handler);
std::string simgrid_version();

}  // namespace hypocaust::compute
