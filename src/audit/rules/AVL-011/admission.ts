import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

/** On pods, not on templates: defaults of LimitRanges count, and they are filled in when the pod is made. */
export const requestsAdmission: RuleAdmission = {
  checks: [
    { part: "1", on: "pods", expression: everyContainerRequests("cpu"), message: "Containers must request CPU." },
    { part: "2", on: "pods", expression: everyContainerRequests("memory"), message: "Containers must request memory." },
    {
      part: "3",
      on: "pods",
      expression: "variables.runningContainers.all(c, 'memory' in c.?resources.?limits.orValue({}))",
      message: "Containers must limit their memory.",
    },
    {
      part: "4",
      on: "pods",
      when: { parameter: "memoryLimit", value: "equalsRequest" },
      expression:
        "variables.runningContainers.all(c, !has(c.resources.requests.memory) || !has(c.resources.limits.memory) || quantity(string(c.resources.requests.memory)).compareTo(quantity(string(c.resources.limits.memory))) == 0)",
      message: "Containers must request the memory that they may use.",
    },
    {
      part: "5",
      on: "pods",
      when: { parameter: "cpuLimit", value: "require" },
      expression: "variables.runningContainers.all(c, 'cpu' in c.?resources.?limits.orValue({}))",
      message: "Containers must limit CPU.",
    },
    {
      part: "5",
      on: "pods",
      when: { parameter: "cpuLimit", value: "forbid" },
      expression: "variables.runningContainers.all(c, !('cpu' in c.?resources.?limits.orValue({})))",
      message: "Containers must not limit CPU.",
    },
  ],
};

/** A limit stands for the request where that is left out. */
function everyContainerRequests(resource: string): string {
  const states = (list: string) => `'${resource}' in c.?resources.?${list}.orValue({})`;
  return `variables.runningContainers.all(c, ${states("requests")} || ${states("limits")})`;
}
