// Sobol's sequence (I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86) with the direction numbers of S. Joe and F. Y. Kuo,
// SIAM J. Sci. Comput. 30 (2008) 2635, in Gray code order (Antonov and Saleev 1979).
#pragma once
#include <cstdint>

namespace hypocaust::study {

inline constexpr int most_sobol_dimensions = 64;

// Coordinate `dimension` (from 0) of point `index`, as a fraction of 2^32.
std::uint32_t sobol(std::uint32_t index, int dimension);

}  // namespace hypocaust::study
