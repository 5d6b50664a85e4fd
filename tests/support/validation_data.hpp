// Published measurements that tests compare with. They are not part of the repository (licences, size).
#pragma once
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

namespace hypocaust::test {

// The path of a file of the validation data, `name` relative to its folder: $HYPOCAUST_VALIDATION_DATA, or ../shared/validation
// beside the project. Without it, ends the process with 77, which ctest shows as "Skipped" with the test's name: call it
// before anything is asserted. A folder that is named but does not exist is a mistake, and fails.
inline std::string validation_file(const std::string& name) {
  namespace fs = std::filesystem;
  const char* const given = std::getenv("HYPOCAUST_VALIDATION_DATA");
  const bool named = given != nullptr && *given != '\0';
  const fs::path folder = named ? fs::path(given) : fs::path(HYPOCAUST_SOURCE_DIR) / ".." / "shared" / "validation";
  const fs::path path = folder / name;
  if (fs::exists(path)) return path.string();
  if (named && !fs::is_directory(folder)) FAIL("HYPOCAUST_VALIDATION_DATA names no folder: " << folder);
  std::printf("SKIPPED: %s needs %s of the validation data (set HYPOCAUST_VALIDATION_DATA to its folder)\n",
              Catch::getResultCapture().getCurrentTestName().c_str(), name.c_str());
  std::fflush(stdout);
  std::exit(77);
}

}  // namespace hypocaust::test
