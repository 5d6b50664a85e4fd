#include "models/compute/forecast.hpp"

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::compute {
namespace {

constexpr std::size_t day_hours = 24;

class Signal {
 public:
  explicit Signal(std::vector<double> values) : values_(std::move(values)) { EXPECT(!values_.empty()); }
  double at(std::size_t hour) const {
    if (hour < values_.size()) return values_[hour];
    const std::size_t day = values_.size() < day_hours ? values_.size() : day_hours;
    return values_[values_.size() - day + (hour - values_.size()) % day];
  }
  double standard_deviation() const {
    double sum = 0, squares = 0;
    for (const double value : values_) sum += value;
    const double mean = sum / static_cast<double>(values_.size());
    for (const double value : values_) squares += (value - mean) * (value - mean);
    return vsqrt(squares / static_cast<double>(values_.size()));
  }

 private:
  std::vector<double> values_;
};

class Perfect final : public Forecast {
 public:
  explicit Perfect(Signal signal) : signal_(std::move(signal)) {}
  double value(std::size_t, std::size_t hour) const override { return signal_.at(hour); }

 private:
  Signal signal_;
};

class Persistence final : public Forecast {
 public:
  explicit Persistence(Signal signal) : signal_(std::move(signal)) {}
  double value(std::size_t now, std::size_t hour) const override {
    const std::size_t back = (hour - now + day_hours - 1) / day_hours * day_hours;
    return signal_.at(back <= hour ? hour - back : now);
  }

 private:
  Signal signal_;
};

class Noisy final : public Forecast {
 public:
  Noisy(Signal signal, double error_frac, std::uint64_t seed)
      : signal_(std::move(signal)), spread_value_(error_frac * signal_.standard_deviation()), random_(seed, "forecast") {}
  double value(std::size_t now, std::size_t hour) const override {
    const double error = hour == now ? 0.0 : spread_value_ * random_.normal(now, static_cast<std::uint32_t>(2 * (hour - now)));
    return signal_.at(hour) + error;
  }

 private:
  Signal signal_;
  double spread_value_;
  RandomStream random_;
};

}  // namespace

std::unique_ptr<Forecast> make_forecast(const ForecastSpec& spec, std::vector<double> signal, std::uint64_t seed) {
  Signal known(std::move(signal));
  switch (spec.kind) {
    case ForecastKind::persistence:
      return std::make_unique<Persistence>(std::move(known));
    case ForecastKind::noisy:
      return std::make_unique<Noisy>(std::move(known), spec.error_frac, seed);
    case ForecastKind::perfect:
      break;
  }
  return std::make_unique<Perfect>(std::move(known));
}

}  // namespace hypocaust::compute
