import { kustomizeFileMissing, kustomizeFileOutside, kustomizeRemote } from "../diagnostics/kustomize-diagnostics.ts";
import { isRemote } from "../sources/referenced-paths.ts";
import { isUnder, joinSourcePath } from "../sources/source-path.ts";
import type { BuildLog } from "./build-log.ts";
import type { Kustomization } from "./kustomization.ts";
import type { KustomizeFiles } from "./kustomize-files.ts";
import type { ResourceSet } from "./resource-set.ts";
import type { LocatedText } from "./section.ts";
import type { TransformerConfiguration } from "./transformer-configuration.ts";

/** What the generators and transformers of one kustomization work on. */
export interface Evaluation {
  readonly kustomization: Kustomization;
  readonly files: KustomizeFiles;
  readonly log: BuildLog;
  /** Changed in place. */
  readonly resources: ResourceSet;
  readonly configuration: TransformerConfiguration;
}

/** A file that a kustomization refers to. */
export interface ReferencedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The file that a kustomization may read under a name: in or below its folder. Undefined, and reported where the name
 * stands, when there is none.
 */
export function findFile(
  { kustomization, files, log }: Pick<Evaluation, "kustomization" | "files" | "log">,
  name: LocatedText,
  purpose: string,
): ReferencedFile | undefined {
  if (isRemote(name.value)) {
    log.report(kustomizeRemote, { url: name.value }, name.origin);
    return undefined;
  }
  const path = joinSourcePath(kustomization.directory, name.value);
  const text = files.text(path);
  if (!isUnder(path, kustomization.directory)) {
    log.report(kustomizeFileOutside, { file: name.value, directory: kustomization.directory }, name.origin);
    return undefined;
  }
  if (text === undefined) {
    log.report(kustomizeFileMissing, { file: name.value, purpose }, name.origin);
    return undefined;
  }
  return { path, text };
}
