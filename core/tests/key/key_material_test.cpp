#include "key/key_material.hpp"

#include <gtest/gtest.h>

namespace cardea {
namespace {

TEST(KeyMaterial, IsNamedSoThatTheNameCanBeTypedAsAnArgument) {
  // Of names that begin with any of 64 characters, a dash would come up with a probability of 1 - 10^-20.
  for (int i = 0; i < 3000; ++i) EXPECT_FALSE(new_key(Algorithm::hs256).key.id().text().starts_with('-'));
}

}  // namespace
}  // namespace cardea
