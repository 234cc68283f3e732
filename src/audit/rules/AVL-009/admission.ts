import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

const probes = ["readinessProbe", "livenessProbe", "startupProbe"];
const handlers = ["httpGet", "tcpSocket", "grpc"];

/** Fields of a probe with what the API server fills in. */
const numbers = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/** Both probes ask the same in the same way. */
const isEqual = [
  ...["exec", ...handlers].map((field) => sameField(field, "{}")),
  ...Object.entries(numbers).map(([field, value]) => sameField(field, String(value))),
  sameField("terminationGracePeriodSeconds", "-1"),
].join(" && ");

const lacksOne = "!has(c.livenessProbe) || !has(c.readinessProbe)";

function sameField(field: string, otherwise: string): string {
  return `c.livenessProbe.?${field}.orValue(${otherwise}) == c.readinessProbe.?${field}.orValue(${otherwise})`;
}

function secondsToFail(probe: string): string {
  return `c.${probe}.?periodSeconds.orValue(${numbers.periodSeconds}) * c.${probe}.?failureThreshold.orValue(${numbers.failureThreshold})`;
}

/** A port by name is one that the container declares. */
function namesItsPort(field: string): string {
  const port = `c.${field}.port`;
  const isDeclared = `c.?ports.orValue([]).exists(p, p.?name.orValue('') == string(${port}))`;
  return `(!has(${port}) || (type(${port}) == int ? int(${port}) >= 1 && int(${port}) <= 65535 : ${isDeclared}))`;
}

const portsExist = probes
  .map((probe) => {
    const each = handlers.map((handler) => `(!has(c.${probe}.${handler}) || ${namesItsPort(`${probe}.${handler}`)})`);
    return `(!has(c.${probe}) || ${each.join(" && ")})`;
  })
  .join(" && ");

export const probesAdmission: RuleAdmission = {
  checks: [
    {
      part: "3",
      on: "podTemplates",
      severity: "medium",
      expression: `variables.isTask || variables.podSpec.containers.all(c, ${lacksOne} || !(${isEqual}))`,
      message:
        "Liveness and readiness probes must differ: what should only stop traffic restarts the container instead.",
    },
    {
      part: "4",
      on: "podTemplates",
      expression: `variables.isTask || variables.podSpec.containers.all(c, ${portsExist})`,
      message: "Probes must name a port that exists.",
    },
    {
      part: "5",
      on: "podTemplates",
      severity: "low",
      expression: `variables.isTask || variables.podSpec.containers.all(c, ${lacksOne} || (${isEqual}) || ${secondsToFail("livenessProbe")} > ${secondsToFail("readinessProbe")})`,
      message: "Containers should be taken out of traffic before they are restarted.",
    },
  ],
  beyond: [
    { parts: ["1", "2"], reason: "whether a Service leads to the pods stands in another object" },
    { parts: ["6"], reason: "what a workload depends on is known from the whole estate" },
  ],
};
