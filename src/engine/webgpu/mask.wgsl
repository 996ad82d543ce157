// One word of the mask of a table: bit i & 31 is 1 where V̂ of entry i ≠ 0.
fn maskWord(word: u32) -> u32 {
  var bits = 0u;
  for (var j = 0u; j < 32; j += LANES) {
    let entry = word * 32 + j;
    if (entry < FEATURES * DIMENSION) {
      let value = values[entry / LANES];
      let passing = passes(value, entry / DIMENSION, entry % DIMENSION);
      bits |= laneBits(laneAnd(passing, value != Lane(0))) << j;
    }
  }
  return bits;
}
