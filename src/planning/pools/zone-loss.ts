/**
 * Nodes that a pool of one size needs over so many zones so that, with any one zone gone, `needed` are left. AKS spreads a
 * pool's nodes evenly, so the fullest zone holds n / zones, rounded up: n - ceil(n / zones) >= needed, which the smallest
 * n = needed + ceil(needed / (zones - 1)) meets. Undefined with fewer than two zones.
 */
export function nodesForZoneLoss(needed: number, zones: number): number | undefined {
  if (needed === 0) return 0;
  if (zones < 2) return undefined;
  return needed + Math.ceil(needed / (zones - 1));
}

/** Nodes that are left when the fullest zone is gone. */
export function nodesWithoutFullestZone(nodes: number, zones: number): number {
  return nodes - Math.ceil(nodes / Math.max(1, zones));
}

/** Nodes of a pool in one of its zones, the first ones being the fullest. */
export function nodesInZone(nodes: number, zone: number, zones: number): number {
  return Math.ceil((nodes - zone) / zones);
}
