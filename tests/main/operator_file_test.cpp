#include "main/operator_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace tallystick {
namespace {

class OperatorFileTest : public testing::Test {
 protected:
  OperatorFileTest() { std::filesystem::create_directories(folder_); }
  ~OperatorFileTest() override { std::filesystem::remove_all(folder_); }

  std::string text() const {
    std::ostringstream read;
    read << std::ifstream(folder_ / "operator.json").rdbuf();
    return read.str();
  }

  const std::filesystem::path folder_ = testing::TempDir() + "operator_file_" + std::to_string(::getpid());
};

TEST_F(OperatorFileTest, IsForItsOwnerAlone) {
  const mode_t before = ::umask(0);
  const auto written = write_operator_file(folder_, "operator", "s3cret");
  ::umask(before);
  ASSERT_TRUE(written) << written.error();
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "operator.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_EQ(text(), "{\"client_id\": \"operator\", \"client_secret\": \"s3cret\"}\n");
}

TEST_F(OperatorFileTest, ReplacesWhatACrashLeft) {
  std::ofstream(folder_ / "operator.json.new") << "half";
  std::ofstream(folder_ / "operator.json") << "of a store that never knew it";
  ASSERT_TRUE(write_operator_file(folder_, "operator", "second"));
  EXPECT_NE(text().find("second"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "operator.json.new"));
}

TEST_F(OperatorFileTest, SaysWhatCouldNotBeWritten) {
  const auto written = write_operator_file(folder_ / "missing", "operator", "s3cret");
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().find("operator.json"), std::string::npos) << written.error();
  EXPECT_NE(written.error().find("No such file"), std::string::npos) << written.error();
  EXPECT_EQ(written.error().find("s3cret"), std::string::npos) << written.error();
}

}  // namespace
}  // namespace tallystick
