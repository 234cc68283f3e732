import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  documentNotWritten,
  placementNotWritten,
  planNotReached,
} from "../../estate/diagnostics/plan-writing-diagnostics.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { applicationChanges } from "../../planning/documents/application-changes.ts";
import { clusterChanges } from "../../planning/documents/cluster-changes.ts";
import type { DocumentChange } from "../../planning/documents/document-change.ts";
import { estateChanges } from "../../planning/documents/estate-changes.ts";
import type { PlannedCluster } from "../../planning/structure-plan.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";
import { withCatalogDiagnostics } from "../check-against-catalog.ts";
import type { Progress } from "../ports.ts";
import type { ReadEstate } from "../read-estate.ts";
import { changedFiles, type FileChange } from "./changed-files.ts";
import { declaredStands } from "./declared-stands.ts";
import { EstateDocuments } from "./write-documents.ts";
import { type EstateFigures, estateFigures } from "./write-figures.ts";
import { type UnplacedWorkload, writePlacement } from "./write-placement.ts";
import { structureToWrite } from "./write-structure.ts";

export interface PlanWriteOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** What the plan recommends. */
  readonly verified: VerifiedStructure;
  readonly onProgress?: Progress;
}

/** The plan as changes of the files that declare the estate; nothing is written yet. */
export interface PlanWriting {
  readonly files: readonly FileChange[];
  readonly documents: readonly DocumentChange[];
  /** Workloads whose manifests bring them to another pool. */
  readonly placed: readonly string[];
  /** Errors: nothing may be written. Warnings: what the written estate lacks to be the planned one. */
  readonly diagnostics: readonly Diagnostic[];
  readonly before: EstateFigures;
  /** Of the files as they become, read again. */
  readonly after: EstateFigures;
  /** What the plan promised. */
  readonly planned: EstateFigures;
  readonly read: ReadEstate;
  /** The paths that were named. */
  readonly roots: readonly string[];
}

const unchanged = { files: [], documents: [], placed: [], diagnostics: [] } as const;

/**
 * Works out what files have to say for the estate to be the planned one: Cluster and Application documents, and what
 * brings pods to their pools in the manifests. What comes out is read again and set against the plan.
 */
export function writePlan(input: ReadEstate, catalog: Catalog, options: PlanWriteOptions): PlanWriting {
  const { today, verified, onProgress } = options;
  const { estate } = input;
  const { structure, planned } = structureToWrite(input, verified);
  const { clusters } = structure;
  const before = estateFigures(estate, catalog, today);
  const promised = estateFigures(planned, catalog, today);
  const figures = { declared: before, planned: promised };
  if (declaredStands(estate, catalog, { structure, planned, verification: verified.clusters, figures })) {
    return { ...unchanged, before, after: before, planned: promised, read: input, roots: input.sources.roots };
  }
  onProgress?.("writing the documents");
  const documents = new EstateDocuments(input.sources);
  const changes = [
    ...estateChanges(estate),
    ...clusterChanges(estate, clusters, (name) => documents.value(name)),
    ...applicationChanges(estate, planned),
  ];
  const written = documents.write(changes);
  const reload = (read: ReadEstate, texts: ReadonlyMap<string, string>) => reloaded(read, texts, catalog);
  onProgress?.("writing what brings pods to their pools");
  const placement = writePlacement(reload(input, written.texts), planned, reload);
  const { read } = placement;
  const after = estateFigures(read.estate, catalog, today);
  return {
    files: changedFiles(input, read),
    documents: changes,
    placed: placement.placed,
    diagnostics: [
      ...written.unwritten.map(({ document: { kind, name }, reason }) =>
        diagnose(documentNotWritten, { document: `${kind}/${name}`, reason }),
      ),
      ...placement.unplaced.map((each) => unplacedDiagnostic(each, clusters)),
      ...notReached(planned, read.estate, promised, after),
    ],
    before,
    after,
    planned: promised,
    read,
    roots: input.sources.roots,
  };
}

function reloaded(read: ReadEstate, changed: ReadonlyMap<string, string>, catalog: Catalog): ReadEstate {
  if (changed.size === 0) return read;
  const roots = [
    ...new Set([...read.sources.roots, ...[...changed.keys()].filter((path) => !read.sources.texts.has(path))]),
  ];
  const sources = { ...read.sources, roots, texts: new Map([...read.sources.texts, ...changed]) };
  const { renderedCharts } = read;
  const estate = loadEstate(sources, renderedCharts === undefined ? {} : { renderedCharts });
  return { ...read, estate: withCatalogDiagnostics(estate, catalog), sources };
}

function unplacedDiagnostic(
  { workload, planned, reason }: UnplacedWorkload,
  clusters: readonly PlannedCluster[],
): Diagnostic {
  const pool = clusters
    .filter(({ cluster }) => cluster.name === planned.cluster)
    .flatMap(({ pools }) => pools)
    .find(({ pods }) => pods.some(({ id }) => id.endsWith(`/${planned.namespace}/${planned.kind}/${planned.name}`)));
  const values = workload === planned ? "" : valuesOf(planned);
  return diagnose(placementNotWritten, {
    workload: workload.id,
    pool: pool?.pool.name ?? planned.cluster,
    reason,
    values,
  });
}

function valuesOf({ nodeSelector, tolerations }: Workload): string {
  return `nodeSelector: ${JSON.stringify(nodeSelector)}, tolerations: ${JSON.stringify(tolerations)}.`;
}

/** Half a cent of the bill, and a thousandth of a minute. */
const tolerance = { money: 0.005, minutes: 0.001 } as const;

function notReached(
  planned: Estate,
  written: Estate,
  promised: EstateFigures,
  after: EstateFigures,
): readonly Diagnostic[] {
  const names = (estate: Estate) => estate.clusters.map(({ name }) => name);
  const extra = names(written).filter((name) => !names(planned).includes(name));
  const missing = names(planned).filter((name) => !names(written).includes(name));
  const down = [...promised.minutes].filter(
    ([journey, minutes]) => !(Math.abs((after.minutes.get(journey) ?? -1) - (minutes ?? -1)) <= tolerance.minutes),
  );
  const differences = [
    ...(extra.length === 0 ? [] : [`${extra.join(", ")} stays declared with nothing running on it`]),
    ...(missing.length === 0 ? [] : [`${missing.join(", ")} is not declared`]),
    ...(Math.abs(after.monthly - promised.monthly) > tolerance.money
      ? [`its bill is ${after.monthly.toFixed(2)} instead of ${promised.monthly.toFixed(2)} a month`]
      : []),
    ...(down.length === 0
      ? []
      : [`${down.length} ${down.length === 1 ? "journey is" : "journeys are"} not down as long as planned`]),
  ];
  return differences.length === 0 ? [] : [diagnose(planNotReached, { differences })];
}
