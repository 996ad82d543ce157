/**
 * The CPU engine's operations in AssemblyScript with 128-bit SIMD: the formulas of each operation's contract.ts, on
 * f32 and u32 arrays in one linear memory. Addresses are in bytes. Four dimensions go at a time, the remainder one by
 * one. Nothing here allocates. The host's side is ../engine.ts; the numbers are held against reference.ts by the
 * conformance test.
 *
 * Numbers that loops use live in memory: V8 forms a vector constant, and whatever it can work out from scalars, anew
 * wherever it is used, within the loop. They lie below the host's first array (memory.ts).
 */
export { scatterSlots } from './batch';
export { squares } from './clip';
export { combineFields, copyFields, productGradients } from './combine';
export { countLeft } from './count';
export { interactionBackward, interactionForward } from './interaction';
export { linearForward, linearForwardBags, linearGradient, linearGradientBags } from './linear';
export { lookup, lookupBags, touchedLevels } from './lookup';
export { applyMasked } from './mask';
export { applyRows, optimise, prepare } from './optimise';
export { projectionBackward, projectionForward } from './projection';
export { sigmoids } from './sigmoid';
export { updateGradient } from './update';
