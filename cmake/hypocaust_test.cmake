# hypocaust_test(NAME LINK lib... [LABELS label...]): a Catch2 binary of the folder's .cpp files; ctest runs each case in a
# process of its own (one SimGrid engine a process).
# Labels: those given here, and the tags [slow], [threads], [kill], [fuzz] of a case. A case that ends with 77 is "Skipped".
add_library(hypocaust_catch_main STATIC ${PROJECT_SOURCE_DIR}/tests/support/catch_main.cpp)
target_link_libraries(hypocaust_catch_main PUBLIC Catch2::Catch2 hypocaust_options)
target_include_directories(hypocaust_catch_main PUBLIC ${PROJECT_SOURCE_DIR})

# The distribution's Python (its h5py and xarray match the HDF5 we link), else whichever is there.
find_program(HYPOCAUST_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(HYPOCAUST_PYTHON python3 REQUIRED)

function(hypocaust_test name)
  cmake_parse_arguments(arg "" "" "LINK;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE hypocaust_catch_main ${arg_LINK})
  target_compile_definitions(${name} PRIVATE HYPOCAUST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${name}.cases.cmake")
  add_custom_command(TARGET ${name} POST_BUILD BYPRODUCTS "${list}" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -DBINARY=$<TARGET_FILE:${name}> -DNAME=${name} "-DLABELS=${arg_LABELS}" "-DLIST=${list}"
            "-DFOLDER=${CMAKE_CURRENT_BINARY_DIR}" -P "${PROJECT_SOURCE_DIR}/cmake/list_test_cases.cmake")
  file(WRITE "${list}.include" "if(EXISTS \"${list}\")\n  include(\"${list}\")\nelse()\n  add_test(${name}_NOT_BUILT ${name}_NOT_BUILT)\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${list}.include")
endfunction()
