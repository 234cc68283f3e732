import type { YamlDocument } from "../sources/yaml-document.ts";
import { type FieldNode, isQuoted, type MapNode, readNode, type ScalarNode } from "./field-node.ts";
import { rootOrigin, writtenKey, writtenText } from "./field-origin.ts";
import { originDocument, type PlacedReading } from "./placed-reading.ts";

/** Words that only YAML 1.1 takes for booleans; Kustomize reads resources as YAML 1.2 and keeps them as text. */
const LEGACY_BOOLEAN = /(?:^|[\s:,[{-])(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)\s*(?:[\r\n,\]}#:]|$)/m;
const LEGACY_WORD = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/;
const BOOLEAN_WORDS = new Set(["true", "True", "TRUE", "false", "False", "FALSE"]);

const DATE_IN_TEXT = /\d{4}-\d{1,2}-\d{1,2}/;
const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?[ \t]*(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The resource of a document as nodes. Scalars follow YAML 1.2 with timestamps, as Kustomize decodes what it writes:
 * an unquoted `yes` stays text and an unquoted `2026-01-01` becomes `2026-01-01T00:00:00Z`.
 */
export function readResourceNode(document: YamlDocument, reading: PlacedReading): FieldNode {
  const { text } = reading;
  const root = readNode(document.value, rootOrigin(originDocument(reading, document)));
  const legacyBooleans = LEGACY_BOOLEAN.test(text);
  const dates = DATE_IN_TEXT.test(text);
  return legacyBooleans || dates ? corrected(root, { legacyBooleans, dates }) : root;
}

interface Correction {
  readonly legacyBooleans: boolean;
  readonly dates: boolean;
}

function corrected(node: FieldNode, correction: Correction): FieldNode {
  switch (node.kind) {
    case "scalar":
      return correctedScalar(node, correction);
    case "list":
      node.items = node.items.map((item) => corrected(item, correction));
      return node;
    case "map":
      return correctedMap(node, correction);
  }
}

/** Keys follow the same rules as values; the origin keeps the key under which the field is found in the document. */
function correctedMap(node: MapNode, correction: Correction): MapNode {
  const fields = [...node.fields];
  node.fields.clear();
  for (const [key, field] of fields) {
    const isBoolean = correction.legacyBooleans && (key === "true" || key === "false");
    const written = isBoolean ? writtenKey(field.origin) : undefined;
    const isText = written !== undefined && LEGACY_WORD.test(written);
    node.fields.set(isText ? written : key, corrected(field, correction));
  }
  return node;
}

function correctedScalar(node: ScalarNode, { legacyBooleans, dates }: Correction): ScalarNode {
  if (legacyBooleans && typeof node.value === "boolean") {
    const text = writtenText(node.origin);
    return text === undefined || BOOLEAN_WORDS.has(text) ? node : { ...node, value: text, text };
  }
  if (dates && typeof node.value === "string") {
    const timestamp = asTimestamp(node.value);
    return timestamp === undefined || isQuoted(node) ? node : { ...node, value: timestamp };
  }
  return node;
}

/** A YAML timestamp as Go writes it into JSON (RFC 3339); undefined for any other text. */
function asTimestamp(text: string): string | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0", fraction, zone = "Z"] = match;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const digits = fraction?.replace(/0+$/, "") ?? "";
  const offset = zone === "+00:00" || zone === "-00:00" ? "Z" : zone;
  const time = [hour, minute, second].map((part) => part.padStart(2, "0")).join(":");
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${time}${digits === "" ? "" : `.${digits}`}${offset}`;
}
