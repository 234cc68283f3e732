import { sha256 } from "../../estate/kustomize/sha256.ts";
import type { Finding } from "../finding.ts";

const fingerprintDigits = 32;

/**
 * What makes a finding the same finding tomorrow: rule, object, container and field, never the line or the wording. Of
 * several in one field, the order in the report tells them apart. Give it sorted findings.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, subject, container, path }) => {
    const identity = [rule, subject, container ?? "", path ?? ""].join("\n");
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return sha256(ordinal === 0 ? identity : `${identity}\n${ordinal}`).slice(0, fingerprintDigits);
  });
}
