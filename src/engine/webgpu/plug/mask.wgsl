// V̂ = mask · V. Needs `plugData: array<PlugItem>`: bit i & 31 of word i >> 5 is entry i's.
alias PlugItem = u32;

fn passes(value: Lane, feature: u32, k: u32) -> LaneMask {
  let entry = feature * DIMENSION + k;
  return laneFromBits(plugData[entry >> 5u] >> (entry & 31u));
}

fn plugged(value: Lane, feature: u32, k: u32) -> Lane {
  return select(Lane(0), value, passes(value, feature, k));
}
