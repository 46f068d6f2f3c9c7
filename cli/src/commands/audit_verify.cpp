#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/audit/audit_export.hpp>
#include <cardea/core/audit/audit_verification.hpp>
#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/audit_trail.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kLongestCheckpoint = 4096;

struct Arguments {
  std::optional<std::string> checkpoint;
  bool json = false;
};

Result<std::optional<AuditCheckpoint>> checkpoint_given(const std::optional<std::string>& file) {
  if (!file) return std::optional<AuditCheckpoint>{};
  const auto text = service::read_file(*file, kLongestCheckpoint);
  if (!text) return failure(text.error());
  auto checkpoint = parse_audit_checkpoint(text->bytes);
  if (!checkpoint) return failure(std::move(checkpoint).error());
  return std::optional{*std::move(checkpoint)};
}

std::string as_json(const AuditVerdict& verdict, const AuditSigner& signer) {
  boost::json::object object{
      {"whole", !verdict.flaw},        {"rows", verdict.rows},     {"first", verdict.start.sequence + 1},
      {"last", verdict.end.sequence},  {"hash", verdict.end.hash}, {"unsigned_rows", verdict.unsigned_rows()},
      {"signer", signer.public_key()}, {"flaw", nullptr}};
  if (const auto& flaw = verdict.flaw) {
    object["flaw"] = {{"kind", name_of(flaw->kind)}, {"row", flaw->sequence}, {"sentence", flaw->sentence}};
  }
  return boost::json::serialize(object) + '\n';
}

std::string as_text(const AuditVerdict& verdict, const AuditSigner& signer) {
  std::string text = "the audit log is whole: " + std::to_string(verdict.rows) + " rows, to row " +
                     std::to_string(verdict.end.sequence) + ", " + verdict.end.hash + '\n';
  if (verdict.start.sequence > 0) {
    text += "rows up to " + std::to_string(verdict.start.sequence) + " were pruned, which is signed\n";
  }
  if (const auto& checkpoint = verdict.checkpoint) {
    text += "signed " + to_rfc3339(checkpoint->at) + " by " + signer.public_key() + '\n';
  }
  if (const auto count = verdict.unsigned_rows(); count > 0) {
    text += "the last " + std::to_string(count) + " of them are not signed yet\n";
  }
  return text;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  auto status = ExitStatus::done;
  const auto opened =
      with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
        const auto kept = checkpoint_given(arguments.checkpoint);
        if (!kept) return failure(kept.error());
        const auto signer = service::audit_signer_of(config);
        if (!signer) return failure(signer.error());
        sql::SqlAuditStore store{accounts.database()};
        const auto verdict = verify_audit(store, *signer, *kept);
        if (!verdict) return failure(verdict.error());
        if (verdict->flaw) status = ExitStatus::refused;
        if (arguments.json) {
          terminal.out() << as_json(*verdict, *signer);
        } else if (verdict->flaw) {
          terminal.err() << "error: the audit log is not whole: " << verdict->flaw->sentence << '\n';
        } else {
          terminal.out() << as_text(*verdict, *signer);
        }
        return {};
      });
  return opened == ExitStatus::done ? status : opened;
}

}  // namespace

void add_audit_verify(Command audit, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = audit.add_command("verify", "Check that no event was changed, removed, moved or put in");
  command
      .add_option("--checkpoint", arguments->checkpoint, "A checkpoint that was kept elsewhere: the log must have it")
      .type_name("FILE");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
