// What a person sees when the server has started.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <string>

namespace cardea::service {

// `port` is the one that is listened on, which Config cannot know when it says 0.
std::string banner(const web::App& app, const Config& config, std::uint16_t port);

}  // namespace cardea::service
