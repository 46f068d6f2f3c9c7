# cardea_compile_fail_tests(target): one test for each file of tests/compile_fail, compiled with the include folders,
# definitions and language standard of `target`. What a file's first line expects: tools/compile_fail.py.
function(cardea_compile_fail_tests target)
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}/tests/compile_fail")
  set(runner "${PROJECT_SOURCE_DIR}/tools/compile_fail.py")
  set(includes "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
  set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
  file(GLOB cases CONFIGURE_DEPENDS "${folder}/*.cpp")
  foreach(case IN LISTS cases)
    cmake_path(GET case STEM name)
    add_test(NAME "compile_fail.${name}" COMMAND_EXPAND_LISTS
      COMMAND "${CARDEA_PYTHON}" "${runner}" "${case}" "${CMAKE_CXX_COMPILER}" ${CMAKE_CXX23_STANDARD_COMPILE_OPTION}
        "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>" "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>")
    set_tests_properties("compile_fail.${name}" PROPERTIES LABELS compile_fail TIMEOUT 120
      FIXTURES_REQUIRED compile_fail_control)
  endforeach()
  # Where the control does not compile, nothing else may count as refused.
  if(NOT "${folder}/control.cpp" IN_LIST cases)
    message(FATAL_ERROR "${folder} has no control.cpp, the file that has to compile")
  endif()
  set_tests_properties(compile_fail.control PROPERTIES FIXTURES_REQUIRED "" FIXTURES_SETUP compile_fail_control)
endfunction()
