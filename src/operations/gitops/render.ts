import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { pathTwice } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { ownersToExist } from "../../estate/diagnostics/render-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { AgentName, RepositorySource } from "../../gitops/agent.ts";
import { argocdAgent } from "../../gitops/argocd/argocd-agent.ts";
import type { CloudTargetName } from "../../gitops/cloud/cloud-target-name.ts";
import type { DeliveryInputs } from "../../gitops/delivery/delivery-inputs.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { deliveryUnits } from "../../gitops/delivery/delivery-units.ts";
import { factorUnit } from "../../gitops/factoring/factor-unit.ts";
import type { FactoredUnit } from "../../gitops/factoring/factored-unit.ts";
import { fluxAgent } from "../../gitops/flux/flux-agent.ts";
import { helmPackaging } from "../../gitops/helm/helm-packaging.ts";
import { kustomizePackaging } from "../../gitops/kustomize/kustomize-packaging.ts";
import { verifyKustomize } from "../../gitops/kustomize/verify-kustomize.ts";
import type { Packaging, PackagingName } from "../../gitops/packaging.ts";
import { codeOwners } from "../../gitops/process/code-owners.ts";
import { processFiles } from "../../gitops/process/process-files.ts";
import type { RepositoryShape } from "../../gitops/process/repository-shape.ts";
import {
  type ChangePlan,
  type FileChange,
  type FolderState,
  generatedPaths,
  planChanges,
  type WantedFile,
} from "../../gitops/regeneration/plan-changes.ts";
import { factsFile } from "../../gitops/repository/facts-file.ts";
import { modelHashes } from "../../gitops/repository/model-hashes.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import { stamped } from "../../gitops/repository/stamp.ts";
import { checkAdmission } from "./admission/check-admission.ts";
import { type CloudSide, cloudSide } from "./cloud-side.ts";
import { generatedPolicies, objectiveRules } from "./delivery-additions.ts";
import { estateDocuments } from "./estate-documents.ts";
import { overriddenLeaves } from "./overridden-leaves.ts";
import { promotionFolders } from "./promotion-folders.ts";
import { readFacts } from "./read-facts.ts";
import { repositoryReport } from "./report-repository.ts";
import type { DeliveryProof, RepositoryReport } from "./repository-report.ts";
import { overwrittenSource, withoutSource } from "./source-location.ts";

export interface RenderOptions {
  readonly packaging: PackagingName;
  readonly agent: AgentName;
  /** Language of the cloud side; absent where it is not to be written. */
  readonly cloud?: CloudTargetName;
  /** Of changes that have to reach Azure in order, only those up to this stage. */
  readonly stage?: number;
  /** Only files of these clusters, and what all share; undefined for all. */
  readonly clusters?: readonly string[];
  readonly source: RepositorySource;
  /**
   * Texts that the estate was read from: its documents come along, so that the repository is an estate by itself. In the
   * Helm form they name no manifests: no document can say which values a cluster has.
   */
  readonly documents?: SourceSet;
  /** Folder of the repository that the estate is read from: it holds the documents already. */
  readonly sourceFolder?: string;
  readonly force: boolean;
}

/** A repository that is ready to be written, or the reasons why it is not. */
export interface RenderedRepository extends ChangePlan {
  readonly units: readonly DeliveryUnit[];
  readonly report: RepositoryReport;
  /** True when an error stands: nothing may be written. */
  readonly refused: boolean;
}

const packagings: { readonly [Name in PackagingName]: (overridden: ReadonlySet<string>) => Packaging } = {
  kustomize: kustomizePackaging,
  helm: helmPackaging,
};

const agents = { flux: fluxAgent, argocd: argocdAgent } as const;

/**
 * The repository of an estate: what has to be where, written without repetition, with what an agent and people need
 * around it, compared with the folder as it is. All or nothing: with an error nothing may be written.
 */
export function renderRepository(estate: Estate, state: FolderState, options: RenderOptions): RenderedRepository {
  const folder = withoutSource(state, options.sourceFolder);
  const facts = readFacts(
    folder.files,
    estate.clusters.map(({ name }) => name),
  );
  const plan = deliveryUnits(estate, {
    networkPolicies: generatedPolicies(estate),
    objectiveRules: objectiveRules(estate),
    facts: facts.facts,
  });
  const factored = plan.units.map(factorUnit);
  const cloud = cloudSide(estate, folder, options);
  const shape = repositoryShape(estate, plan.units, cloud, options);
  const files = writeFiles(shape, factored, folder, { cloudFiles: cloud.files, facts: facts.facts }, options);
  const hashOf = modelHashes(estate, plan.units);
  const wanted = files.map((file) => wantedFile(file, hashOf(file.tells)));
  const proofs = prove(plan.units, wanted, options.packaging);
  const changes = withOwnFiles(
    planChanges(wanted, folder, { force: options.force, covers: coverage(options.clusters) }),
    cloud.snapshot,
  );
  const diagnostics = [
    ...facts.diagnostics,
    ...plan.diagnostics,
    ...checkAdmission(estate, plan.units),
    ...cloud.diagnostics,
    ...collisions(files),
    ...overwrittenSource(options.sourceFolder, [...files.map(({ path }) => path), ...generatedPaths(state)]),
    ...unknownOwners(shape),
    ...proofs.diagnostics,
    ...changes.diagnostics,
  ].toSorted(compareDiagnostics);
  // All or nothing: what is wrong in the estate would be missing in the repository.
  const refused = [...estate.diagnostics, ...diagnostics].some(({ severity }) => severity === "error");
  const report = repositoryReport(estate, factored, changes, {
    packaging: options.packaging,
    agent: options.agent,
    ...(options.cloud === undefined ? {} : { cloudTarget: options.cloud }),
    ...(cloud.changes === undefined ? {} : { infrastructure: cloud.changes }),
    ...(cloud.stage === undefined ? {} : { stage: cloud.stage }),
    proofs: proofs.proofs,
    assumptions: [...plan.assumptions, ...cloud.assumptions].toSorted(compareAssumptions),
    diagnostics,
  });
  return { ...changes, diagnostics, units: plan.units, report, refused };
}

/** What the files around the objects have to know. */
function repositoryShape(
  estate: Estate,
  units: readonly DeliveryUnit[],
  { stages }: CloudSide,
  { packaging, agent, cloud, source, sourceFolder, documents }: RenderOptions,
): RepositoryShape {
  return {
    estate,
    units,
    packaging,
    agent,
    cloudTarget: cloud,
    source,
    sourceFolder,
    hasCopy: documents !== undefined && sourceFolder === undefined,
    promotions: documents === undefined ? [] : promotionFolders(estate, documents),
    stages,
  };
}

function unknownOwners(shape: RepositoryShape): readonly Diagnostic[] {
  const { organisation, teams } = codeOwners(shape);
  return teams.length === 0 ? [] : [diagnose(ownersToExist, { organisation, teams })];
}

function writeFiles(
  shape: RepositoryShape,
  factored: readonly FactoredUnit[],
  folder: FolderState,
  { cloudFiles, facts }: { readonly cloudFiles: readonly RepositoryFile[]; readonly facts: DeliveryInputs["facts"] },
  { packaging: packagingName, agent, source, documents }: RenderOptions,
): readonly RepositoryFile[] {
  const { estate } = shape;
  const units = factored.map(({ unit }) => unit);
  const packaging = packagings[packagingName](overriddenLeaves(folder, units, packagingName));
  return [
    ...packaging.files(factored),
    ...agents[agent].files({ estate, units, packaging, source, facts }),
    ...cloudFiles,
    ...(documents === undefined || !shape.hasCopy ? [] : estateDocuments(documents, units, packagingName)),
    ...processFiles(shape),
    ...estate.clusters.map(({ name }) => factsFile(estate, name)),
  ];
}

function wantedFile(file: RepositoryFile, model: string): WantedFile {
  const { text, stamp } = stamped(file, model);
  if (file.writtenOnce === true)
    return { path: file.path, ...stamp, content: file.text, written: file.text, writtenOnce: true };
  return { path: file.path, ...stamp, content: file.text, written: text };
}

/** Two parts of a model that want the same file would lose one of them. */
function collisions(files: readonly RepositoryFile[]): readonly Diagnostic[] {
  return [...Map.groupBy(files, ({ path }) => path)]
    .filter(([, list]) => list.length > 1)
    .map(([path, list]) => diagnose(pathTwice, { path, parts: [...new Set(list.map(({ tells }) => tells))] }));
}

function prove(
  units: readonly DeliveryUnit[],
  wanted: readonly WantedFile[],
  packaging: PackagingName,
): { readonly proofs: readonly DeliveryProof[]; readonly diagnostics: readonly Diagnostic[] } {
  if (packaging !== "kustomize") return { proofs: [], diagnostics: [] };
  const diagnostics = verifyKustomize(
    units,
    wanted.map(({ path, written }) => ({ path, text: written })),
  );
  const count = units.reduce((sum, unit) => sum + unit.leaves.length, 0);
  const statement = "every leaf builds to exactly its objects, and every patch hits one";
  return { proofs: [{ statement, over: "leaves", count, holds: diagnostics.length === 0 }], diagnostics };
}

/** Files that are no generated text to be merged. */
function withOwnFiles(plan: ChangePlan, own: readonly FileChange[]): ChangePlan {
  return { ...plan, changes: [...plan.changes, ...own].toSorted((left, right) => (left.path < right.path ? -1 : 1)) };
}

/** Of the clusters that are not asked for, nothing is touched. */
function coverage(clusters: readonly string[] | undefined): (path: string) => boolean {
  if (clusters === undefined) return () => true;
  return (path) => {
    const [folder, cluster = ""] = path.split("/");
    return folder !== "clusters" || clusters.includes(cluster);
  };
}
