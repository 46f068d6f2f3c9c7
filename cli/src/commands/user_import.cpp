#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/csv.hpp>
#include <cardea/service/files/file.hpp>
#include <cardea/service/files/secret_file_draft.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <filesystem>
#include <fstream>
#include <istream>
#include <optional>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"
#include "terminal/printable.hpp"
#include "terminal/progress_bar.hpp"
#include "user_file/user_file_reader.hpp"
#include "user_file/user_import.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kLargestHashConfig = 64 * 1024;

struct Arguments {
  std::string file, format, report, firebase;
  std::string role = "user";
  bool ignore_columns = false, without_passwords = false, dry_run = false, json = false;
};

Result<ImportRules> rules_of(const Arguments& arguments, Instant now) {
  auto role = Role::parse(arguments.role);
  if (!role) return failure(std::move(role).error());
  ImportRules rules{*std::move(role), now, arguments.without_passwords, std::nullopt};
  if (arguments.firebase.empty()) return rules;
  const auto text = service::read_secret_file(arguments.firebase, kLargestHashConfig);
  if (!text) return failure(text.error());
  auto firebase = FirebaseHashConfig::parse(text->expose());
  if (!firebase) return failure(std::move(firebase).error());
  rules.firebase = *std::move(firebase);
  return rules;
}

// The file, or standard input for "-".
class Source {
 public:
  static Result<Source> open(const std::string& file, std::istream& standard_input) {
    Source source;
    if (file == "-") {
      source.in_ = &standard_input;
      return source;
    }
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    source.size_ = error ? 0 : static_cast<std::size_t>(size);
    source.file_ = std::make_unique<std::ifstream>(file, std::ios::binary);
    source.in_ = source.file_.get();
    if (source.file_->is_open() && !std::filesystem::is_directory(file, error)) return source;
    return failure(ErrorCode::file_unusable, PublicText{file + ": cannot be read"});
  }
  std::istream& in() const noexcept { return *in_; }
  std::size_t size() const noexcept { return size_; }

 private:
  std::unique_ptr<std::ifstream> file_;
  std::istream* in_ = nullptr;
  std::size_t size_ = 0;
};

// The refused lines: some of them for whoever looks, all of them for the report.
class Refusals {
 public:
  // The report is begun before anything is done, so that one that cannot be written stops the import.
  static Result<Refusals> open(const std::string& file, ProgressBar& bar, std::ostream& err) {
    Refusals refusals{bar, err};
    if (file.empty()) return refusals;
    auto report = service::SecretFileDraft::begin(file);
    if (!report) return failure(std::move(report).error());
    refusals.report_.emplace(*std::move(report));
    append_csv_record(refusals.text_, std::vector<std::string>{"line", "username", "reason"});
    return refusals;
  }

  void add(const RefusedLine& line) {
    if (report_) append_csv_record(text_, std::vector{std::to_string(line.number), line.username, line.reason});
    if (text_.size() > kBuffered) flush();
    if (++count_ > kShown) return;
    bar_->clear();
    *err_ << "line " << line.number << ": " << (line.username.empty() ? "" : printable(line.username) + ": ")
          << line.reason << '\n';
    if (count_ == kShown) *err_ << (report_ ? "…\n" : "further ones are only counted; --report FILE has all\n");
  }

  // After the last one: the report has its name then, in the place of an earlier one. Error: file_unusable.
  Done finish() {
    if (!report_) return {};
    flush();
    return written_ ? report_->replace() : written_;
  }

 private:
  static constexpr std::size_t kShown = 20;
  static constexpr std::size_t kBuffered = 65'536;

  Refusals(ProgressBar& bar, std::ostream& err) : bar_(&bar), err_(&err) {}

  void flush() {
    if (written_) written_ = report_->write(text_);
    text_.clear();
  }

  ProgressBar* bar_;
  std::ostream* err_;
  std::optional<service::SecretFileDraft> report_;
  Done written_;
  std::string text_;  // not yet in the report
  std::size_t count_ = 0;
};

std::string sentence_of(const ImportCounts& counts, bool dry_run) {
  return (dry_run ? "would add " : "added ") + std::to_string(counts.added) + ", already there " +
         std::to_string(counts.already_there) + ", refused " + std::to_string(counts.refused);
}

std::string json_of(const ImportCounts& counts, bool dry_run, bool interrupted) {
  return boost::json::serialize(boost::json::object{{"added", counts.added},
                                                    {"already_there", counts.already_there},
                                                    {"refused", counts.refused},
                                                    {"dry_run", dry_run},
                                                    {"interrupted", interrupted}});
}

Done add_line(UserImport& importing, UserLine line, const ImportRules& rules) {
  if (!line.columns) return importing.refuse(line.number, {}, line.columns.error());
  auto row = imported_row_of(*line.columns, rules);
  if (!row) return importing.refuse(line.number, (*line.columns)[UserColumn::username], row.error());
  return importing.add(line.number, *std::move(row));
}

// Until the end, or the signal; what has been read is stored then.
Done read_all(UserFileReader& reader, UserImport& importing, const ImportRules& rules, const std::atomic<bool>& stopped,
              ProgressBar& bar) {
  while (!stopped) {
    auto line = reader.next();
    if (!line) break;
    if (auto added = add_line(importing, *std::move(line), rules); !added) return added;
    const auto& counts = importing.counts();
    bar.show(reader.bytes(), counts.added + counts.already_there + counts.refused);
  }
  return importing.finish();
}

struct Outcome {
  ImportCounts counts;
  bool interrupted = false;
};

// Until the end or the first signal.
Result<Outcome> import_lines(UserFileReader& reader, UserImport& importing, const ImportRules& rules,
                             ProgressBar& bar) {
  std::atomic<bool> stopped = false;
  const web::StopOnSignal stop([&stopped] { stopped = true; });
  if (auto done = read_all(reader, importing, rules, stopped, bar); !done) return failure(std::move(done).error());
  return Outcome{importing.counts(), stopped};
}

void tell(Terminal& terminal, const Arguments& arguments, const Outcome& outcome) {
  const auto& [counts, interrupted] = outcome;
  terminal.out() << (arguments.json ? json_of(counts, arguments.dry_run, interrupted)
                                    : sentence_of(counts, arguments.dry_run))
                 << '\n';
  if (!interrupted) return;
  terminal.err() << "interrupted\nhint: the same command goes on: it leaves alone whoever is there already\n";
}

// What a file has to have before anything is read of its users.
Result<std::unique_ptr<UserFileReader>> opened(const Source& source, const Arguments& arguments) {
  const auto format = user_file_format(arguments.file, arguments.format);
  if (!format) return failure(format.error());
  auto reader = UserFileReader::open(source.in(), *format, arguments.ignore_columns);
  if (reader) return reader;
  return failure(ErrorCode::file_unusable,
                 PublicText{arguments.file + ": " + std::string(reader.error().public_text())});
}

Result<Outcome> import_file(Invocation& invocation, const Arguments& arguments, UserStore& users, AuditSink& audit) {
  auto& terminal = invocation.terminal;
  const auto now = invocation.clock.now();
  const auto rules = rules_of(arguments, now);
  if (!rules) return failure(rules.error());
  const auto source = Source::open(arguments.file, terminal.in());
  if (!source) return failure(source.error());
  const auto reader = opened(*source, arguments);
  if (!reader) return failure(reader.error());

  ProgressBar bar{terminal.err(), terminal.shows_progress(), source->size()};
  auto refusals = Refusals::open(arguments.report, bar, terminal.err());
  if (!refusals) return failure(std::move(refusals).error());
  UserImport importing{users, audit, arguments.dry_run ? UserImport::Mode::dry_run : UserImport::Mode::write, now,
                       [&](const RefusedLine& line) { refusals->add(line); }};
  auto outcome = import_lines(**reader, importing, *rules, bar);
  bar.clear();
  auto reported = refusals->finish();
  if (!outcome || reported) return outcome;
  return failure(std::move(reported).error());
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  bool all_in = false;
  const auto status =
      with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
        CommandAudit audit{accounts.database(), config, invocation.terminal};
        const auto outcome = import_file(invocation, arguments, accounts.users(), audit.sink());
        if (!outcome) return failure(outcome.error());
        tell(invocation.terminal, arguments, *outcome);
        all_in = !outcome->interrupted && outcome->counts.refused == 0;
        return {};
      });
  return status == ExitStatus::done && !all_in ? ExitStatus::refused : status;
}

}  // namespace

void add_user_import(Command user, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command(
      "import",
      "Add the users of a file with the password hashes that they have; it can be run again and goes on then");
  command.add_option("file", arguments->file, "CSV with a heading, or JSON lines; - for standard input").required();
  command.add_option("--format", arguments->format, "csv or jsonl, if the name's ending does not say it");
  command.add_option("--role", arguments->role, "The role where the file has none").type_name("ROLE").show_default();
  command.add_option("--report", arguments->report, "Write the refused lines to this file, as CSV").type_name("FILE");
  command
      .add_option("--firebase-hash-config", arguments->firebase,
                  "The password hash parameters of a Firebase project, as its console shows them")
      .type_name("FILE");
  command.add_flag("--ignore-columns", arguments->ignore_columns, "Leave out columns that are not known");
  command.add_flag("--without-passwords", arguments->without_passwords,
                   "Accept users without a password hash; they log in once they have been given a password");
  command.add_flag("--dry-run", arguments->dry_run, "Check everything and change nothing");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
