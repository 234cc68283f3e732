import { documentsAlone, fileNotKubernetes, nothingToRead } from "../diagnostics/binding-diagnostics.ts";
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
  const holdsManifests =
    files.some(({ objects }) => objects.length > 0) || plan.assignments.some(({ units }) => units.length > 0);
  const documents = files.reduce((count, { scantlingDocuments }) => count + scantlingDocuments.length, 0);
  const explained = [...sources.diagnostics, ...log.diagnostics].some(({ severity }) => severity === "error");
  if (holdsManifests || explained) return;
  if (documents === 0) log.report(nothingToRead, { roots: index.roots });
  else log.report(documentsAlone, { documents, roots: index.roots });
}
