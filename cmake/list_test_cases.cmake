# After a test binary is linked: asks it for its cases and writes one add_test each. Run by hypocaust_test with
# BINARY, NAME, LABELS, LIST (the file to write) and FOLDER (where the tests run).
cmake_minimum_required(VERSION 3.25)
function(cases_of variable)
  execute_process(COMMAND "${BINARY}" ${ARGN} --list-test-names-only
    WORKING_DIRECTORY "${FOLDER}" OUTPUT_VARIABLE answer ERROR_VARIABLE trouble RESULT_VARIABLE result)
  # Exit 1 only says that there are cases (Catch2 counts them).
  if(NOT result MATCHES "^[01]$")
    message(FATAL_ERROR "${BINARY} --list-test-names-only ended with ${result}:\n${answer}${trouble}")
  endif()
  if(answer MATCHES ";")
    message(FATAL_ERROR "${NAME}: the name of a test case may not hold a semicolon:\n${answer}")
  endif()
  string(REPLACE "\n" ";" answer "${answer}")
  list(FILTER answer EXCLUDE REGEX "^ *$")
  set(${variable} "${answer}" PARENT_SCOPE)
endfunction()

cases_of(cases)
foreach(tag slow threads kill fuzz)
  cases_of(tagged_${tag} "[${tag}]")
endforeach()

set(script "")
foreach(case IN LISTS cases)
  set(labels ${LABELS})
  foreach(tag slow threads kill fuzz)
    if(case IN_LIST tagged_${tag})
      list(APPEND labels ${tag})
    endif()
  endforeach()
  # A comma or bracket in a name is Catch2's syntax unless escaped.
  string(REGEX REPLACE "([][,\\])" "\\\\\\1" escaped "${case}")
  string(APPEND script "add_test([==[${NAME}: ${case}]==] [==[${BINARY}]==] [==[${escaped}]==])\n"
    "set_tests_properties([==[${NAME}: ${case}]==] PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900 WORKING_DIRECTORY [==[${FOLDER}]==]"
    " LABELS [==[${labels}]==])\n")
endforeach()
file(WRITE "${LIST}" "${script}")
