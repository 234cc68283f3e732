import type { Estate } from "../../estate/model/estate.ts";
import type { RepositorySource } from "../../gitops/agent.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";

/** What the cloud side of an estate is written from. */
export interface CloudSideInput {
  readonly estate: Estate;
  readonly units: readonly DeliveryUnit[];
  readonly source: RepositorySource;
}

/** Writes the infrastructure of an estate in the language of one target. */
export type CloudSide = (input: CloudSideInput) => {
  readonly files: readonly RepositoryFile[];
  /** Fields that the target cannot express, as half sentences. */
  readonly lossy: readonly string[];
};
