import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { AgentName } from "../agent.ts";

/** Where delivered objects are written; paths are relative to the root of the repository. */
export type FoundSource =
  | { readonly kind: "folder"; readonly path: string }
  | {
      readonly kind: "chart";
      readonly path: string;
      /** In order of rising precedence, without the chart's own `values.yaml`. */
      readonly values: readonly string[];
      /** Values that the delivering object holds itself; they win. */
      readonly inlineValues: JsonObject;
      readonly release: string;
    }
  /** Relative to the folder of the documents, because nothing that is there can be named. */
  | { readonly kind: "written"; readonly path: string };

/** What one object of an agent, or one folder, brings to one cluster. */
export interface FoundDelivery {
  /** Of the object or folder that delivers it. */
  readonly name: string;
  readonly cluster: string;
  /** As labels, parameters or folders say it; undefined where only the cluster may tell. */
  readonly environment: string | undefined;
  readonly tree: "platform" | "apps";
  readonly source: FoundSource;
  readonly namespace: string | undefined;
  /** Project or service account that it is delivered by; undefined where nothing names an owner. */
  readonly tenant: string | undefined;
  /** What the folder gives; empty for a chart, which only Helm can render. */
  readonly objects: readonly KubernetesObject[];
  readonly place: Place | undefined;
}

/** What is known of a cluster; the rest is left to assumptions. */
export interface FoundCluster {
  readonly name: string;
  readonly region?: string;
  readonly ring?: string;
  readonly kubernetesVersion?: string;
  readonly nodePools?: readonly FoundNodePool[];
}

export interface FoundNodePool {
  readonly name: string;
  readonly mode: "System" | "User";
  readonly vmSize: string | undefined;
  readonly zones: readonly string[];
  readonly count: number;
  readonly maxPods: number | undefined;
  readonly osSku: string | undefined;
  readonly spot: boolean;
  readonly taints: readonly { readonly key: string; readonly value: string | undefined; readonly effect: string }[];
}

/** Something from outside the repository that runs on a cluster: a release of a chart, an add-on. */
export interface FoundComponent {
  readonly cluster: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly namespace: string | undefined;
}

export interface FoundTenant {
  readonly name: string;
  /** Names or object ids of groups. */
  readonly owners: readonly string[];
  readonly namespaces: readonly string[];
}

/** What a repository or a dump says of an estate. */
export interface FoundEstate {
  readonly form: "repository" | "folders" | "dump";
  readonly agent: AgentName | undefined;
  readonly clusters: readonly FoundCluster[];
  readonly deliveries: readonly FoundDelivery[];
  readonly components: readonly FoundComponent[];
  readonly tenants: readonly FoundTenant[];
  /** Written beside the documents because nothing else can name them, relative to the folder of the documents. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly assumptions: readonly Assumption[];
}
