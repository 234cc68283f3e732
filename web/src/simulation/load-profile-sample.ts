import type { LoadChoice } from "./load-request.ts";

/** What to declare so that an entry point has demand, ready to be pasted and made true. */
export function loadProfileSample({ entryPoint, application, workload }: LoadChoice): string {
  const profile = `${entryPoint}-day`;
  return `apiVersion: scantling/v1alpha1
kind: LoadProfile
metadata: {name: ${profile}}
spec:
  unit: requestsPerSecond
  shape: {base: 20, daily: {peak: 120, peakAt: "20:00"}, weekly: {sat: 1.2, sun: 1.3}, noise: 0.1, timeZone: Europe/Amsterdam}
  events:
    - {name: campaign, start: "2027-01-02T08:00:00Z", duration: 48h, factor: 3}
---
# in ${application === undefined ? "the application that the workload belongs to" : `Application/${application}`}
spec:
  load:
    - {profile: LoadProfile/${profile}, workload: ${workload}, perReplica: 50}
`;
}
