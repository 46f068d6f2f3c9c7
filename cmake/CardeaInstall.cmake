# What `cmake --install` puts where. The components: "server" is the program with its pages, "dev" what others build with.
include(CMakePackageConfigHelpers)
set(CARDEA_CMAKE_FOLDER "${CMAKE_INSTALL_LIBDIR}/cmake/cardea")

# cardea_install_layer(core SUMMARY text TARGETS targets... REQUIRES modules... LIBS flags... CFLAGS flags...): the library,
# with the targets that only describe what it links, its headers, and its pkg-config file with the modules and flags that
# linking it takes.
function(cardea_install_layer layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SUMMARY" "TARGETS;REQUIRES;LIBS;CFLAGS")
  set_target_properties(cardea_${layer} PROPERTIES EXPORT_NAME ${layer})
  install(TARGETS cardea_${layer} ${arg_TARGETS} EXPORT cardea-${layer}
    ARCHIVE COMPONENT dev INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT cardea-${layer} NAMESPACE cardea:: FILE cardea-${layer}-targets.cmake DESTINATION "${CARDEA_CMAKE_FOLDER}"
    COMPONENT dev)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/${layer}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT dev)

  file(RELATIVE_PATH up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /prefix)
  foreach(name IN ITEMS REQUIRES LIBS CFLAGS)
    list(JOIN arg_${name} " " ${name})
  endforeach()
  set(file "${PROJECT_BINARY_DIR}/install/cardea-${layer}.pc")
  configure_file("${PROJECT_SOURCE_DIR}/packaging/cardea.pc.in" "${file}" @ONLY)
  install(FILES "${file}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT dev)
endfunction()

cardea_install_layer(core
  SUMMARY "Tokens, keys, passwords, accounts, roles and audit"
  REQUIRES libcrypto libsodium libcrypt LIBS -lboost_json -lzxcvbn)
cardea_install_layer(sql
  SUMMARY "The stores of cardea-core over SQLite and PostgreSQL"
  REQUIRES cardea-core sqlite3 libpq LIBS -lsoci_sqlite3 -lsoci_postgresql -lsoci_core)
set_target_properties(cardea_asio PROPERTIES EXPORT_NAME asio)
set_target_properties(cardea_curl PROPERTIES EXPORT_NAME curl)
cardea_install_layer(web TARGETS cardea_asio cardea_curl
  SUMMARY "Typed handler parameters, errors, OpenAPI and the HTTP server"
  REQUIRES cardea-core spdlog libcurl libssl LIBS -pthread
  CFLAGS -pthread -DBOOST_ASIO_NO_DEPRECATED -DBOOST_ASIO_DISABLE_BOOST_REGEX)
cardea_install_layer(service
  SUMMARY "Ready routes, configuration and wiring"
  REQUIRES cardea-web cardea-sql spdlog tomlplusplus)

set(config "${PROJECT_BINARY_DIR}/install/cardeaConfig.cmake")
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/cardeaConfig.cmake.in" "${config}"
  INSTALL_DESTINATION "${CARDEA_CMAKE_FOLDER}" NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
set(version "${PROJECT_BINARY_DIR}/install/cardeaConfigVersion.cmake")
write_basic_package_version_file("${version}" COMPATIBILITY SameMinorVersion)
install(FILES "${config}" "${version}" cmake/FindSOCI.cmake cmake/FindZxcvbn.cmake DESTINATION "${CARDEA_CMAKE_FOLDER}"
  COMPONENT dev)

if(TARGET cardea)
  install(TARGETS cardea RUNTIME COMPONENT server)
  install(FILES packaging/bash-completion/cardea DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
    COMPONENT server)

  set(folder "${PROJECT_BINARY_DIR}/install")
  set(man_pages "${PROJECT_SOURCE_DIR}/tools/man_pages.py")
  add_custom_command(OUTPUT "${folder}/cardea.1.gz" "${folder}/cardea.toml.5.gz"
    COMMAND "${CARDEA_PYTHON}" "${man_pages}" "$<TARGET_FILE:cardea>" "${folder}"
    DEPENDS cardea "${man_pages}" COMMENT "Writing the manual pages")
  add_custom_target(cardea_man ALL DEPENDS "${folder}/cardea.1.gz" "${folder}/cardea.toml.5.gz")
  install(FILES "${folder}/cardea.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT server)
  install(FILES "${folder}/cardea.toml.5.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man5" COMPONENT server)
endif()
