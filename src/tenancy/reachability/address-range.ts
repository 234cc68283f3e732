import { parseCidr } from "../../estate/model/cidr.ts";

/** IPv4 addresses as numbers, first and last included. */
export interface AddressInterval {
  readonly first: number;
  readonly last: number;
}

const everyAddress: AddressInterval = { first: 0, last: 2 ** 32 - 1 };

/** What a CIDR text means: a range of IPv4, some range of IPv6, or nothing that an API server would take. */
export type AddressReading =
  | { readonly kind: "ipv4"; readonly interval: AddressInterval }
  | { readonly kind: "ipv6" }
  | { readonly kind: "invalid" };

/** Reads `10.0.0.0/8`; bits behind the prefix are cut off, as the API server's parser does. */
export function readAddressRange(text: string): AddressReading {
  const slash = text.indexOf("/");
  const address = text.slice(0, Math.max(slash, 0));
  const length = text.slice(slash + 1);
  if (slash < 0 || !/^\d{1,3}$/.test(length)) return { kind: "invalid" };
  const prefix = Number(length);
  if (address.includes(":")) {
    const isValid = prefix <= 128 && parseCidr(`${address}/128`) !== undefined;
    return isValid ? { kind: "ipv6" } : { kind: "invalid" };
  }
  const host = parseCidr(`${address}/32`);
  if (host === undefined || prefix > 32) return { kind: "invalid" };
  const size = 2 ** (32 - prefix);
  const first = Math.floor(Number(host.first) / size) * size;
  return { kind: "ipv4", interval: { first, last: first + size - 1 } };
}

/** Cuts all addresses at every border of the intervals; the pieces are in rising order and together hold everything. */
export function cutAddresses(intervals: readonly AddressInterval[]): readonly AddressInterval[] {
  const starts = new Set([everyAddress.first]);
  for (const { first, last } of intervals) {
    starts.add(first);
    if (last < everyAddress.last) starts.add(last + 1);
  }
  const sorted = [...starts].sort((left, right) => left - right);
  return sorted.map((first, position) => ({ first, last: (sorted[position + 1] ?? everyAddress.last + 1) - 1 }));
}

/** `10.0.0.0-10.255.255.255`. */
export function formatInterval({ first, last }: AddressInterval): string {
  return `${formatAddress(first)}-${formatAddress(last)}`;
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
