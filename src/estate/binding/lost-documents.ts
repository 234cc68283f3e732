import { documentLost } from "../diagnostics/reference-diagnostics.ts";
import { type DocumentKind, documentKindNames } from "../kinds/document-kinds.ts";
import { asObject } from "../kubernetes/json-value.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import type { FileReading } from "./read-files.ts";

/** Says which documents an error in their file took away, and what stands in for them. */
export function reportLostDocuments(
  files: readonly FileReading[],
  documents: DocumentSet,
  texts: ReadonlyMap<string, string>,
  log: BindingLog,
): void {
  const isClusterless = documents.clusters.length === 0;
  for (const file of files) {
    for (const kind of documentKindNames) {
      const read = file.scantlingDocuments.filter(({ value }) => asObject(value).kind === kind).length;
      const lines = file.broken ? linesOf(kind, texts.get(file.path) ?? "") : [];
      const isDropped = kind === "Cluster" && isClusterless && read > 0;
      if (lines.length <= read && !isDropped) continue;
      const hasStandIn = kind === "Cluster" && isClusterless;
      const parameters = {
        kind,
        source: file.path,
        standIn: hasStandIn ? "a default cluster stands in (ASM-001)" : undefined,
      };
      const place =
        lines.length === 1 && read === 0
          ? { precision: "exact" as const, source: file.path, line: lines[0] ?? 1, column: 1 }
          : { precision: "file" as const, source: file.path };
      log.report(documentLost, parameters, { place, affects: hasStandIn ? ["Cluster/default"] : [kind] });
    }
  }
}

/** Lines that start a document of a kind in a text that cannot be parsed. */
function linesOf(kind: DocumentKind, text: string): readonly number[] {
  const pattern = new RegExp(`^kind:\\s*["']?${kind}["']?\\s*(?:#.*)?$`);
  return text.split(/\r?\n/).flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}
