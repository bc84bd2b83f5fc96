#pragma once

namespace tallystick::turns {

/// Who goes first where more threads want a processor than there are. Each comes before those below it.
enum class Rank {
  answering,  ///< reads requests, answers questions: waits for others most of the time, and someone waits for it
  decoding,   ///< takes what was sent apart: comes in bursts of many batches, for which a question need not wait
  storing,    ///< commits and seals: as busy as the load is large
  merging,    ///< tidies up what is stored, for which nobody waits
};

/// Gives the calling thread its rank (docs/adr/0016). Ranks are shares, not orders: a lower one still gets some of each
/// second. A thread that already gives way more stays as it is, and where the kernel does not know or allow it, nothing
/// changes.
void take_rank(Rank rank);

}  // namespace tallystick::turns
