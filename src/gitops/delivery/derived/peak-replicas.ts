import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { shapePeak } from "../../../scheduling/clock/demand/shape-demand.ts";
import { profileShape } from "../../../scheduling/clock/from-estate/estate-demand.ts";

/**
 * Replicas that the declared load of a workload needs at its ordinary peak, without campaigns; undefined where no load
 * with a shape is declared for it.
 */
export function peakReplicas(estate: Estate, application: Application, workload: Workload): number | undefined {
  const reference = `${workload.namespace}/${workload.kind}/${workload.name}`;
  let needed = 0;
  for (const { profile: written, workload: loaded, perReplica } of application.load) {
    if (loaded !== reference || !(perReplica > 0)) continue;
    const profile = estate.loadProfiles.find(({ name }) => name === written.slice(written.indexOf("/") + 1));
    const shape = profile === undefined ? undefined : profileShape(profile);
    if (shape !== undefined) needed += Math.ceil(shapePeak(shape, []) / perReplica);
  }
  return needed > 0 ? needed : undefined;
}
