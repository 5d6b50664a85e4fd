// main() of every test binary. Ends with 0 or 1: Catch2 counts failures, and 77 of them would read as "skipped" to ctest.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

int main(int count, char** words) {
  Catch::Session session;
  if (const int wrong = session.applyCommandLine(count, words); wrong != 0) return wrong;
  const int failures = session.run();
  return failures == 0 ? 0 : 1;
}
