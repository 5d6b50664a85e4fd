#include "models/core/contracts.hpp"

#include <string>

#include "models/core/errors.hpp"

namespace hypocaust {

void contract_broken(const char* kind, const char* expression, const std::source_location& where) {
  throw InternalError(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + kind + "(" + expression +
                      ") does not hold");
}

}  // namespace hypocaust
