// Random years: the same year of weather and work again and again, each with its own draws of the scenario's random faults, beside
// the year in which nothing of that kind breaks. docs/methods/reliability.md.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/config/config.hpp"
#include "sim/study/spread.hpp"

namespace hypocaust::study {

struct ReliabilityOptions {
  config::LoadOptions load;
  int years = 100;
  std::string folder;  // empty: ./results/<scenario>.reliability
  int jobs = 0;        // years side by side; 0: one a core
  bool resume = false, quiet = false;
};

struct RandomYear {
  int number = 0;  // 0: without random faults
  std::string trouble;
  double compute_frac = 0;  // share of time with every limit held, compute not throttled and no host down
  double consumed_j = 0, backup_j = 0, unmet_j = 0, core_s = 0;
  double tightness_frac = not_given;   // the worst of the year; 1: as at the nominal point, 0: at a limit
  std::vector<std::int64_t> failures;  // of each random fault
  std::vector<double> out_frac;        // share of the time that it was there
};

struct FaultRecord {  // of one random fault over all years
  std::string name;
  double failures_a_year = 0, out_frac = 0, expected_out_frac = 0;
};

struct ReliabilityResult {
  std::string scenario, folder;
  double year_s = 0;
  RandomYear without;             // number 0
  std::vector<RandomYear> years;  // with a solution
  std::vector<std::string> troubles;
  std::vector<FaultRecord> faults;
  MeanEstimate compute, heat;                       // availabilities
  MeanEstimate not_delivered_j, backup_j, unmet_j;  // a year, more than without faults
  std::vector<double> tightness_frac;               // sorted
  double total_cpu_s = 0;
};

// Throws UserError, Interrupted; finished years stay in the folder.
ReliabilityResult run_reliability(const ReliabilityOptions& options);

}  // namespace hypocaust::study
