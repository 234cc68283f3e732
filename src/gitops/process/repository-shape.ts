import type { Estate } from "../../estate/model/estate.ts";
import type { AgentName, RepositorySource } from "../agent.ts";
import type { CloudTargetName } from "../cloud/cloud-target-name.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import type { PackagingName } from "../packaging.ts";

/** What a repository is about, for the files that tell people how to work with it. */
export interface RepositoryShape {
  readonly estate: Estate;
  readonly units: readonly DeliveryUnit[];
  readonly packaging: PackagingName;
  readonly agent: AgentName;
  readonly cloudTarget: CloudTargetName | undefined;
  /** Where the repository will be. */
  readonly source: RepositorySource;
  /** Folder of the repository that it is rendered from; undefined where that is elsewhere. */
  readonly sourceFolder: string | undefined;
  /** True where the documents of the estate come along in `estate/`. */
  readonly hasCopy: boolean;
  /** Where the version of an application is set for one environment alone. */
  readonly promotions: readonly PromotionFolder[];
  /** Stages that pipelines bring to Azure, in their order. */
  readonly stages: readonly InfrastructureStage[];
}

/** A Kustomize folder of the source that holds what one environment has of an application. */
export interface PromotionFolder {
  readonly application: string;
  readonly environment: string;
  /** From the folder that the repository is rendered from. */
  readonly folder: string;
}

/** A subscription, or the part of one that all share, as pipelines deploy it. */
export interface InfrastructureStage {
  /** Environment of GitHub or Azure DevOps that holds its approval. */
  readonly environment: string;
  readonly reviewers: number;
  /** Names of the variables that it is given, without those of its identities. */
  readonly variables: readonly string[];
  /** Names of those that are secret. */
  readonly secrets: readonly string[];
  /** Variables of GitHub with the client ids of its identities. */
  readonly clients: { readonly apply: string; readonly preview: string };
  /** Service connections of Azure DevOps. */
  readonly connections: { readonly apply: string; readonly preview: string };
}
