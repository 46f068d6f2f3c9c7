# `cpack -G DEB` in the build folder: cardea, the server with its unit, and libcardea-dev, what others build with. A package
# is for the version of Debian that it is built on. Why no shared library: docs/decisions/0018-static-libraries.md.
if(NOT TARGET cardea)
  return()
endif()

# What belongs to the system rather than to a prefix: only the package installs it.
install(FILES packaging/systemd/cardea.service packaging/systemd/cardea.socket DESTINATION lib/systemd/system COMPONENT system EXCLUDE_FROM_ALL)
install(FILES packaging/systemd/cardea.sysusers DESTINATION lib/sysusers.d RENAME cardea.conf COMPONENT system
  EXCLUDE_FROM_ALL)
install(FILES packaging/cardea.toml DESTINATION /etc/cardea COMPONENT system EXCLUDE_FROM_ALL)
install(FILES packaging/observability/prometheus.yml packaging/observability/cardea-alerts.yml
              packaging/observability/cardea-dashboard.json
        DESTINATION share/doc/cardea/examples COMPONENT system EXCLUDE_FROM_ALL)

# Newer than the same version on an older Debian.
cmake_host_system_information(RESULT debian QUERY DISTRIB_VERSION_ID)
cmake_host_system_information(RESULT codename QUERY DISTRIB_VERSION_CODENAME)
set(CPACK_DEBIAN_PACKAGE_RELEASE "1~deb${debian}")
set(CARDEA_PACKAGE_MAINTAINER "The Cardea authors <cardea@packages.invalid>" CACHE STRING
  "Who has made the packages: name <address>")

# What has changed in the packages, as Debian writes it; what has changed in Cardea is in the changelog beside it.
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(debian_changelog "${PROJECT_BINARY_DIR}/install/changelog.Debian")
file(CONFIGURE OUTPUT "${debian_changelog}" @ONLY CONTENT
"cardea (@PROJECT_VERSION@-@CPACK_DEBIAN_PACKAGE_RELEASE@) @codename@; urgency=medium

  * Made from the sources of @PROJECT_VERSION@: changelog.gz says what is new there.

 -- @CARDEA_PACKAGE_MAINTAINER@  @now@
")

# cardea_package_document(file AS name PACKAGE package COMPONENT component): compressed, as Debian wants it.
function(cardea_package_document file)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "AS;PACKAGE;COMPONENT" "")
  install(CODE "execute_process(COMMAND gzip -9nc \"${file}\" COMMAND_ERROR_IS_FATAL ANY
    OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/${arg_PACKAGE}/${arg_AS}.gz\")"
    COMPONENT ${arg_COMPONENT} EXCLUDE_FROM_ALL)
endfunction()

# cardea_package_documents(package component): what every package of Debian has.
function(cardea_package_documents package component)
  install(FILES packaging/debian/copyright DESTINATION "share/doc/${package}" COMPONENT ${component} EXCLUDE_FROM_ALL)
  cardea_package_document("${PROJECT_SOURCE_DIR}/CHANGELOG.md" AS changelog PACKAGE ${package} COMPONENT ${component})
  cardea_package_document("${debian_changelog}" AS changelog.Debian PACKAGE ${package} COMPONENT ${component})
endfunction()
cardea_package_documents(cardea system)
cardea_package_documents(libcardea-dev dev-documents)
install(FILES packaging/debian/libcardea-dev.lintian-overrides DESTINATION share/lintian/overrides RENAME libcardea-dev
  COMPONENT dev-documents EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cardea)
set(CPACK_PACKAGE_VENDOR "The Cardea authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_COMPONENTS_ALL server system dev dev-documents)
set(CPACK_COMPONENT_SERVER_GROUP program)
set(CPACK_COMPONENT_SYSTEM_GROUP program)
set(CPACK_COMPONENT_DEV_GROUP library)
set(CPACK_COMPONENT_DEV-DOCUMENTS_GROUP library)

set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${CARDEA_PACKAGE_MAINTAINER}")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEB_COMPONENT_INSTALL ON)

set(debian "${PROJECT_SOURCE_DIR}/packaging/debian")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME cardea)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_EXTRA "${debian}/postinst;${debian}/prerm;${debian}/postrm;${debian}/conffiles")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "server for login, tokens, roles and permissions
Sessions, signed tokens, users, roles, API keys, OAuth clients and an audit
log, on SQLite or PostgreSQL, with the commands that administer them.")

# What linking the static libraries takes, besides what their headers include.
string(REGEX MATCH "^[0-9]+\\.[0-9]+" boost "${Boost_VERSION}")
set(depends libboost${boost}-dev libboost-json${boost}-dev libcrypt-dev libcurl4-openssl-dev libpq-dev libsoci-dev
  libsodium-dev libspdlog-dev libsqlite3-dev libssl-dev libtomlplusplus-dev libzxcvbn-dev)
list(JOIN depends ", " depends)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libcardea-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "${depends}")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SUGGESTS "cmake, g++ (>= 4:12), pkgconf")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "login, tokens, roles and permissions for C++ services
Headers and static libraries, for CMake and pkg-config: tokens, accounts and
roles; their stores over SQLite and PostgreSQL; an HTTP server whose handlers
say by their parameters who may call them.")
include(CPack)
