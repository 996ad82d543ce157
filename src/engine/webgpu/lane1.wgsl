// Lanes of one number: lane4.wgsl for any dimension.
alias Lane = f32;
alias LaneMask = bool;
const LANES = 1u;

fn laneSum(x: Lane) -> f32 {
  return x;
}

fn laneCount(mask: LaneMask) -> u32 {
  return select(0u, 1u, mask);
}

fn laneBits(mask: LaneMask) -> u32 {
  return select(0u, 1u, mask);
}

fn laneFromBits(bits: u32) -> LaneMask {
  return (bits & 1u) != 0u;
}

fn laneAnd(a: LaneMask, b: LaneMask) -> LaneMask {
  return a && b;
}
