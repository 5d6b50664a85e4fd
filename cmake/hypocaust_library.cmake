# hypocaust_library(NAME [PUBLIC dep...] [PRIVATE dep...]): one folder, one library, its arrows on one line.
# Sources are the folder's .cpp files (and parts/, schedulers/ below it), so a new component is one file.
add_library(hypocaust_options INTERFACE)
target_include_directories(hypocaust_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(hypocaust_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-missing-field-initializers -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(hypocaust_options INTERFACE -Wno-restrict)  # false alarms on std::string, GCC bug 105651
endif()
if(HYPOCAUST_CONTRACTS)
  target_compile_definitions(hypocaust_options INTERFACE HYPOCAUST_CONTRACTS)
endif()

function(hypocaust_library name)
  cmake_parse_arguments(arg "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC hypocaust_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE hypocaust_options ${arg_PUBLIC})
  endif()
endfunction()
