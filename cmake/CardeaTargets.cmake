# How every target of the project is built: one library, one test program and one benchmark program a layer,
# each made of the files that its folders hold.
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

find_program(CARDEA_CCACHE ccache)
if(CARDEA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CARDEA_CCACHE}")
endif()

add_library(cardea_options INTERFACE)
target_compile_options(cardea_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  # GCC 12 sees an overlap in every "text" + std::string{} (GCC bug 105651, mended in 13).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Clang reports what GCC's own headers, which call functions that they deprecate, do inside templates.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
  $<$<BOOL:${CARDEA_WARNINGS_AS_ERRORS}>:-Werror>)
include(CardeaHardening)
if(CARDEA_SANITIZE)
  target_compile_options(cardea_options INTERFACE -fsanitize=${CARDEA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    -D_GLIBCXX_ASSERTIONS)
  target_link_options(cardea_options INTERFACE -fsanitize=${CARDEA_SANITIZE})
endif()
find_program(CARDEA_MOLD mold)
if(CARDEA_MOLD)
  target_link_options(cardea_options INTERFACE -fuse-ld=mold)
endif()

# cardea_precompile(target headers...): what every source of the target finds parsed already, if that is wanted. Only what
# is not ours, so that a change to a header of ours builds no more than what includes it.
function(cardea_precompile target)
  if(CARDEA_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <chrono> <filesystem> <fstream> <functional> <latch> <map> <memory> <mutex> <optional> <set> <shared_mutex>
      <span> <sstream> <string> <thread> <unordered_map> <vector> <boost/json.hpp> ${ARGN})
    # A compiler cache knows it again by its bytes.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
  endif()
endfunction()

# cardea_layer(core PUBLIC targets... PRIVATE targets...): the library cardea::<layer> of <layer>/src, its public
# headers in <layer>/include, its tests in <layer>/tests and its benchmarks in <layer>/bench. TEST_PROPERTIES are those of
# each of its tests in CTest; PRECOMPILED are headers that many of its sources read.
function(cardea_layer layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC;PRIVATE;PRECOMPILED;TEST_PROPERTIES")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp")
  add_library(cardea_${layer} STATIC ${sources})
  add_library(cardea::${layer} ALIAS cardea_${layer})
  target_include_directories(cardea_${layer} PUBLIC "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>" PRIVATE src)
  target_compile_features(cardea_${layer} PUBLIC cxx_std_23)
  target_link_libraries(cardea_${layer} PUBLIC ${arg_PUBLIC} PRIVATE $<BUILD_INTERFACE:cardea_options> ${arg_PRIVATE})
  cardea_precompile(cardea_${layer} ${arg_PRECOMPILED})

  file(GLOB_RECURSE tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tests/*_test.cpp")
  if(CARDEA_BUILD_TESTS AND tests)
    add_executable(cardea_${layer}_tests ${tests})
    target_include_directories(cardea_${layer}_tests PRIVATE src tests)
    target_link_libraries(cardea_${layer}_tests PRIVATE cardea_${layer} cardea_options ${arg_PRIVATE} GTest::gmock_main)
    target_compile_definitions(cardea_${layer}_tests PRIVATE CARDEA_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/tests/data")
    cardea_precompile(cardea_${layer}_tests ${arg_PRECOMPILED} <gmock/gmock.h> <gtest/gtest.h>)
    # The tests' own code need not be fast: a third of its compile time, which is half of the project's.
    target_compile_options(cardea_${layer}_tests PRIVATE $<$<CONFIG:Release>:-Og>)
    if(CARDEA_SANITIZE MATCHES "address")
      # All in one process: to start one for each test takes longer than most tests do.
      add_test(NAME "${layer}.all" COMMAND cardea_${layer}_tests)
      set_tests_properties("${layer}.all" PROPERTIES ${arg_TEST_PROPERTIES} LABELS "unit;${layer}" TIMEOUT 900)
    else()
      include(GoogleTest)
      gtest_discover_tests(cardea_${layer}_tests TEST_PREFIX "${layer}."
        PROPERTIES ${arg_TEST_PROPERTIES} LABELS "unit;${layer}" DISCOVERY_TIMEOUT 60)
    endif()
  endif()

  file(GLOB_RECURSE benches CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/bench/*_bench.cpp")
  if(CARDEA_BUILD_BENCHMARKS AND benches)
    add_executable(cardea_${layer}_bench ${benches})
    target_include_directories(cardea_${layer}_bench PRIVATE src)
    target_link_libraries(cardea_${layer}_bench PRIVATE cardea_${layer} cardea_options ${arg_PRIVATE} benchmark::benchmark_main)
  endif()
endfunction()
