#include "sim/study/outage_base.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>
#include <type_traits>

#include "models/core/contracts.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/study/quarters_file.hpp"

namespace hypocaust::study {
namespace {

static_assert(std::is_trivially_copyable_v<WindowFigures>, "stored as it is, beside the version that wrote it");
static_assert(offsetof(meter::Energies, delivered_metered) + sizeof(std::int32_t) == sizeof(meter::Energies) &&
                  sizeof(WindowFigures) % sizeof(double) == 0,
              "unnamed bytes would differ from run to run");

constexpr double WindowFigures::*of_jobs[] = {&WindowFigures::jobs_finished, &WindowFigures::jobs_late, &WindowFigures::jobs_lost,
                                              &WindowFigures::core_s};

void add(WindowFigures& sum, const WindowFigures& part, double sign) {
  meter::add(sum.energies, part.energies, sign);
  for (const auto figure : {&WindowFigures::minutes_over_limit, &WindowFigures::minutes_throttled, &WindowFigures::minutes_unmet,
                            &WindowFigures::minutes_down, &WindowFigures::power_cuts})
    sum.*figure += sign * part.*figure;
  for (const auto figure : of_jobs) sum.*figure += sign * part.*figure;
  for (std::size_t m = 0; m < part.minutes_over.size(); ++m) sum.minutes_over[m] += sign * part.minutes_over[m];
}

}  // namespace

WindowFigures OutageBase::window(std::int64_t from, std::int64_t steps) const {
  EXPECT(from % steps_an_hour_ == 0 && steps % steps_an_hour_ == 0 && steps <= steps_);
  const auto last = static_cast<std::int64_t>(hours_.size()) - 1;
  const std::int64_t begin = from / steps_an_hour_, end = begin + steps / steps_an_hour_;
  WindowFigures sum;
  add(sum, hours_[static_cast<std::size_t>(std::min(end, last))], 1);
  add(sum, hours_[static_cast<std::size_t>(begin)], -1);
  if (end > last) {
    WindowFigures again = hours_[static_cast<std::size_t>(end - last)];
    for (const auto figure : of_jobs) again.*figure = 0;
    add(sum, again, 1);
  }
  return sum;
}

std::vector<float> OutageBase::stores_in(std::int64_t from, std::int64_t steps, std::size_t stores) const {
  std::vector<float> list;
  for (std::int64_t k = from; k < from + steps; ++k) {
    const auto at = stores_c_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(k % steps_) * stores);
    list.insert(list.end(), at, at + static_cast<std::ptrdiff_t>(stores));
  }
  return list;
}

void OutageBase::write(const std::string& path) const {
  const std::uint64_t counts[3] = {hours_.size(), stores_c_.size(), jobs_.size()};
  std::string bytes(
      sizeof counts + hours_.size() * sizeof(WindowFigures) + stores_c_.size() * sizeof(float) + jobs_.size() * sizeof(JobEnd),
      '\0');
  char* at = bytes.data();
  const auto put = [&](const void* from, std::size_t count) { at = std::copy_n(static_cast<const char*>(from), count, at); };
  put(counts, sizeof counts);
  put(hours_.data(), hours_.size() * sizeof(WindowFigures));
  put(stores_c_.data(), stores_c_.size() * sizeof(float));  // of none there is no place to copy from
  put(jobs_.data(), jobs_.size() * sizeof(JobEnd));
  base::write_file(path, bytes + quarters_bytes(quarters_));
}

bool OutageBase::read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::uint64_t counts[3] = {0, 0, 0};
  if (bytes.size() < sizeof counts) return false;
  std::memcpy(counts, bytes.data(), sizeof counts);
  const auto hours = static_cast<std::size_t>(steps_ / steps_an_hour_) + 1;
  const std::size_t hours_size = hours * sizeof(WindowFigures), head = sizeof counts + hours_size;
  if (counts[0] != hours || bytes.size() < head || (bytes.size() - head) / sizeof(float) < counts[1]) return false;
  const std::size_t stores_size = counts[1] * sizeof(float);
  if ((bytes.size() - head - stores_size) / sizeof(JobEnd) < counts[2]) return false;
  const std::size_t jobs_size = counts[2] * sizeof(JobEnd);
  if (!read_quarters(std::string_view(bytes).substr(head + stores_size + jobs_size), quarters_)) return false;
  hours_.resize(hours), stores_c_.resize(counts[1]), jobs_.resize(counts[2]);
  const char* from = bytes.data() + sizeof counts;
  std::copy_n(from, hours_size, reinterpret_cast<char*>(hours_.data()));
  std::copy_n(from + hours_size, stores_size, reinterpret_cast<char*>(stores_c_.data()));
  std::copy_n(from + hours_size + stores_size, jobs_size, reinterpret_cast<char*>(jobs_.data()));
  return true;
}

}  // namespace hypocaust::study
