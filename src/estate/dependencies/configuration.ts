import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { undecodableSecret } from "../diagnostics/manifest-diagnostics.ts";
import { asLooseText, asObject } from "../kubernetes/json-value.ts";
import { type NamespaceScope, type ObjectIndex, objectId } from "../kubernetes/object-index.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { Place } from "../sources/place.ts";

/** One key of a ConfigMap or Secret. */
export interface ConfigurationEntry {
  readonly key: string;
  readonly text: string;
  readonly place: () => Place;
}

/** The data of a ConfigMap or Secret. */
export interface Configuration {
  readonly kind: "ConfigMap" | "Secret";
  readonly entries: ReadonlyMap<string, ConfigurationEntry>;
}

/** Finds ConfigMaps and Secrets by name; each is read once. */
export interface Configurations {
  find(scope: NamespaceScope, kind: Configuration["kind"], name: string): Configuration | undefined;
  /** Secrets that could not be decoded, of those that were asked for. */
  readonly diagnostics: readonly Diagnostic[];
}

export function indexConfigurations(index: ObjectIndex): Configurations {
  const read = new Map<PlacedObject, Configuration>();
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    find: (scope, kind, name) => {
      const placed = index.find(scope, kind, name);
      if (placed === undefined) return undefined;
      const known = read.get(placed);
      if (known !== undefined) return known;
      const entries = kind === "Secret" ? readSecret(placed, diagnostics) : readEntries(placed, "data", (text) => text);
      const configuration = { kind, entries: new Map(entries.map((entry) => [entry.key, entry])) };
      read.set(placed, configuration);
      return configuration;
    },
  };
}

/** Plain text under `stringData` overrides what stands encoded under `data`. */
function readSecret(placed: PlacedObject, diagnostics: Diagnostic[]): readonly ConfigurationEntry[] {
  const decoded = readEntries(placed, "data", (text, key) => {
    const plain = decodeBase64(text);
    if (plain === undefined) {
      const place = placed.object.locate(["data", key]);
      diagnostics.push(diagnose(undecodableSecret, { secret: objectId(placed), key }, { place }));
    }
    return plain;
  });
  return [...decoded, ...readEntries(placed, "stringData", (text) => text)];
}

function readEntries(
  { object }: PlacedObject,
  field: string,
  decode: (text: string, key: string) => string | undefined,
): readonly ConfigurationEntry[] {
  return Object.entries(asObject(object.value[field])).flatMap(([key, value]) => {
    const written = asLooseText(value);
    const text = written === undefined ? undefined : decode(written, key);
    return text === undefined ? [] : [{ key, text, place: () => object.locate([field, key]) }];
  });
}

/** Text of a base64 value; empty for binary data, undefined when it is no base64. */
function decodeBase64(encoded: string): string | undefined {
  const compact = encoded.replace(/[\r\n]/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  const binary = atob(compact);
  const text = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  return text.includes("\u0000") || text.includes("\ufffd") ? "" : text;
}
