import { CosmosError } from "../adapters/cosmos/item-container.ts";

/**
 * How far a replica is, or must be, in the history of one physical partition: the last log sequence number (LSN) of
 * each writing region. `epoch` counts the failovers that cut the history.
 *
 * Text, after the token tests of Azure/azure-cosmos-dotnet-v3 (SessionTokenTests.cs, read 2026-08):
 * `range:version#globalLSN#region=localLSN#...`, the regions only where several of them write. Several ranges are
 * joined by commas. Clients must treat the text as opaque.
 */
export interface SessionToken {
  readonly range: string;
  readonly epoch: number;
  readonly lsns: readonly number[];
}

export function formatSessionToken(token: SessionToken): string {
  const total = token.lsns.reduce((sum, lsn) => sum + lsn, 0);
  const regions = token.lsns.length > 1 ? token.lsns.map((lsn, region) => `#${region}=${lsn}`).join("") : "";
  return `${token.range}:${token.epoch}#${total}${regions}`;
}

export function parseSessionTokens(text: string): readonly SessionToken[] {
  return text.split(",").map(parseSessionToken);
}

const tokenPattern = /^(\w+):(\d+)#(\d+)((?:#\d+=\d+)*)$/;

function parseSessionToken(text: string): SessionToken {
  const [, range, epoch, total, regions] = tokenPattern.exec(text) ?? [];
  if (range === undefined || regions === undefined) {
    throw new CosmosError(400, `the session token ${JSON.stringify(text)} is malformed`);
  }
  const perRegion =
    regions === ""
      ? [Number(total)]
      : regions
          .slice(1)
          .split("#")
          .map((part) => Number(part.split("=")[1]));
  return { range, epoch: Number(epoch), lsns: perRegion };
}

/** The later of two tokens of one range: the newer epoch, then the higher LSN of each region. */
export function mergeSessionTokens(left: SessionToken, right: SessionToken): SessionToken {
  if (left.epoch !== right.epoch) return left.epoch > right.epoch ? left : right;
  return { ...left, lsns: left.lsns.map((lsn, region) => Math.max(lsn, right.lsns[region] ?? 0)) };
}

/** Joins session tokens of one container, as an application does that made several requests for one caller. */
export function joinSessionTokens(texts: readonly string[]): string {
  const byRange = new Map<string, SessionToken>();
  for (const token of texts.filter((text) => text !== "").flatMap(parseSessionTokens)) {
    const known = byRange.get(token.range);
    byRange.set(token.range, known ? mergeSessionTokens(known, token) : token);
  }
  return [...byRange.values()].map(formatSessionToken).join(",");
}
