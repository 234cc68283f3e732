import type { Diagnostic } from "../../../src/estate/diagnostics/diagnostic.ts";
import type { AgentName } from "../../../src/gitops/agent.ts";
import type { CloudTargetName } from "../../../src/gitops/cloud/cloud-target-name.ts";
import type { RollingCost } from "../../../src/gitops/cloud/effects/rolling-cost.ts";
import type { DeliveryTree } from "../../../src/gitops/delivery/delivery-unit.ts";
import type { PackagingName } from "../../../src/gitops/packaging.ts";
import type { Approval } from "../../../src/gitops/process/approvals.ts";
import type { InfrastructureChanges, RepositoryReport } from "../../../src/operations/gitops/repository-report.ts";
import type { LandedStrategy } from "./landed-strategy.ts";
import type { LeafDifferences } from "./leaf-differences.ts";

/** How the repository is written; what is absent is as the estate declares it. */
export interface RepositoryForm {
  readonly packaging?: PackagingName;
  readonly agent?: AgentName;
  /** `none` leaves the cloud side out. */
  readonly cloud?: CloudTargetName | "none";
}

/** One place of a unit: `apps/orders`, in an environment on a cluster. */
export interface LeafName {
  readonly unit: string;
  readonly environment: string;
  readonly cluster: string;
}

/** A field of a cluster or pool, and what it is to be. */
export interface CloudEdit {
  /** `cluster/prod-weu` or `pool/prod-weu/general`. */
  readonly part: string;
  readonly field: string;
  readonly value: string;
}

/** Parts of the view that the engines answer apart. */
export type DeliveryRequest =
  | { readonly part: "board" }
  | { readonly part: "differences"; readonly leaf: LeafName }
  | { readonly part: "edits" }
  | { readonly part: "effects"; readonly edit: CloudEdit }
  | { readonly part: "repository"; readonly form: RepositoryForm };

export interface DeliveryAnswers {
  readonly board: DeliveryBoard;
  /** Undefined where nothing lands there. */
  readonly differences: LeafDifferences | undefined;
  readonly edits: readonly EditablePart[];
  readonly effects: EditEffects;
  readonly repository: RepositoryPreview;
}

/** What lands where, in order of promotion. */
export interface DeliveryBoard {
  readonly form: Required<RepositoryForm>;
  readonly columns: readonly BoardColumn[];
  /** Applications first, then what the platform gives their tenants. */
  readonly rows: readonly BoardRow[];
  /** By workload id, of the workloads that land somewhere. */
  readonly strategies: { readonly [workload: string]: LandedStrategy };
  readonly diagnostics: readonly Diagnostic[];
}

/** One environment on one cluster. */
export interface BoardColumn {
  readonly environment: string;
  readonly cluster: string;
  readonly region: string;
  readonly ring: string | undefined;
  /** Counted from 0; places of one stage are promoted to together. */
  readonly stage: number;
  readonly approval: Approval;
  readonly leaves: number;
  readonly objects: number;
}

export interface BoardRow {
  /** `tree/name`. */
  readonly unit: string;
  readonly tree: DeliveryTree;
  readonly name: string;
  readonly tenant: string;
  /** By column; undefined where it does not land. */
  readonly cells: readonly (BoardCell | undefined)[];
}

export interface BoardCell {
  readonly folder: string;
  readonly objects: number;
  /** Undefined where no workload is among the objects. */
  readonly strategy: LandedStrategy | undefined;
  /** Column of the place that it is promoted from; undefined where it lands first. */
  readonly from: number | undefined;
  /** Fields, and objects that come or go, in which it differs from there. */
  readonly differences: number;
}

/** A cluster or pool, with the fields that can be tried. */
export interface EditablePart {
  readonly key: string;
  readonly label: string;
  readonly fields: readonly EditableField[];
}

export interface EditableField {
  readonly field: string;
  readonly label: string;
  readonly current: string;
  /** A change that somebody may well make. */
  readonly proposed: string;
  /** Values that there are, where they can be listed. */
  readonly options: readonly string[];
}

/** What an edit does on every target. */
export type EditEffects =
  | { readonly kind: "refused"; readonly problem: string }
  | {
      readonly kind: "told";
      readonly before: string;
      readonly after: string;
      readonly changes: InfrastructureChanges;
      /** Pools whose nodes are replaced because their cluster changes. */
      readonly pools: readonly { readonly pool: string; readonly rolling: RollingCost }[];
      /** Documents that say so, by the id in a change. */
      readonly sources: { readonly [id: string]: { readonly title: string; readonly date: string } };
    };

/** The repository as it would be written into an empty folder. */
export interface RepositoryPreview {
  readonly form: Required<RepositoryForm>;
  /** Sorted by path. */
  readonly files: readonly PreviewedFile[];
  readonly report: RepositoryReport;
  /** True when an error stands, so that `scantling render` would write nothing. */
  readonly refused: boolean;
}

export interface PreviewedFile {
  readonly path: string;
  readonly text: string;
}
