#include "config/toml_file.hpp"

#include <toml++/toml.h>

#include <cardea/service/files/file.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestFile = 64 * 1024;

std::string place_of(const std::filesystem::path& path, const toml::source_region& region) {
  return path.string() + ":" + std::to_string(region.begin.line);
}

std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  return std::nullopt;
}

Result<toml::table> parse_toml(std::string_view text, const std::filesystem::path& path) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    // The parser's own words may quote the file, secrets included.
    return failure(
        ErrorCode::configuration_invalid,
        PublicText{place_of(path, error.source()) + ": is not TOML; write lines such as listen = \"127.0.0.1:8000\""});
  }
}

}  // namespace

Result<TomlFile> read_toml_file(const std::filesystem::path& path) {
  auto content = read_file(path, kLongestFile);
  if (!content) return failure(std::move(content).error());
  const auto table = parse_toml(content->bytes, path);
  wipe(content->bytes);
  if (!table) return failure(table.error());

  TomlFile file{.texts = {}, .others_can_read = content->others_can_read};
  for (const auto& [key, node] : *table) {
    auto text = text_of(node);
    if (!text) {
      return failure(ErrorCode::configuration_invalid,
                     PublicText{place_of(path, node.source()) + ": " + std::string(key.str()) +
                                ": is neither text, whole number, true nor false; write one value"});
    }
    file.texts.emplace(key.str(), *std::move(text));
  }
  return file;
}

}  // namespace cardea::service
