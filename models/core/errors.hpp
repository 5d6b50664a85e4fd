// The roots of every exception, mapped to exit codes by main(): 1 our bug, 2 the user's input, 3 the physics, 4 interrupted.
#pragma once
#include <stdexcept>

namespace hypocaust {

struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};
struct UserError : std::runtime_error {  // "where: error: what (why); remedy"
  using std::runtime_error::runtime_error;
};
struct PhysicsError : std::runtime_error {  // a balance that does not close, a solve that does not converge
  using std::runtime_error::runtime_error;
};
struct Interrupted : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace hypocaust
