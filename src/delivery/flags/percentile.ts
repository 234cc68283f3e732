import { sha256 } from "../../estate/kustomize/sha256.ts";

/**
 * Where a user falls among 100 percent for a hint, as the libraries of Microsoft.FeatureManagement compute it: the first four bytes
 * of the SHA-256 of `user\nhint`, little-endian, as a share of 2^32 - 1.
 */
export function percentileOf(userId: string, hint: string): number {
  const digest = sha256(`${userId}\n${hint}`);
  let word = 0;
  for (let byte = 3; byte >= 0; byte -= 1)
    word = word * 256 + Number.parseInt(digest.slice(2 * byte, 2 * byte + 2), 16);
  return (word / 0xffff_ffff) * 100;
}

/** In [from, to); 100 belongs to a range that ends there. */
export function isInPercentile(userId: string, hint: string, from: number, to: number): boolean {
  const percentile = percentileOf(userId, hint);
  return percentile >= from && (to === 100 ? percentile <= 100 : percentile < to);
}
