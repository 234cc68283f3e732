import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";

/** What `scantling import -o json` prints. */
export interface ImportReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Import";
  readonly estate: string;
  /** A repository with the objects of an agent, folders that nothing delivers by name, or what API servers gave. */
  readonly form: "repository" | "folders" | "dump";
  readonly agent?: "flux" | "argocd";
  /** True when the documents were in the repository already. */
  readonly declared: boolean;
  /** True when the folder holds the documents now. */
  readonly written: boolean;
  readonly files: readonly string[];
  readonly clusters: readonly ImportedCluster[];
  readonly tenants: readonly ImportedTenant[];
  readonly applications: readonly ImportedApplication[];
  /** Objects on all clusters, by what was written. */
  readonly objects: number;
  /** What to fill in next: most first. */
  readonly fillIn: readonly FillIn[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ImportedCluster {
  readonly cluster: string;
  readonly environments: readonly string[];
  readonly deliveries: number;
  readonly objects: number;
  readonly nodePools: number;
  readonly components: readonly string[];
}

interface ImportedTenant {
  readonly tenant: string;
  readonly owners: readonly string[];
  readonly namespaces: readonly string[];
}

interface ImportedApplication {
  readonly application: string;
  /** Absent where nothing says whose it is. */
  readonly tenant?: string;
  readonly environments: readonly string[];
  readonly clusters: readonly string[];
  readonly manifests: "folders" | "chart";
  readonly objects: number;
}

/** A field that assumptions stand for, and what depends on it. */
export interface FillIn {
  readonly field: string;
  readonly decides: string;
  readonly subjects: readonly string[];
}
