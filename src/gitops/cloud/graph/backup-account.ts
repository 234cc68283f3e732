import type { Cluster } from "../../../estate/model/cluster.ts";
import { azureName } from "./azure-names.ts";

/** Account that the backups of a cluster are written to. */
export function backupAccountName({ name }: Pick<Cluster, "name">, estate: string): string {
  return azureName("storage", ["bk", name], estate);
}
