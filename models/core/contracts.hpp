// Contracts: what a caller must grant (EXPECT) and what a function promises (ENSURE).
// Compiled in under HYPOCAUST_CONTRACTS (presets dev, audit, asan, tsan, ci); a broken contract is our bug, never the user's.
#pragma once
#include <source_location>

namespace hypocaust {
[[noreturn]] void contract_broken(const char* kind, const char* expression, const std::source_location& where);
}

#ifdef HYPOCAUST_CONTRACTS
#define HYPOCAUST_CONTRACT(kind, ...) \
  ((__VA_ARGS__) ? void(0) : ::hypocaust::contract_broken(kind, #__VA_ARGS__, std::source_location::current()))
#else
#define HYPOCAUST_CONTRACT(kind, ...) void(sizeof(!(__VA_ARGS__)))
#endif
#define EXPECT(...) HYPOCAUST_CONTRACT("EXPECT", __VA_ARGS__)
#define ENSURE(...) HYPOCAUST_CONTRACT("ENSURE", __VA_ARGS__)
