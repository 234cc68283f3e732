/** An address range: version, first address as a number, prefix length. */
export interface Cidr {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly prefixLength: number;
}

/** Reads `10.0.0.0/16` or `fd00::/48`; undefined when it is neither or has host bits set. */
export function parseCidr(text: string): Cidr | undefined {
  if (text.length > 64) return undefined;
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const [, address = "", length = ""] = match;
  const version = address.includes(":") ? 6 : 4;
  const first = version === 4 ? parseAddress4(address) : parseAddress6(address);
  const bits = version === 4 ? 32 : 128;
  const prefixLength = Number(length);
  if (first === undefined || prefixLength > bits) return undefined;
  const hostBits = (1n << BigInt(bits - prefixLength)) - 1n;
  return (first & hostBits) === 0n ? { version, first, prefixLength } : undefined;
}

export function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

/** True when every address of `inner` is one of `outer`. */
export function containsRange(outer: Cidr, inner: Cidr): boolean {
  if (outer.version !== inner.version || outer.prefixLength > inner.prefixLength) return false;
  const shift = BigInt((outer.version === 4 ? 32 : 128) - outer.prefixLength);
  return outer.first >> shift === inner.first >> shift;
}

/** True when the two ranges have an address in common. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return containsRange(one, other) || containsRange(other, one);
}

function parseAddress4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let address = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    address = (address << 8n) | BigInt(part);
  }
  return address;
}

function parseAddress6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? "");
  const tail = groups(halves[1] ?? "");
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return all.reduce((address, group) => (address << 16n) | group, 0n);
}

function groups(text: string): readonly bigint[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return parts.map((part) => BigInt(`0x${part}`));
}
