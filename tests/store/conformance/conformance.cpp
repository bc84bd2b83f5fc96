#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {

std::vector<Adapter> all_adapters() {
  return {{"Memory", make_memory},
          {"EmbeddedTail", [] { return make_embedded(small_settings(1'000'000)); }},
          {"EmbeddedSealing", [] { return make_embedded(small_settings(2)); }}};
}

std::string name_of(const testing::TestParamInfo<Adapter>& info) {
  return info.param.name;
}

}  // namespace tallystick::store::test
