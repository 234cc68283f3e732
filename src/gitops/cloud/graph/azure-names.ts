import { type AzureNameRule, azureNameRules } from "../../../catalog/azure-names.ts";
import { sha256 } from "../../../estate/kustomize/sha256.ts";

const suffixLength = 5;

/**
 * Name of a resource from its kind and the words that tell it apart. Names that are shared with the whole world end in a
 * hash of the estate's name; names that would be too long are cut and end in a hash of what was cut.
 */
export function azureName(kind: string, words: readonly string[], estate: string): string {
  const rule = azureNameRules.get(kind);
  if (rule === undefined) throw new Error(`the catalog has no rule for names of ${kind}`);
  const plain = joined(rule, words);
  const suffix = rule.isGlobal ? hashOf([estate, kind, ...words]) : undefined;
  const whole = suffix === undefined ? plain : glued(rule, plain, suffix);
  if (whole.length <= rule.longest) return whole;
  return glued(
    rule,
    plain.slice(0, rule.longest - suffixLength - 1).replace(/-+$/, ""),
    hashOf([estate, kind, ...words]),
  );
}

function joined(rule: AzureNameRule, words: readonly string[]): string {
  const separator = rule.characters.endsWith("yphens") ? "-" : "";
  const written = [rule.prefix, ...words]
    .map((word) => word.replaceAll(separator === "" ? /[^A-Za-z0-9]+/g : /[^A-Za-z0-9-]+/g, separator))
    .filter((word) => word !== "" && word !== "-")
    .join(separator)
    .replaceAll(/-{2,}/g, "-")
    .replace(/-$/, "");
  return rule.characters.startsWith("lower") ? written.toLowerCase() : written;
}

function glued(rule: AzureNameRule, name: string, suffix: string): string {
  return rule.characters.endsWith("yphens") ? `${name}-${suffix}` : `${name}${suffix}`;
}

function hashOf(words: readonly string[]): string {
  return sha256(words.join("\u0000")).slice(0, suffixLength);
}

/** An UUID that the words always give, of version 8 (RFC 9562): names of role assignments. */
export function stableUuid(words: readonly string[]): string {
  const hex = sha256(words.join("\u0000"));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
