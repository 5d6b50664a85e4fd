#include "sim/study/slurm.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <thread>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/signals.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

// One word of a shell command, whatever it holds.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

struct Answer {
  int code;
  std::string text;  // of both streams
};

Answer ask(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (!pipe) throw UserError("cannot start `" + command + "`: " + std::strerror(errno));
  std::string text;
  char piece[4096];
  for (std::size_t got; (got = std::fread(piece, 1, sizeof piece, pipe)) > 0;) text.append(piece, got);
  const int status = ::pclose(pipe);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

}  // namespace

std::string batch_script(const SlurmOptions& o) {
  const std::string folder = fs::absolute(o.folder).lexically_normal().string();
  std::string text = "#!/bin/bash\n";
  const auto directive = [&](const std::string& line) { text += "#SBATCH --" + line + "\n"; };
  directive("job-name=\"" + o.name + "\"");
  directive(fmt::format("array=1-{}", o.shards));
  directive("ntasks=1");
  directive(fmt::format("cpus-per-task={}", o.threads));
  if (!o.partition.empty()) directive("partition=" + o.partition);
  if (!o.time.empty()) directive("time=" + o.time);
  for (const std::string& line : o.directives) directive(line);
  directive("chdir=\"" + fs::current_path().string() + "\"");
  directive("output=\"" + folder + "/slurm/%A_%a.log\"");
  text +=
      "#SBATCH --requeue\n"
      "# A minute before the time is up the points under way are finished; submitting again goes on. A task that Slurm starts\n"
      "# twice computes the same files.\n"
      "#SBATCH --signal=B:USR1@60\n";
  return text + fmt::format("exec {} sweep {} -o {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" --threads {} --quiet{}\n",
                            quoted(o.program), quoted(o.study), quoted(folder), o.shards, o.threads,
                            o.retry_failed ? " --retry-failed" : "");
}

std::string write_batch_script(const SlurmOptions& options) {
  const fs::path folder = fs::path(options.folder) / "slurm";
  std::error_code reason;
  fs::create_directories(folder, reason);
  if (reason) base::refuse(folder.string(), "make the folder", reason.value());
  const std::string path = (folder / "sweep.sbatch").string();
  base::write_file(path, batch_script(options));
  return path;
}

std::string submit(const std::string& script) {
  const Answer answer = ask("sbatch --parsable " + quoted(script));
  if (answer.code == 127)
    throw UserError(
        "--slurm: error: there is no `sbatch` here; copy the batch script to a login node, or write it with --slurm --print");
  const std::string job = answer.text.substr(0, answer.text.find_first_not_of("0123456789"));
  if (answer.code != 0 || job.empty()) throw UserError("--slurm: error: sbatch refused " + script + ": " + answer.text);
  return job;
}

void follow(const std::string& job) {
  using Clock = std::chrono::steady_clock;
  constexpr auto patience = std::chrono::minutes(5);
  auto heard = Clock::now();
  for (;;) {
    if (const char* name = base::interrupted())
      throw Interrupted(
          fmt::format("{}; job {} goes on (scancel {} ends it; --status and --collect tell and gather)", name, job, job));
    const Answer answer = ask("squeue --noheader --jobs=" + job);
    if (answer.code == 0 && answer.text.empty()) return;
    if (answer.code != 0 && answer.text.find("Invalid job id") != answer.text.npos) return;  // forgotten already
    if (answer.code == 0) heard = Clock::now();
    else if (Clock::now() - heard > patience)
      throw UserError(fmt::format(
          "--slurm: error: squeue has not answered for five minutes ({}); job {} may go on: --status tells", answer.text, job));
    for (int k = 0; k < 10 && !base::interrupted(); ++k) std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

}  // namespace hypocaust::study
