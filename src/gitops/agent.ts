import type { Estate } from "../estate/model/estate.ts";
import type { ClusterFacts } from "./delivery/delivery-inputs.ts";
import type { DeliveryUnit } from "./delivery/delivery-unit.ts";
import type { Packaging } from "./packaging.ts";
import type { RepositoryFile } from "./repository/repository-file.ts";

export const agentNames = ["flux", "argocd"] as const;

export type AgentName = (typeof agentNames)[number];

/** What brings the repository to the clusters, and keeps it there. */
export interface Agent {
  readonly name: AgentName;
  /** The agent's own objects, below `clusters/<cluster>/<agent>/` or `<agent>/`. They never change what is delivered. */
  readonly files: (delivery: Delivery) => readonly RepositoryFile[];
}

export interface Delivery {
  readonly estate: Estate;
  readonly units: readonly DeliveryUnit[];
  readonly packaging: Packaging;
  readonly source: RepositorySource;
  /** By cluster; a cluster that is not set up yet has none. */
  readonly facts: ReadonlyMap<string, ClusterFacts>;
}

/** Where the written repository will be read from. */
export interface RepositorySource {
  /** Such as `https://git.example.com/org/estate.git`. */
  readonly url: string;
  readonly branch: string;
}
