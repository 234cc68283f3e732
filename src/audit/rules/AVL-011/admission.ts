import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

/** On pods, not on templates: defaults of LimitRanges count, and they are filled in when the pod is made. */
export const requestsAdmission: readonly AdmissionCheck[] = [
  {
    part: "1",
    on: "pods",
    expression: `${podRequests("cpu")} || variables.containers.all(c, 'cpu' in c.?resources.?requests.orValue({}))`,
    message: "Containers must request CPU.",
  },
  {
    part: "2",
    on: "pods",
    expression: `${podRequests("memory")} || variables.containers.all(c, 'memory' in c.?resources.?requests.orValue({}))`,
    message: "Containers must request memory.",
  },
  {
    part: "3",
    on: "pods",
    expression:
      "'memory' in variables.podSpec.?resources.?limits.orValue({}) || variables.containers.all(c, 'memory' in c.?resources.?limits.orValue({}))",
    message: "Containers must limit their memory.",
  },
];

/** Requests of the pod as a whole stand for those of its containers. */
function podRequests(resource: string): string {
  return `'${resource}' in variables.podSpec.?resources.?requests.orValue({})`;
}
