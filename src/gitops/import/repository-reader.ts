import { indexSources, type SourceIndex } from "../../estate/binding/source-index.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readObjects } from "../../estate/kubernetes/read-objects.ts";
import { buildKustomization } from "../../estate/kustomize/build-kustomization.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { KUSTOMIZATION_NAMES } from "../../estate/sources/referenced-paths.ts";
import { isUnder, joinSourcePath, normalizeSourcePath } from "../../estate/sources/source-path.ts";

/** What a folder gives when it is applied. */
export interface FolderContent {
  readonly kind: "kustomization" | "manifests" | "chart" | "missing";
  readonly objects: readonly KubernetesObject[];
  readonly diagnostics: readonly Diagnostic[];
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Beyond this a repository is no estate's; a reader must end. */
const mostFolders = 20_000;

/** The texts of a repository by path from its root; every file and folder is read once. */
export class RepositoryReader {
  readonly texts: ReadonlyMap<string, string>;
  readonly #index: SourceIndex;
  readonly #files = new Map<string, FolderContent>();
  readonly #folders = new Map<string, FolderContent>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = texts;
    this.#index = indexSources({ texts, roots: ["."], diagnostics: [] });
  }

  get files(): readonly string[] {
    return this.#index.files;
  }

  filesBelow(folder: string): readonly string[] {
    return this.#index.filesBelow(folder);
  }

  /** Folders of charts that lie in no other. */
  get charts(): readonly string[] {
    return this.#index.charts;
  }

  isInChart(file: string): boolean {
    return this.#index.chartOf(file) !== undefined;
  }

  isChart(folder: string): boolean {
    return this.texts.has(joinSourcePath(folder, "Chart.yaml"));
  }

  hasKustomization(folder: string): boolean {
    return KUSTOMIZATION_NAMES.some((name) => this.texts.has(joinSourcePath(folder, name)));
  }

  isFolder(folder: string): boolean {
    return folder === "." || this.#index.folders.has(folder);
  }

  /** The objects of one file, whatever reads it. */
  file(path: string): FolderContent {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const reading = readYaml(this.texts.get(path) ?? "", path);
    const { objects, diagnostics } = readObjects(reading.documents);
    const content: FolderContent = {
      kind: "manifests",
      objects,
      diagnostics: [...reading.diagnostics, ...diagnostics],
    };
    this.#files.set(path, content);
    return content;
  }

  /** As an agent applies it: a kustomization, or else all manifests below it with those kustomizations that lie deeper. */
  folder(written: string): FolderContent {
    const path = normalizeSourcePath(written);
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const content = this.#folders.size < mostFolders ? this.#read(path) : nothing("missing");
    this.#folders.set(path, content);
    return content;
  }

  #read(path: string): FolderContent {
    if (this.texts.has(path)) return this.file(path);
    if (this.hasKustomization(path)) {
      const { objects, diagnostics } = buildKustomization(path, this.texts);
      return { kind: "kustomization", objects, diagnostics };
    }
    if (this.isChart(path)) return nothing("chart");
    if (!this.isFolder(path)) return nothing("missing");
    const below = this.#index.filesBelow(path).filter((file) => !this.isInChart(file));
    const folders = outermostKustomizations(below, path);
    const plain = below.filter((file) => MANIFEST.test(file) && !folders.some((folder) => isUnder(file, folder)));
    const parts = [...plain.map((file) => this.file(file)), ...folders.map((folder) => this.folder(folder))];
    return {
      kind: "manifests",
      objects: parts.flatMap(({ objects }) => objects),
      diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    };
  }
}

function nothing(kind: FolderContent["kind"]): FolderContent {
  return { kind, objects: [], diagnostics: [] };
}

function outermostKustomizations(files: readonly string[], above: string): readonly string[] {
  const folders = files
    .filter((file) => KUSTOMIZATION_NAMES.some((name) => file.endsWith(`/${name}`)))
    .map((file) => file.slice(0, file.lastIndexOf("/")))
    .filter((folder) => folder !== above)
    .toSorted();
  return folders.filter((folder) => !folders.some((other) => other !== folder && isUnder(folder, other)));
}
