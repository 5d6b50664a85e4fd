#include "sim/base/atomic_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/core/errors.hpp"
#include "sim/base/signals.hpp"

using namespace hypocaust;
using Catch::Contains;

namespace {

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "hypocaust_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::size_t entries() const { return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {})); }
  std::string path;
};

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file is written whole, replaces what was there, and leaves nothing else") {
  const Folder folder;
  const std::string path = folder.path + "/a.json", long_text(300000, 'z');
  base::write_file(path, "first");
  CHECK(content(path) == "first");
  base::write_file(path, long_text);
  CHECK(content(path) == long_text);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a missing folder and a folder in the file's place are the user's errors, with a remedy") {
  const Folder folder;
  CHECK_THROWS_AS(base::require_writable_folder(folder.path + "/absent/run.h5"), UserError);
  CHECK_THROWS_WITH(base::require_writable_folder(folder.path + "/absent/run.h5"),
                    Contains("No such file") && Contains("make the folder first"));
  CHECK_THROWS_WITH(base::require_writable_folder(folder.path), Contains("is a folder"));
  CHECK_NOTHROW(base::require_writable_folder(folder.path + "/run.h5"));
  CHECK(folder.entries() == 0);
  ::mkdir((folder.path + "/taken").c_str(), 0755);
  CHECK_THROWS_AS(base::write_file(folder.path + "/taken", "text"), UserError);
  CHECK(folder.entries() == 1);  // no partial file beside it
}

TEST_CASE("a disk that fills up is the user's error, and neither the file nor its partial is left") {
  const Folder folder;
  const std::string path = folder.path + "/big";
  const pid_t child = ::fork();
  if (child == 0) {
    base::watch_signals();  // SIGXFSZ would kill
    const rlimit small{100000, 100000};
    ::setrlimit(RLIMIT_FSIZE, &small);
    try {
      base::write_file(path, std::string(300000, 'z'));
    } catch (const UserError& error) {
      const std::string text = error.what();
      ::_exit(text.find(path) != text.npos && text.find("300000 bytes") != text.npos && text.find("ulimit -f") != text.npos ? 42
                                                                                                                            : 43);
    }
    ::_exit(44);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 42);
  CHECK(folder.entries() == 0);
}

TEST_CASE("SIGTERM and SIGINT become Interrupted at the next poll, and only then") {
  for (const int signal : {SIGTERM, SIGINT}) {
    const pid_t child = ::fork();  // a process of its own: the flag stays set
    if (child == 0) {
      base::watch_signals();
      base::poll_interrupt();
      ::raise(signal);
      try {
        base::poll_interrupt();
      } catch (const Interrupted& reason) {
        ::_exit(std::string(reason.what()).find(signal == SIGINT ? "SIGINT" : "SIGTERM") != std::string::npos ? 42 : 43);
      }
      ::_exit(44);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 42);
  }
}
