import { looksLikeScantlingGroup } from "../kubernetes/scantling-group.ts";
import { findKustomizations } from "../kustomize/find-kustomizations.ts";
import type { ChartRequest } from "../sources/chart.ts";
import { KUSTOMIZATION_NAMES } from "../sources/referenced-paths.ts";
import { isUnder, joinSourcePath, sourceDirectory, sourceName } from "../sources/source-path.ts";
import { isManifestName } from "./read-files.ts";
import type { SourceIndex } from "./source-index.ts";

/** What manifests are rendered from in one piece: a file, a Kustomize folder, or a chart with its values. */
export type ManifestUnit =
  | { readonly kind: "file"; readonly key: string; readonly path: string }
  | { readonly kind: "kustomization"; readonly key: string; readonly path: string }
  | { readonly kind: "chart"; readonly key: string; readonly path: string; readonly request: ChartRequest };

/** Which files belong to which unit. */
export interface UnitIndex {
  /** Kustomize folders that no other refers to. */
  readonly leaves: readonly string[];
  /** The units that a file or folder stands for; undefined when nothing that was read lies there. */
  unitsAt(path: string, chart: (folder: string) => ManifestUnit): readonly ManifestUnit[] | undefined;
  /** Files that are read as manifests by themselves: in no chart, and of no kustomization. */
  isPlainManifest(path: string): boolean;
  /** Plain manifests under a root, and every file that the user named itself. */
  isRead(path: string): boolean;
  /**
   * Files of a kustomization that hold documents of Scantling. Those are read all the same: only the Kubernetes objects
   * of its files are the kustomization's.
   */
  holdsDocuments(path: string): boolean;
  /** Files that a kustomization reads or is. */
  isPartOfKustomization(path: string): boolean;
}

export function fileUnit(path: string): ManifestUnit {
  return { kind: "file", key: `file:${path}`, path };
}

export function kustomizationUnit(path: string): ManifestUnit {
  return { kind: "kustomization", key: `kustomization:${path}`, path };
}

export function chartUnit(request: ChartRequest): ManifestUnit {
  return { kind: "chart", key: `chart:${request.key}`, path: request.chart, request };
}

/** A document starts so, in YAML or JSON; a text that cannot be parsed still shows it. */
const API_VERSION = /^[ \t{]*["']?apiVersion["']?\s*:\s*["']?([^\s"',#]+)/gm;

function holdsScantlingDocument(text: string): boolean {
  return [...text.matchAll(API_VERSION)].some(([, apiVersion]) => looksLikeScantlingGroup(apiVersion));
}

export function indexUnits(index: SourceIndex): UnitIndex {
  const { leaves, files: owned } = findKustomizations(index.texts);
  const ownLeaves = leaves
    .filter((leaf) => index.chartOf(joinSourcePath(leaf, "kustomization.yaml")) === undefined)
    .toSorted();
  const isPlainManifest = (path: string): boolean =>
    !owned.has(path) && index.chartOf(path) === undefined && isManifestName(path);
  const hasKustomization = (folder: string): boolean =>
    KUSTOMIZATION_NAMES.some((name) => index.texts.has(joinSourcePath(folder, name)));

  function unitsOfFolder(folder: string, chart: (folder: string) => ManifestUnit): readonly ManifestUnit[] {
    return [
      ...index.filesBelow(folder).filter(isPlainManifest).map(fileUnit),
      ...ownLeaves.filter((leaf) => isUnder(leaf, folder)).map(kustomizationUnit),
      ...index.charts.filter((root) => isUnder(root, folder)).map(chart),
    ];
  }

  return {
    leaves: ownLeaves,
    isPlainManifest,
    isRead: (path) =>
      index.isUnderRoot(path) &&
      (isPlainManifest(path) || (index.roots.includes(path) && !owned.has(path) && index.chartOf(path) === undefined)),
    holdsDocuments: (path) =>
      owned.has(path) &&
      index.chartOf(path) === undefined &&
      isManifestName(path) &&
      holdsScantlingDocument(index.texts.get(path) ?? ""),
    isPartOfKustomization: (path) => owned.has(path),
    unitsAt: (path, chart) => {
      if (index.texts.has(path)) {
        const folder = sourceDirectory(path);
        if (KUSTOMIZATION_NAMES.includes(sourceName(path))) return [kustomizationUnit(folder)];
        return sourceName(path) === "Chart.yaml" ? [chart(folder)] : [fileUnit(path)];
      }
      if (hasKustomization(path)) return [kustomizationUnit(path)];
      if (index.texts.has(joinSourcePath(path, "Chart.yaml"))) return [chart(path)];
      return index.folders.has(path) ? unitsOfFolder(path, chart) : undefined;
    },
  };
}
