# cardea_embed(target HEADER header FUNCTION cardea::web::docs_assets FILES files...)
#
# Puts files into the read-only data of `target` as they are, and defines the function that `header` declares:
# std::span<const Asset> over them, ordered as given. An asset's name is its file name and its entity tag comes from its
# content.
function(cardea_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;FUNCTION" "FILES")
  string(REPLACE "::" "_" prefix "${arg_FUNCTION}")
  string(REGEX MATCH "^(.*)::([^:]+)$" matched "${arg_FUNCTION}")
  set(namespace "${CMAKE_MATCH_1}")
  set(function "${CMAKE_MATCH_2}")

  set(assembly "    .section .rodata\n")
  set(symbols "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS arg_FILES)
    set(symbol "${prefix}_${index}")
    math(EXPR index "${index} + 1")
    cmake_path(GET file FILENAME name)
    file(SIZE "${file}" size)
    file(SHA256 "${file}" digest)
    string(SUBSTRING "${digest}" 0 16 tag)
    cardea_media_type("${name}" media_type)
    string(APPEND assembly "    .balign 16\n    .globl ${symbol}\n    .hidden ${symbol}\n${symbol}:\n    .incbin \"${file}\"\n")
    string(APPEND symbols "extern \"C\" const char ${symbol}[];\n")
    string(APPEND rows
      "    Asset{.name = \"${name}\", .media_type = \"${media_type}\", .bytes = {${symbol}, ${size}}, .etag = \"\\\"${tag}\\\"\"},\n")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",%progbits\n")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    # There is no code in it that -fcf-protection could be without (System V ABI, GNU_PROPERTY_X86_FEATURE_1_AND).
    string(APPEND assembly "    .section .note.gnu.property,\"a\",%note\n    .balign 8\n    .long 4, 16, 5\n    .asciz \"GNU\"\n"
      "    .long 0xc0000002, 4, 3, 0\n")
  endif()

  set(folder "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  file(CONFIGURE OUTPUT "${folder}/${function}.s" CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT "${folder}/${function}.cpp" CONTENT
"#include <${arg_HEADER}>

${symbols}
namespace ${namespace} {
namespace {

constexpr Asset assets[] = {
${rows}};

}  // namespace

std::span<const Asset> ${function}() noexcept { return assets; }

}  // namespace ${namespace}
" @ONLY)

  # A library of its own: compiler options of C++ mean nothing to the assembler.
  add_library(${prefix} OBJECT "${folder}/${function}.s")
  # Clang warns of each option that its assembler has no use for.
  target_compile_options(${prefix} PRIVATE $<$<CXX_COMPILER_ID:Clang>:-Wno-unused-command-line-argument>)
  set_source_files_properties("${folder}/${function}.s" PROPERTIES OBJECT_DEPENDS "${arg_FILES}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${arg_FILES}")
  target_sources(${target} PRIVATE "${folder}/${function}.cpp" $<TARGET_OBJECTS:${prefix}>)
endfunction()

function(cardea_media_type name result)
  if(name MATCHES "\\.html$")
    set(type "text/html; charset=utf-8")
  elseif(name MATCHES "\\.css$")
    set(type "text/css; charset=utf-8")
  elseif(name MATCHES "\\.js$")
    set(type "text/javascript; charset=utf-8")
  else()
    message(FATAL_ERROR "${name}: no media type is known for an embedded file with this ending (cmake/EmbedAssets.cmake)")
  endif()
  set(${result} "${type}" PARENT_SCOPE)
endfunction()
