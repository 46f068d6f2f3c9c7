# shellcheck shell=bash
# What ./dev installs, and how: Debian's packages, and npm's by the lock files. Sourced by ./dev, whose way to say, to time
# and to fail it uses.

on_debian_12() {
  # shellcheck source=/dev/null
  [[ $(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}") == bookworm ]]
}

# packages_of GROUP: what a part of the work needs, one Debian package a line.
packages_of() {
  case $1 in
    build)
      printf '%s\n' g++ cmake ninja-build pkg-config ccache mold python3 ca-certificates \
        libssl-dev libsodium-dev libcrypt-dev libsqlite3-dev libpq-dev libsoci-dev libcli11-dev libspdlog-dev \
        libtomlplusplus-dev libcurl4-openssl-dev libzxcvbn-dev libgtest-dev libgmock-dev
      if on_debian_12; then
        printf '%s\n' libboost1.81-dev libboost-json1.81-dev
      else
        printf '%s\n' libboost-dev libboost-json-dev
      fi
      { command -v node && command -v npm; } >/dev/null || printf '%s\n' nodejs npm
      ;;
    test)
      printf '%s\n' chromium curl git haproxy libcpp-httplib-dev lintian man-db nginx openssl libfaketime postgresql systemd \
        python3-fastapi python3-uvicorn python3-passlib python3-bcrypt python3-multipart python3-jwt python3-jwcrypto \
        python3-authlib python3-requests-oauthlib python3-argon2 python3-django \
        python3-prometheus-client
      # Debian 13 has python3-jose no more; the comparison with the tutorial on FastAPI runs on Debian 12 only, and the
      # exchange of tokens does without it there. promtool is a package of its own there; see get_promtool.
      if on_debian_12; then printf '%s\n' python3-jose; else printf '%s\n' promtool; fi
      ;;
    package) printf '%s\n' dpkg-dev file ;;
    format) printf '%s\n' clang-format-19 git ;;
    lint) printf '%s\n' clang-tidy-19 cppcheck shellcheck ;;
    bench) printf '%s\n' libbenchmark-dev wrk libjwt-dev libcjose-dev libjansson-dev postgresql ;;
    soak) printf '%s\n' wrk slowhttptest ;;
    # What Cardea is measured beside. Debian 12 has no Drogon, Debian 13 no python3-jose and another golang-jwt.
    peers)
      printf '%s\n' nginx
      if on_debian_12; then
        printf '%s\n' golang-go golang-github-golang-jwt-jwt-dev golang-golang-x-crypto-dev python3-fastapi \
          python3-uvicorn python3-uvloop python3-httptools python3-jose python3-passlib python3-bcrypt python3-multipart
      else
        printf '%s\n' libdrogon-dev libjsoncpp-dev
      fi
      ;;
    # The second compiler, by which the sanitizers' tests and the fuzzers are built. llvm-19 has the program that turns
    # addresses in a stack into names.
    clang) printf '%s\n' clang-19 libclang-rt-19-dev llvm-19 ;;
  esac
}

# need GROUP...: installs the packages of these groups that are not there.
need() {
  local group missing=()
  if ! command -v apt-get >/dev/null; then
    say "no apt-get here: the packages that Cardea needs are listed in tools/packages.sh, packages_of"
    return
  fi
  mapfile -t missing < <(for group in "$@"; do packages_of "$group"; done | sort -u | not_installed)
  ((${#missing[@]} == 0)) && return
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "these packages are missing and there is no sudo: ${missing[*]}"
    sudo -v
    as_root=(sudo)
  fi
  say "installing: ${missing[*]}"
  timed packages quietly "${as_root[@]}" apt-get update -q
  timed packages quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
}

not_installed() {
  local package
  while read -r package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# need_npm FOLDER: installs the npm packages of a folder when its lock file changed since the last time.
need_npm() {
  local lock=$1/package-lock.json installed=$1/node_modules/.installed-lock.json
  cmp -s "$lock" "$installed" && return
  say "installing the npm packages of $1"
  timed packages quietly npm --prefix "$1" ci --no-audit --no-fund --loglevel=error || return
  cp "$lock" "$installed"
}

setup_build() {
  need build
  need_npm ui
}

setup_bench() {
  setup_build
  need bench peers
  local fastify=build/bench/peers/fastify
  mkdir -p "$fastify"
  cp bench/peers/fastify/package*.json "$fastify"
  need_npm "$fastify" || say "Fastify is left out"
}

# On Debian 12 the checker of Prometheus is in the package of the server, which installing it would start: only the checker
# is taken out.
get_promtool() {
  local folder=build/promtool
  if [[ -x $folder/usr/bin/promtool ]] || command -v promtool >/dev/null; then return; fi
  command -v apt-get >/dev/null || return 0
  say "unpacking promtool"
  mkdir -p "$folder"
  (cd "$folder" && timed packages quietly apt-get download prometheus)
  dpkg-deb --fsys-tarfile "$folder"/prometheus_*.deb | tar -x -C "$folder" ./usr/bin/promtool
  rm "$folder"/prometheus_*.deb
}

setup_test() {
  need build test package format soak clang
  get_promtool
  need_npm ui
  need_npm tests/browser
  need_npm tests/interop
  need_npm tests/oauth
}
