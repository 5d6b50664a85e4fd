// Work of a study in forked processes, a few side by side: each begins with the memory of its parent as it is.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace hypocaust::study {

// Numbers for a process that waits for them: made before it is started, told once.
class Word {
 public:
  Word();  // throws UserError
  ~Word();
  Word(const Word&) = delete;
  void tell(std::span<const std::int64_t> numbers);
  std::vector<std::int64_t> hear();  // in the process that was started; empty: nobody told
  void leave();                      // in a process that neither tells nor hears

 private:
  int ends_[2];
};

class Processes {
 public:
  explicit Processes(int most) : most_(most) {}
  ~Processes();  // ends those that run
  Processes(const Processes&) = delete;

  // Waits while `most` run. In the process: work, then its end, without destructors (the parent's files and engine are not its own).
  // Exceptions of the work become exit codes and are told on stderr after `name`.
  void start(int id, const std::string& name, const std::function<void()>& work);
  void reap(bool wait);  // one that has ended, if any; wait: a little, where none has. Polls for interrupts
  void wait_for_all();
  bool died(int id) const { return deaths_.contains(id); }
  std::string death_of(int id) const;                           // how; empty: it did not
  bool refused(int id) const { return refused_.contains(id); }  // it ended for a reason that the user can mend (a full disk)

 private:
  int most_;
  std::map<pid_t, int> running_;
  std::map<int, std::string> deaths_;
  std::set<int> refused_;
};

}  // namespace hypocaust::study
