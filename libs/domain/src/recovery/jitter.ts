const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The spread uses the first quarter of the window: what waits for a retry or for a neighbour still has three quarters left. */
const WINDOW_SHARE = 4;

/**
 * Seconds after the window opens at which the rungs of one debtor fall due: the same for all his cases, so that they meet,
 * and spread over debtors, so that ten thousand of them do not. FNV-1a (32 bits) of the id; 0 for an empty window.
 */
export function jitterSecondsFor(debtorId: string, windowSeconds: number): number {
  const spread = Math.floor(windowSeconds / WINDOW_SHARE);
  if (spread <= 0) return 0;
  let hash = FNV_OFFSET;
  for (let i = 0; i < debtorId.length; i++) {
    hash = Math.imul(hash ^ debtorId.charCodeAt(i), FNV_PRIME) >>> 0;
  }
  return hash % spread;
}
