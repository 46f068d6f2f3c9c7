#include "diagnosis/check_files.hpp"

#include <sys/stat.h>

#include <cardea/service/wiring/master_key_file.hpp>
#include <cerrno>
#include <system_error>

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::string_view kFile = "database file", kFolder = "folder", kMasterKey = "master key";

// "0640".
std::string octal(mode_t mode) {
  std::string digits(4, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, mode >>= 3U) {
    *digit = static_cast<char>('0' + (mode & 7U));
  }
  return digits;
}

Finding judged(const std::filesystem::path& file, mode_t mode) {
  const auto what = file.string() + " has mode " + octal(mode & 07777U);
  const auto advice = "run chmod 600 " + file.string();
  if ((mode & (S_IWOTH | S_IWGRP)) != 0) return problem(std::string(kFile), what + ": others can change it", advice);
  if ((mode & (S_IROTH | S_IRGRP)) != 0) {
    return problem(std::string(kFile), what + ": others can read the password hashes in it", advice);
  }
  return ok(std::string(kFile), what);
}

Finding check_file(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) == 0) return judged(file, status.st_mode);
  return problem(std::string(kFile), file.string() + ": " + std::generic_category().message(errno),
                 "start it as the user whose file it is");
}

}  // namespace

Findings check_database_files(const std::filesystem::path& database) {
  Findings findings{check_file(database)};
  const auto log = std::filesystem::path(database.string() + "-wal");
  std::error_code ignored;
  if (std::filesystem::exists(log, ignored)) {
    if (auto found = check_file(log); found.verdict != Verdict::ok) findings.push_back(std::move(found));
  }
  findings.push_back(check_folder(database.has_parent_path() ? database.parent_path() : "."));
  return findings;
}

Finding check_folder(const std::filesystem::path& folder) {
  struct stat status{};
  if (::stat(folder.c_str(), &status) != 0) {
    return problem(std::string(kFolder), folder.string() + ": " + std::generic_category().message(errno),
                   "start it as the user whose folder it is");
  }
  const auto what = folder.string() + " has mode " + octal(status.st_mode & 07777U);
  const bool keeps_names = (status.st_mode & S_ISVTX) != 0;
  if ((status.st_mode & S_IWOTH) != 0 && !keeps_names) {
    return problem(std::string(kFolder), what + ": anybody can put another database or key in the place of yours",
                   "run chmod go-w " + folder.string());
  }
  if ((status.st_mode & S_IWGRP) != 0 && !keeps_names) {
    return warning(std::string(kFolder), what + ": the group can put another database or key in the place of yours",
                   "run chmod g-w " + folder.string());
  }
  return ok(std::string(kFolder), what);
}

Finding check_master_key(const Config& config, bool is_needed) {
  const auto path = master_key_file_of(config);
  if (!path) return ok(std::string(kMasterKey), "none: the database is in memory");
  const auto file = MasterKeyFile::at(*path);
  if (!file.exists() && !is_needed) {
    return ok(std::string(kMasterKey), path->string() + " is not there yet; the first start makes it");
  }
  const auto keys = file.read();
  if (!keys) return problem(std::string(kMasterKey), keys.error());
  return ok(std::string(kMasterKey), path->string() + " is readable by its owner alone; keep a copy of it elsewhere");
}

}  // namespace cardea::service
