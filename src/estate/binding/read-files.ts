import { fileHoldsNothing, fileNotKubernetes } from "../diagnostics/binding-diagnostics.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { noKubernetesObject, notAnObject } from "../diagnostics/manifest-diagnostics.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import { readObjects } from "../kubernetes/read-objects.ts";
import { readYaml } from "../sources/read-yaml.ts";
import type { YamlDocument } from "../sources/yaml-document.ts";
import { type SourceIndex, STANDARD_INPUT } from "./source-index.ts";

/** What one file holds. */
export interface FileReading {
  readonly path: string;
  readonly objects: readonly KubernetesObject[];
  readonly scantlingDocuments: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** A document of the file could not be read, so what it held is unknown. */
  readonly broken: boolean;
}

/**
 * Reads one text. A file of another tool is one note, however many documents it has, and an error when the user named
 * that very file.
 */
export function readFile(path: string, index: SourceIndex): FileReading {
  const reading = readYaml(index.texts.get(path) ?? "", path);
  const { objects, scantlingDocuments, diagnostics } = readObjects(reading.documents);
  const found = [...reading.diagnostics, ...diagnostics];
  const broken = found.some((diagnostic) => diagnostic.severity === "error" && diagnostic.code !== notAnObject.code);
  const holdsNothing = objects.length === 0 && scantlingDocuments.length === 0;
  return {
    path,
    objects,
    scantlingDocuments,
    broken,
    diagnostics: holdsNothing
      ? describeForeignFile(path, found, reading.documents, index)
      : withoutRepeatedNotes(found),
  };
}

/** The documents of Scantling in a file whose Kubernetes objects are read elsewhere. */
export function documentsOnly(reading: FileReading): FileReading {
  const isForeign = ({ code }: Diagnostic): boolean =>
    code === fileNotKubernetes.code || code === fileHoldsNothing.code;
  return { ...reading, objects: [], diagnostics: reading.diagnostics.filter((diagnostic) => !isForeign(diagnostic)) };
}

/** True for names of files that manifests are written in. */
export function isManifestName(path: string): boolean {
  return path === STANDARD_INPUT || /\.(ya?ml|json)$/i.test(path);
}

function describeForeignFile(
  path: string,
  found: readonly Diagnostic[],
  documents: readonly YamlDocument[],
  index: SourceIndex,
): readonly Diagnostic[] {
  const telling = found.filter(({ code }) => code !== noKubernetesObject.code && code !== notAnObject.code);
  const source = path === STANDARD_INPUT ? "Standard input" : path;
  const place = documents[0]?.locate([]) ?? { precision: "file" as const, source: path };
  if (index.roots.includes(path)) {
    const explained = telling.some(({ severity }) => severity === "error");
    return explained ? telling : [...telling, diagnose(fileHoldsNothing, { source }, { place, affects: [path] })];
  }
  if (telling.length > 0 || documents.length === 0) return telling;
  return [diagnose(fileNotKubernetes, { source, documents: documents.length }, { place })];
}

function withoutRepeatedNotes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const firstNote = found.findIndex(({ code }) => code === noKubernetesObject.code);
  return found.filter(({ code }, position) => code !== noKubernetesObject.code || position === firstNote);
}
