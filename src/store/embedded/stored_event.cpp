#include "store/embedded/stored_event.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {

PairHash read_hash(ByteReader& reader) {
  PairHash hash;
  const std::string_view bytes = reader.raw(hash.bytes.size());
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(hash.bytes.data()));
  return hash;
}

void write_place(ByteWriter& writer, const EventPlace& place) {
  writer.number(value_of(place.product));
  writer.number(value_of(place.resource));
  writer.time(place.time);
  writer.optional_time(place.until);
}

EventPlace read_place(ByteReader& reader) {
  EventPlace place;
  place.product = ProductNumber{reader.number32()};
  place.resource = ResourceNumber{reader.number32()};
  place.time = reader.time();
  place.until = reader.optional_time();
  return place;
}

}  // namespace tallystick::store::embedded
