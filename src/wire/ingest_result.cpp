#include "tallystick/wire/ingest_result.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(IngestConflict, (), (index, source, id))
BOOST_DESCRIBE_STRUCT(IngestResult, (), (accepted, duplicates, conflicts))

template std::string to_json<IngestConflict>(const IngestConflict&);
template Result<IngestConflict, DecodeFaults> from_json<IngestConflict>(std::string_view);
template std::string to_json<IngestResult>(const IngestResult&);
template Result<IngestResult, DecodeFaults> from_json<IngestResult>(std::string_view);

}  // namespace tallystick::wire
