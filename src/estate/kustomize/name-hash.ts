import { fieldOf } from "./field-node.ts";
import { renderedValue } from "./rendered-value.ts";
import { nameOf, type Resource, rememberId, setMetadataText, typeOf } from "./resource.ts";
import { compareTexts } from "./resource-order.ts";
import type { ResourceSet } from "./resource-set.ts";
import { sha256 } from "./sha256.ts";

/** Digits that are replaced, so that no hash spells a word. */
const replacedDigits: ReadonlyMap<string, string> = new Map([
  ["0", "g"],
  ["1", "h"],
  ["3", "k"],
  ["a", "m"],
  ["e", "t"],
]);

const HASH_LENGTH = 10;

/** Appends to each generated name the hash of the content, as the last step of a build. */
export function appendNameHashes(resources: ResourceSet): void {
  for (const resource of resources.list) {
    if (!resource.needsHash) continue;
    const hash = contentHash(resource);
    rememberId(resource);
    setMetadataText(resource.root, "name", `${nameOf(resource)}-${hash}`);
  }
}

/**
 * The hash of a ConfigMap's or Secret's content: ten digits of the SHA-256 of its canonical JSON. The name does not
 * enter, although the encoding has a place for it.
 */
function contentHash(resource: Resource): string {
  const digits = sha256(goJson(hashedContent(resource))).slice(0, HASH_LENGTH);
  return digits.replace(/[013ae]/g, (digit) => replacedDigits.get(digit) ?? digit);
}

function hashedContent(resource: Resource): unknown {
  const content = (field: string): unknown => {
    const node = fieldOf(resource.root, field);
    return node === undefined ? "" : renderedValue(node);
  };
  const optional = (field: string): { readonly [key: string]: unknown } =>
    fieldOf(resource.root, field)?.kind === "map" ? { [field]: content(field) } : {};
  const { kind } = typeOf(resource);
  if (kind === "ConfigMap") return { kind, name: "", data: content("data"), ...optional("binaryData") };
  if (kind === "Secret") {
    return { kind, name: "", type: content("type"), data: content("data"), ...optional("stringData") };
  }
  return renderedValue(resource.root);
}

/** JSON with sorted keys and the escapes of Go's `encoding/json`. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => compareTexts(one, other));
    return `{${entries.map(([key, entry]) => `${goString(key)}:${goJson(entry)}`).join(",")}}`;
  }
  return typeof value === "string" ? goString(value) : JSON.stringify(value);
}

function goString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
