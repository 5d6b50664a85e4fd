#include "sim/base/child_pool.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>
#include <vector>

#include "models/core/errors.hpp"

using hypocaust::base::ChildPool;

namespace {

int calls = 0;  // in a child of its own each, so always 1 there

std::string work(const std::string& request) {
  ++calls;
  if (request == "refuse") throw hypocaust::UserError("no such thing");
  if (request == "physics") throw hypocaust::PhysicsError("does not close");
  if (request == "die") ::raise(SIGKILL);
  if (request == "large") return std::string(3'000'000, 'x');
  return request + " " + std::to_string(calls);
}

}  // namespace

TEST_CASE("every call has a process of its own, and its answers and errors come back") {
  ChildPool pool(2, work);
  CHECK(pool.call("a") == "a 1");
  CHECK(pool.call("b") == "b 1");
  CHECK(pool.call("").starts_with(" 1"));
  CHECK(pool.call("large").size() == 3'000'000);
  CHECK_THROWS_AS(pool.call("refuse"), hypocaust::UserError);
  CHECK_THROWS_AS(pool.call("physics"), hypocaust::PhysicsError);
  CHECK(calls == 0);
}

TEST_CASE("a child that is killed is told, and the next call works") {
  ChildPool pool(1, work);
  CHECK_THROWS_WITH(pool.call("die"), Catch::Contains("killed by signal 9"));
  CHECK(pool.call("a") == "a 1");
}

TEST_CASE("many threads share few servers", "[threads]") {
  ChildPool pool(2, work);
  std::vector<std::string> answers(8);
  std::vector<std::thread> threads;
  for (std::size_t k = 0; k < answers.size(); ++k)
    threads.emplace_back([&, k] { answers[k] = pool.call("request " + std::to_string(k)); });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t k = 0; k < answers.size(); ++k) CHECK(answers[k] == "request " + std::to_string(k) + " 1");
}
