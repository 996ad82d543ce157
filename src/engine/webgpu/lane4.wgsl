// Lanes of four numbers: what a thread handles at once where the dimension is a multiple of four.
alias Lane = vec4f;
alias LaneMask = vec4<bool>;
const LANES = 4u;

fn laneSum(x: Lane) -> f32 {
  return (x.x + x.y) + (x.z + x.w);
}

fn laneCount(mask: LaneMask) -> u32 {
  let ones = select(vec4u(0), vec4u(1), mask);
  return (ones.x + ones.y) + (ones.z + ones.w);
}

// Bit j is number j's.
fn laneBits(mask: LaneMask) -> u32 {
  let bits = select(vec4u(0), vec4u(1, 2, 4, 8), mask);
  return bits.x | bits.y | bits.z | bits.w;
}

fn laneFromBits(bits: u32) -> LaneMask {
  return (vec4u(bits) & vec4u(1, 2, 4, 8)) != vec4u(0);
}

fn laneAnd(a: LaneMask, b: LaneMask) -> LaneMask {
  return a & b;
}
