// Forecasts and shifting against cases worked out by hand.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/compute/shift.hpp"

using namespace hypocaust::compute;

namespace {

std::vector<double> days(std::size_t count) {  // cheap from 2 to 5 o'clock, dear at 18; each day a little dearer
  std::vector<double> signal;
  for (std::size_t hour = 0; hour < 24 * count; ++hour) {
    const std::size_t h = hour % 24;
    signal.push_back((h >= 2 && h < 5 ? 1.0 : h == 18 ? 9.0 : 4.0) + 0.01 * static_cast<double>(hour / 24));
  }
  return signal;
}

Job job(double hour, double hours, double delay_hours, std::int32_t cores = 1) {
  return {.submit_s = static_cast<std::int64_t>(hour * 3600),
          .run_s = static_cast<std::int64_t>(hours * 3600),
          .requested_s = static_cast<std::int64_t>(hours * 3600),
          .cores = cores,
          .delay_s = static_cast<std::int32_t>(delay_hours * 3600)};
}

Shift shift_over(std::vector<double> signal, std::int64_t cores = 100, ForecastSpec forecast = {}) {
  const std::int64_t groups[] = {cores};
  const std::size_t hours = signal.size();
  std::vector<Criterion> order;
  order.push_back({.forecast = make_forecast(forecast, std::move(signal), 1)});
  return {forecast, std::move(order), groups, hours};
}

double start_hour(Shift& shift, const Job& one) {
  return shift.start_s(one, {.now_s = static_cast<double>(one.submit_s)}) / 3600.0;
}

}  // namespace

TEST_CASE("a shifted job starts when its whole run is cheapest, and never after its longest delay or its deadline's last start") {
  Shift shift = shift_over(days(4));
  CHECK(start_hour(shift, job(0.5, 3, 12)) == 2.0);   // all three cheap hours
  CHECK(start_hour(shift, job(0.5, 3, 1)) == 1.0);    // may wait until 1:30: one cheap hour more than at once
  CHECK(start_hour(shift, job(0.5, 3, 0)) == 0.5);    // may not wait
  CHECK(start_hour(shift, job(6, 1, 30)) == 26.0);    // tomorrow
  CHECK(start_hour(shift, job(17.5, 1, 5)) == 19.0);  // away from the dear hour
  CHECK(start_hour(shift, job(20, 1, 2)) == 20.0);    // nothing gained: at once
  Job due = job(20, 1, 30);
  due.deadline_s = 25 * 3600 + 1800;  // must start by 24:30
  CHECK(start_hour(shift, due) == 20.0);
  due.deadline_s = 27 * 3600;
  CHECK(start_hour(shift, due) == 26.0);
}

TEST_CASE("hours that are full are left to the next cheapest, and all full means at once") {
  Shift shift = shift_over(days(2), 4);
  CHECK(start_hour(shift, job(0, 1, 6, 3)) == 2.0);
  CHECK(start_hour(shift, job(0, 1, 6, 3)) == 3.0);
  CHECK(start_hour(shift, job(0, 1, 6, 1)) == 2.0);  // beside the first
  CHECK(start_hour(shift, job(0, 1, 6, 3)) == 4.0);
  CHECK(start_hour(shift, job(0, 1, 6, 3)) == 0.0);
  CHECK(start_hour(shift, job(0, 7, 1, 4)) == 0.0);
}

TEST_CASE(
    "aims decide in their order: each leaves to the next what is alike to it, and heat before price is not price before heat") {
  const std::vector<double> price{5, 4, 3, 3, 2, 9, 9, 9}, heat{0, -2, -1.5, -2, 0, -2, 0, 0};
  const auto chosen = [&](const std::vector<double>& first, const std::vector<double>& second, double alike_value,
                          double delay_h) {
    std::vector<Criterion> order;
    order.push_back({.forecast = make_forecast({}, first, 1), .alike_value = alike_value});
    order.push_back({.forecast = make_forecast({}, second, 1)});
    const std::int64_t groups[] = {4};
    Shift shift({}, std::move(order), groups, 8);
    return start_hour(shift, job(0, 1, delay_h));
  };
  CHECK(chosen(price, heat, 0.0, 7) == 4.0);  // the cheapest hour, whatever the heat
  CHECK(chosen(price, heat, 1.0, 7) == 3.0);  // hours 2 to 4 are alike by price; the third has the most use for heat
  CHECK(chosen(price, heat, 2.0, 7) == 1.0);  // so is hour 1, as good for heat and earlier
  CHECK(chosen(heat, price, 0.0, 7) == 3.0);  // 1, 3 and 5 are alike by heat
  CHECK(chosen(heat, price, 0.5, 7) == 2.0);
  CHECK(chosen(heat, price, 0.0, 2) == 1.0);  // no aim reaches beyond the longest delay
}

TEST_CASE("a thermal limit in the order keeps a job from hosts that are slowed down now") {
  for (const bool limit_first : {true, false}) {
    std::vector<Criterion> order(1);
    order.insert(limit_first ? order.end() : order.begin(), Criterion{.forecast = make_forecast({}, {1, 2, 2, 2}, 1)});
    const std::int64_t groups[] = {4};
    Shift shift({}, std::move(order), groups, 4);
    const Job one = job(0, 1, 3);
    CHECK(shift.start_s(one, {.now_s = 0, .throttled = true}) == (limit_first ? 3600.0 : 0.0));
    CHECK(shift.start_s(one, {.now_s = 0}) == 0.0);
  }
}

TEST_CASE("forecasts: perfect is the signal, persistence yesterday's same hour, noise has the spread that was asked for") {
  const std::vector<double> signal = days(30);
  const auto perfect = make_forecast({}, signal, 1), persistence = make_forecast({.kind = ForecastKind::persistence}, signal, 1),
             noisy = make_forecast({.kind = ForecastKind::noisy, .error_frac = 0.5}, signal, 1);
  CHECK(perfect->value(30, 42) == signal[42]);
  CHECK(perfect->value(700, 24 * 30 + 5) == signal[24 * 29 + 5]);  // beyond its end
  CHECK(persistence->value(30, 30) == signal[30]);
  CHECK(persistence->value(30, 42) == signal[18]);
  CHECK(persistence->value(30, 66) == signal[18]);
  CHECK(persistence->value(3, 20) == signal[3]);  // nothing known of that hour yet
  CHECK(noisy->value(30, 30) == signal[30]);
  double sum = 0, squares = 0, mean = 0, spread = 0;
  for (const double value : signal) mean += value / static_cast<double>(signal.size());
  for (const double value : signal) spread += (value - mean) * (value - mean) / static_cast<double>(signal.size());
  constexpr int n = 20000;
  for (int k = 0; k < n; ++k) {
    const auto now = static_cast<std::size_t>(k % 500), hour = now + 1 + static_cast<std::size_t>(k / 500);
    const double error = noisy->value(now, hour) - signal[hour];
    sum += error, squares += error * error;
  }
  CHECK(std::fabs(sum / n) < 0.03 * std::sqrt(spread));
  CHECK(std::sqrt(squares / n) == Approx(0.5 * std::sqrt(spread)).epsilon(0.03));
}
