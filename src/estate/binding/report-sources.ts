import { fileNotKubernetes, nothingToRead } from "../diagnostics/document-diagnostics.ts";
import type { SourceSet } from "../sources/source-set.ts";
import type { BindingLog } from "./binding-log.ts";
import type { ManifestPlan } from "./plan-manifests.ts";
import type { FileReading } from "./read-files.ts";
import type { SourceIndex } from "./source-index.ts";

/** Reports what reading the files found, but for files that are no manifests because they are something else of use. */
export function reportSources(
  files: readonly FileReading[],
  plan: ManifestPlan,
  { index, sources }: { readonly index: SourceIndex; readonly sources: SourceSet },
  log: BindingLog,
): void {
  for (const { path, diagnostics } of files) {
    const used = plan.usedFiles.has(path);
    log.take(used ? diagnostics.filter(({ code }) => code !== fileNotKubernetes.code) : diagnostics);
  }
  const holdsSomething =
    files.some(({ objects, scantlingDocuments }) => objects.length > 0 || scantlingDocuments.length > 0) ||
    plan.assignments.some(({ units }) => units.length > 0);
  const explained = [...sources.diagnostics, ...log.diagnostics].some(({ severity }) => severity === "error");
  if (!holdsSomething && !explained) log.report(nothingToRead, { roots: index.roots });
}
