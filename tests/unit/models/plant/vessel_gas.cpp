// The pressure left in a circuit that loses water, by hand.
#include "models/plant/vessel_gas.hpp"

#include <catch2/catch.hpp>

using namespace hypocaust::plant;

TEST_CASE("a vessel's gas pushes its water out, and then nothing does") {
  // 80 l charged to 1 bar, at 1.5 bar in the circuit: 80 x 2.01325 / 2.51325 = 64.0844 l of gas, 15.9156 l of water.
  const VesselGas vessel{.volume_m3 = 0.080, .precharge_pa = 1e5, .rest_pa = 1.5e5};
  CHECK(gas_at_rest_m3(vessel) == Approx(0.0640844).epsilon(1e-5));
  CHECK(vessel_gives_m3(vessel) == Approx(0.0159156 + 0.0008).epsilon(1e-5));
  CHECK(vessel_pressure_pa(vessel, 0.0) == Approx(1.5e5));
  // 10 l gone: 2.51325 bar x 64.0844 / 74.0844 = 2.17400 bar absolute.
  CHECK(vessel_pressure_pa(vessel, 0.010) == Approx(2.17400e5 - 101325.0).epsilon(1e-5));
  CHECK(vessel_pressure_pa(vessel, 0.0159156) == Approx(1e5).epsilon(1e-5));  // empty: the precharge
  CHECK(vessel_pressure_pa(vessel, 0.0159156 + 0.0004) == Approx(0.5e5).epsilon(1e-3));
  CHECK(vessel_pressure_pa(vessel, 0.020) == 0.0);
}

TEST_CASE("a vessel charged above its circuit has no water to give") {
  const VesselGas vessel{.volume_m3 = 0.080, .precharge_pa = 2e5, .rest_pa = 1.5e5};
  CHECK(gas_at_rest_m3(vessel) == Approx(0.080));
  CHECK(vessel_pressure_pa(vessel, 0.0) == Approx(1.5e5));
  CHECK(vessel_pressure_pa(vessel, 0.0004) == Approx(0.75e5));
}
