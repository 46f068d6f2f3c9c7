# What the project links, all of it from the distribution. Why each: docs/decisions/0001-dependencies.md.
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(Threads REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(xcrypt REQUIRED IMPORTED_TARGET libcrypt)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CURL 7.88 REQUIRED)

# Debian's libzxcvbn-dev has neither a CMake package nor a pkg-config file, and its libsoci-dev has no CMake package: the
# modules that find them are ours, and are installed with the libraries.
find_package(Zxcvbn REQUIRED)
find_package(SOCI REQUIRED)
if(CARDEA_SANITIZE MATCHES "undefined")
  # SOCI's library hides the type information that this one check asks for.
  target_compile_options(SOCI::SOCI INTERFACE -fno-sanitize=vptr)
endif()

# A program that fetches no keys from elsewhere does not load libcurl and all that it needs.
add_library(cardea_curl INTERFACE)
target_link_libraries(cardea_curl INTERFACE CURL::libcurl)
target_link_options(cardea_curl INTERFACE LINKER:--as-needed)

# Boost.Asio and Beast, one set of definitions for every user, so that the types agree across targets.
add_library(cardea_asio INTERFACE)
target_link_libraries(cardea_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(cardea_asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_REGEX)
# GCC 12 sees operator delete of a coroutine's frame, but not the operator new that belongs to it.
target_compile_options(cardea_asio INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)
# ThreadSanitizer does not know fences: those that Asio can do without are off, of the others GCC does not warn.
if(CARDEA_SANITIZE MATCHES "thread")
  target_compile_definitions(cardea_asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  target_compile_options(cardea_asio INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
endif()

if(CARDEA_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(CARDEA_BUILD_TESTS OR CARDEA_INSTALL)
  # The distribution's interpreter: it is the one that has the distribution's FastAPI.
  find_program(CARDEA_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
endif()
if(CARDEA_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
