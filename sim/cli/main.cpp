#include "sim/cli/verbs.hpp"

int main(int argc, char** argv) { return hypocaust::cli::command_line(argc, argv); }
