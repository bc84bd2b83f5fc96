#include "store/embedded/stored_event.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {

PairHash read_hash(ByteReader& reader) {
  PairHash hash;
  const std::string_view bytes = reader.raw(hash.bytes.size());
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(hash.bytes.data()));
  return hash;
}

}  // namespace tallystick::store::embedded
