// Power traces of a study: each distinct compute side is simulated once, in a child, and shared by the points over it.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "sim/base/child_pool.hpp"
#include "sim/compute/compute.hpp"
#include "sim/study/point.hpp"

namespace hypocaust::study {

// What children do: "trace 12", "closed 12" and "measure 12" for point 12.
base::ChildPool::Work child_work(const Study& study, const std::string& folder);

class Traces {
 public:
  Traces(base::ChildPool& children, int threads);
  // From any thread. Throws what the compute side of that point has wrong.
  std::shared_ptr<const compute::PowerTrace> find(const compute::ComputeInputs& inputs, const Point& point);

 private:
  base::ChildPool& children_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const compute::PowerTrace>> known_;
  std::deque<std::shared_ptr<const compute::PowerTrace>> recent_;  // kept alive
  std::size_t most_recent_;
};

}  // namespace hypocaust::study
