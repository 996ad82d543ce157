// V̂ = V. See engine/table.ts; one file of this folder is what `plugged` and `passes` mean for a table.
alias PlugItem = u32;

fn passes(value: Lane, feature: u32, k: u32) -> LaneMask {
  return LaneMask(true);
}

fn plugged(value: Lane, feature: u32, k: u32) -> Lane {
  return value;
}
