import type { Place } from "../../estate/sources/place.ts";

/** `shop/payments.yaml:12`: file and line, as a sentence needs it. */
export function placeInWords({ source, line }: Place): string {
  return line === undefined ? source : `${source}:${line}`;
}
