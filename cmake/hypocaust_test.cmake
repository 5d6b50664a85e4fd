# hypocaust_test(NAME LINK lib... [LABELS label...]): a Catch2 binary of the folder's .cpp files; ctest runs each case in a
# process of its own (one SimGrid engine a process).
include(Catch)
add_library(hypocaust_catch_main STATIC ${PROJECT_SOURCE_DIR}/tests/support/catch_main.cpp)
target_link_libraries(hypocaust_catch_main PUBLIC Catch2::Catch2 hypocaust_options)
target_include_directories(hypocaust_catch_main PUBLIC ${PROJECT_SOURCE_DIR})

function(hypocaust_test name)
  cmake_parse_arguments(arg "" "" "LINK;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE hypocaust_catch_main ${arg_LINK})
  target_compile_definitions(${name} PRIVATE HYPOCAUST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  catch_discover_tests(${name} TEST_PREFIX "${name}: " PROPERTIES LABELS "${arg_LABELS}" SKIP_RETURN_CODE 77)
endfunction()
