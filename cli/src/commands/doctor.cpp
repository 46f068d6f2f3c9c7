#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/service/diagnosis/diagnose.hpp>

#include "commands/commands.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {
namespace {

using service::Finding;
using service::Findings;

struct Arguments {
  bool json = false;
};

std::string as_json(const Findings& findings) {
  boost::json::array array;
  for (const auto& finding : findings) {
    boost::json::object object{
        {"check", finding.check}, {"verdict", name_of(finding.verdict)}, {"what", finding.what}, {"advice", nullptr}};
    if (!finding.advice.empty()) object["advice"] = finding.advice;
    array.push_back(std::move(object));
  }
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const Findings& findings) {
  std::vector<Row> rows;
  for (const auto& finding : findings) {
    auto sentence = finding.advice.empty() ? finding.what : finding.what + "; " + finding.advice;
    rows.push_back({std::string(name_of(finding.verdict)), finding.check, std::move(sentence)});
  }
  return table({"VERDICT", "CHECK", "WHAT, AND WHAT TO DO"}, rows);
}

bool is_problem(const Finding& finding) { return finding.verdict == service::Verdict::problem; }

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  const auto findings = service::diagnose(invocation.sources, invocation.clock.now());
  invocation.terminal.out() << (arguments.json ? as_json(findings) : as_table(findings));
  return std::ranges::any_of(findings, is_problem) ? ExitStatus::refused : ExitStatus::done;
}

}  // namespace

void add_doctor(Command program, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.add_command(
      "doctor", "Look at configuration, files, keys, clock and database, and say what to do; changes nothing");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
