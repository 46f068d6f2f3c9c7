#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/csv.hpp>
#include <cardea/service/files/secret_file_draft.hpp>
#include <filesystem>
#include <optional>
#include <ostream>
#include <span>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"
#include "user_file/user_file_reader.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kPage = 1000;

struct Arguments {
  std::string file, format;
  bool with_hashes = false;
};

// What an import makes the same account of. The hash is the last, since it is there only when asked for.
constexpr std::array kColumns{UserColumn::username,       UserColumn::role,  UserColumn::state,
                              UserColumn::disabled_until, UserColumn::email, UserColumn::created_at,
                              UserColumn::password_hash};

std::string roles_of(const User& user) {
  const auto first = std::string(user.role.name());
  return user.other_roles.empty() ? first : first + ' ' + user.other_roles.to_text();
}

std::string text_of(const ExportedUser& exported, UserColumn column) {
  const auto& [user, email, hash] = exported;
  switch (column) {
    case UserColumn::username: return std::string(user.username.text());
    case UserColumn::role: return roles_of(user);
    case UserColumn::state: return std::string(name_of(user.state));
    case UserColumn::disabled_until: return user.disabled_until ? to_rfc3339(*user.disabled_until) : "";
    case UserColumn::email: return email ? std::string(email->text()) : "";
    case UserColumn::created_at: return to_rfc3339(user.created_at);
    case UserColumn::password_hash: return std::string(hash.expose());
    case UserColumn::disabled:
    case UserColumn::password_salt: break;  // for other programs' files
  }
  return {};
}

// One format, one set of columns.
class UserFileText {
 public:
  UserFileText(UserFileFormat format, bool with_hashes)
      : format_(format), columns_(std::span{kColumns}.first(kColumns.size() - (with_hashes ? 0 : 1))) {}

  std::string heading() const {
    if (format_ == UserFileFormat::json_lines) return {};
    return csv_of([](UserColumn column) { return std::string(name_of(column)); });
  }

  std::string of(const std::vector<ExportedUser>& users) const {
    std::string text;
    for (const auto& user : users) {
      const auto value = [&](UserColumn column) { return text_of(user, column); };
      text += format_ == UserFileFormat::csv ? csv_of(value) : json_of(value);
    }
    return text;
  }

 private:
  template <class Value>
  std::string csv_of(Value value) const {
    std::vector<std::string> fields;
    std::ranges::transform(columns_, std::back_inserter(fields), value);
    std::string record;
    append_csv_record(record, fields);
    return record;
  }

  template <class Value>
  std::string json_of(Value value) const {
    boost::json::object line;
    for (const auto column : columns_) {
      if (auto text = value(column); !text.empty()) line[name_of(column)] = text;
    }
    return boost::json::serialize(line) + '\n';
  }

  UserFileFormat format_;
  std::span<const UserColumn> columns_;
};

std::unexpected<Error> is_there_already(const std::string& file) {
  return failure(ErrorCode::file_unusable, PublicText{file + ": is there already; name a file that is not"});
}

// The new file, or standard output for "-".
class Target {
 public:
  static Result<Target> open(const std::string& file, std::ostream& standard_output) {
    Target target{file, standard_output};
    if (file == "-") return target;
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) return is_there_already(file);
    auto draft = service::SecretFileDraft::begin(file);
    if (!draft) return failure(std::move(draft).error());
    target.draft_.emplace(*std::move(draft));
    return target;
  }

  Done write(std::string_view text) {
    if (draft_) return draft_->write(text);
    *out_ << text;
    return {};
  }

  // After the last piece.
  Done finish(std::size_t users) {
    if (!draft_) return flush();
    const auto created = draft_->create();
    if (!created) return failure(created.error());
    if (!*created) return is_there_already(file_);
    *out_ << "exported " << users << (users == 1 ? " user" : " users") << " to " << file_ << '\n';
    return {};
  }

 private:
  Done flush() {
    if (!out_->flush()) return failure(ErrorCode::file_unusable, PublicText{"standard output: cannot be written"});
    return {};
  }

  Target(std::string file, std::ostream& out) : file_(std::move(file)), out_(&out) {}

  std::string file_;
  std::ostream* out_;
  std::optional<service::SecretFileDraft> draft_;
};

// Page by page: there may be more users than there is memory.
Done write_all(Target& target, UserStore& users, const UserFileText& text) {
  if (auto written = target.write(text.heading()); !written) return written;
  std::optional<UserId> after;
  std::size_t count = 0;
  do {
    const auto page = users.list_exported(after, kPage);
    if (!page) return failure(page.error());
    if (auto written = target.write(text.of(page->users)); !written) return written;
    count += page->users.size();
    after = page->next;
  } while (after);
  return target.finish(count);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto format = user_file_format(arguments.file, arguments.format);
    if (!format) return failure(format.error());
    auto target = Target::open(arguments.file, invocation.terminal.out());
    if (!target) return failure(std::move(target).error());
    return write_all(*target, accounts.users(), {*format, arguments.with_hashes});
  });
}

}  // namespace

void add_user_export(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command(
      "export", "Write all users to a file that `cardea user import` reads, deleted ones included; for its owner only");
  command.add_option("file", arguments->file, "A new file; - for standard output").required();
  command.add_option("--format", arguments->format, "csv or jsonl, if the name's ending does not say it");
  command.add_flag("--with-hashes", arguments->with_hashes, "With the password hashes: keep the file as a secret");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
