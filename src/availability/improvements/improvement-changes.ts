import type { CandidateChange, CandidateScope } from "./candidate.ts";
import { clusterChanges } from "./cluster-changes.ts";
import { diskChanges } from "./disk-changes.ts";
import { platformServiceChanges } from "./platform-service-changes.ts";
import { regionChanges } from "./region-changes.ts";
import { serviceChanges } from "./service-changes.ts";
import { workloadChanges } from "./workload-changes.ts";

/** Every change that may make one of the journeys more available. */
export function improvementChanges(scope: CandidateScope): readonly CandidateChange[] {
  return [
    ...regionChanges(scope),
    ...clusterChanges(scope),
    ...serviceChanges(scope),
    ...platformServiceChanges(scope),
    ...diskChanges(scope),
    ...workloadChanges(scope),
  ];
}
