// SIGINT, SIGTERM and SIGUSR1 (batch systems send it before the time is up) set a flag that long work polls; nothing is done inside a handler.
#pragma once

namespace hypocaust::base {

// Installs the handlers; also ignores SIGXFSZ and SIGPIPE, so that a full or closed output is an error code, not a death.
void watch_signals();
// The name of the one that has arrived; nullptr: none.
const char* interrupted();
// Throws Interrupted when one of them has arrived.
void poll_interrupt();

}  // namespace hypocaust::base
