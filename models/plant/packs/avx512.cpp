// Eight components at a time; compiled for AVX-512 (F and DQ), run where the processor has them.
#define hypocaust hypocaust_avx512
#define HYPOCAUST_PACK_WIDTH 8
#define HYPOCAUST_PACK_TABLE avx512
#ifdef __AVX512DQ__
#include "models/plant/packs/pack_loops.hpp"
#else
#include "models/plant/packs/packs.hpp"
const hypocaust_packs::Loops hypocaust_packs::avx512[types]{};
#endif
