# What the compiler and the linker do for every target of ours, so that a mistake in memory ends the program rather than
# obeys whoever found it. tests/hardening looks at the result.
include(CheckPIESupported)
check_pie_supported()

target_compile_options(cardea_options INTERFACE -fstack-protector-strong)
# A sanitizer looks at the same places by its own means.
if(NOT CARDEA_SANITIZE)
  target_compile_options(cardea_options INTERFACE
    -fstack-clash-protection $<$<CONFIG:Release>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=3>)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i[3-6]86)$")
    target_compile_options(cardea_options INTERFACE -fcf-protection)
  endif()
endif()
target_link_options(cardea_options INTERFACE LINKER:-z,relro,-z,now,-z,noexecstack)
