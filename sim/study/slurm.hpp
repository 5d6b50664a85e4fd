// A study as an array job of Slurm: the batch script, and following the job it becomes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hypocaust::study {

struct SlurmOptions {
  std::string program, study, folder;   // of this program; of the study file; of its results
  std::string name;                     // of the job
  std::int64_t shards = 1;              // tasks of the array
  int threads = 1;                      // cores a task
  std::string partition, time;          // empty: the cluster's default
  std::vector<std::string> directives;  // further lines, "account=physics"
  bool retry_failed = false;
};

// Also for plain `sbatch`, and from inside a container. Every task of it may run twice.
std::string batch_script(const SlurmOptions& options);

// Writes <folder>/slurm/sweep.sbatch and returns its path.
std::string write_batch_script(const SlurmOptions& options);

// Submits the script; returns the number of the job. Throws UserError with what sbatch said.
std::string submit(const std::string& script);

// Returns when the job has left the queue. A controller that does not answer is asked again for
// five minutes. Throws Interrupted (the job goes on) and UserError.
void follow(const std::string& job);

}  // namespace hypocaust::study
