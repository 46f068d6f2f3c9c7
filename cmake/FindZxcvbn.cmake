# Zxcvbn::Zxcvbn, the C library that estimates how easy a password is to guess.
find_path(ZXCVBN_INCLUDE_DIR zxcvbn.h)
find_library(ZXCVBN_LIBRARY zxcvbn)
mark_as_advanced(ZXCVBN_INCLUDE_DIR ZXCVBN_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Zxcvbn REQUIRED_VARS ZXCVBN_LIBRARY ZXCVBN_INCLUDE_DIR)

if(Zxcvbn_FOUND AND NOT TARGET Zxcvbn::Zxcvbn)
  add_library(Zxcvbn::Zxcvbn INTERFACE IMPORTED)
  target_include_directories(Zxcvbn::Zxcvbn INTERFACE "${ZXCVBN_INCLUDE_DIR}")
  target_link_libraries(Zxcvbn::Zxcvbn INTERFACE "${ZXCVBN_LIBRARY}")
endif()
