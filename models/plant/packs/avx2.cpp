// Four components at a time; compiled for AVX2, run where the processor has it.
#define hypocaust hypocaust_avx2
#define HYPOCAUST_PACK_WIDTH 4
#define HYPOCAUST_PACK_TABLE avx2
#ifdef __AVX2__
#include "models/plant/packs/pack_loops.hpp"
#else
#include "models/plant/packs/packs.hpp"
const hypocaust_packs::Loops hypocaust_packs::avx2[types]{};
#endif
