import type { Estate } from "../../estate/model/estate.ts";
import type { AgentName } from "../agent.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import type { PackagingName } from "../packaging.ts";

/** What a repository is about, for the files that tell people how to work with it. */
export interface RepositoryShape {
  readonly estate: Estate;
  readonly units: readonly DeliveryUnit[];
  readonly packaging: PackagingName;
  readonly agent: AgentName;
  readonly cloudTarget: string | undefined;
}
