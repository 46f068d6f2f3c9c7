#include <gtest/gtest.h>

#include <cardea/service/routes/ready_server.hpp>
#include <cardea/web/app_with.hpp>

namespace cardea::service {
namespace {

TEST(ServiceCatalogue, DeclaresWhatTheRoutesOfTheReadyServerName) {
  web::AppWith<kReadyServerCatalogue> app;
  add_ready_server(app);
  for (const auto& problem : app.problems()) EXPECT_EQ(problem.find("catalogue"), problem.npos) << problem;
}

}  // namespace
}  // namespace cardea::service
