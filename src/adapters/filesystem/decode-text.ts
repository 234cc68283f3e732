/** A text, or why the bytes are none. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary" }
  /** The bytes before the first wrong one, as text: they give its line and column. */
  | { readonly kind: "notUtf8"; readonly before: string };

/** Bytes looked through for NUL, the sign of a binary file, as git does. */
const BINARY_PROBE_BYTES = 8_000;

/** One for all texts: making a decoder takes longer than decoding a manifest. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Decodes UTF-8 strictly, and UTF-16 where a byte order mark announces it (as some shells write redirected output). */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { kind: "text", text: new TextDecoder(wide).decode(bytes) };
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) return { kind: "binary" };
  try {
    return { kind: "text", text: strictUtf8.decode(bytes) };
  } catch {
    return { kind: "notUtf8", before: longestValidPrefix(bytes) };
  }
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function longestValidPrefix(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (decodePrefix(bytes, middle) === undefined) invalid = middle;
    else valid = middle;
  }
  return decodePrefix(bytes, valid) ?? "";
}

/** The first `length` bytes; a character that is cut at their end does not count as wrong. */
function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}
