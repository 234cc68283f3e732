import type { Dependency } from "../../../estate/dependencies/dependency.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const brokers = new Set(["eventHubs", "serviceBus", "eventGrid"]);
const databases = new Set(["azureSql", "postgresqlFlexible", "mysqlFlexible", "cosmosDb", "statefulSet"]);

/** STA-012: state and message are written together, or the message is kept until it is sent. */
export const noDualWrite: Rule = {
  id: "STA-012",
  name: "no-dual-write",
  title: "A workload that writes to a database and to a broker keeps its messages in the database until they are sent.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["objectives", "manifests"],
  judges: "pods",
  *evaluate({ estate }) {
    const edges = Map.groupBy(estate.dependencies, ({ from }) => from);
    for (const workload of estate.workloads) {
      const own = edges.get(workload.id) ?? [];
      const database = own.find((edge) => databases.has(serviceOf(estate, edge)));
      const broker = own.find((edge) => brokers.has(serviceOf(estate, edge)));
      if (database !== undefined && broker !== undefined) yield judge(estate, workload, database, broker);
    }
  },
};

function judge(estate: Estate, workload: Workload, database: Dependency, broker: Dependency): RuleOutcome {
  const [row, message] = [targetName(database), targetName(broker)];
  const place = broker.evidence[0]?.place ?? workload.place;
  if (broker.type === "async" && broker.bufferMinutes !== undefined) return passed(workload);
  if (broker.type !== "async" && servesUsers(estate, workload)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      place,
      message: `${workload.label} writes to ${row} and, in the same request, to ${message}, and nothing keeps the message in between: a crash after the first leaves ${row} changed and nobody told, a broker that is down fails the request after the change.`,
      fix: {
        description:
          "Write the message into an outbox table in the same transaction and publish from there (or use the change feed); declare the dependency as async with bufferMinutes. scantling init app --pattern orders writes one.",
      },
    });
  }
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    part: "1",
    place,
    missing: ["needs-A"],
    message: `Whether ${workload.label} can change ${row} without telling ${message} depends on whether it publishes or only consumes, and on what keeps a message until it is sent; the dependency says neither (type: async with bufferMinutes does).`,
  });
}

/** A user waits for it, so what it sends to a broker is published rather than consumed. */
function servesUsers({ journeys }: Estate, { id }: Workload): boolean {
  return journeys.some(({ through, entryPoint }) => through.includes(id) || entryPoint.workloads.includes(id));
}

function targetName({ to }: Dependency): string {
  return to.kind === "dataStore" ? `DataStore/${to.name}` : to.kind === "cloudService" ? `CloudService/${to.name}` : "";
}

function serviceOf(estate: Estate, { to }: Dependency): string {
  if (to.kind === "dataStore") return estate.dataStores.find(({ name }) => name === to.name)?.service ?? "";
  return to.kind === "cloudService" ? (estate.cloudServices.find(({ name }) => name === to.name)?.service ?? "") : "";
}
