import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

const postgresConnector = "io.debezium.connector.postgresql.PostgresConnector";
const serverHost = /^([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?postgres\.database\.azure\.com$/i;
const serverGroup = "dbforpostgresql.azure.com/";

/** STA-016: change capture goes on after the database has failed over. */
export const captureSurvivesFailover: Rule = {
  id: "STA-016",
  name: "capture-survives-failover",
  title: "Change capture from a PostgreSQL server with a standby keeps its replication slot through a failover.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests"],
  judges: "objects",
  *evaluate(context) {
    for (const placed of context.estate.objects) {
      const config = connectorConfig(placed);
      const host = config === undefined ? undefined : asText(config["database.hostname"]);
      const server = host === undefined ? undefined : serverHost.exec(host)?.[1];
      if (server !== undefined) yield judge(context, placed, server);
    }
  },
};

/** Settings of a Debezium connector for PostgreSQL that Strimzi runs; undefined for anything else. */
function connectorConfig({ object }: PlacedObject): { readonly [name: string]: unknown } | undefined {
  if (object.kind !== "KafkaConnector" || !object.apiVersion.startsWith("kafka.strimzi.io/")) return undefined;
  const spec = asObject(object.value["spec"]);
  return asText(spec["class"]) === postgresConnector ? asObject(spec["config"]) : undefined;
}

/** From this version on the server itself copies slots to its standby. */
const copiesSlotsFrom = 17;

function judge({ estate }: AuditContext, connector: PlacedObject, server: string): RuleOutcome {
  const field = ["spec", "config", "database.hostname"];
  const own = serverObject(estate, server);
  const version = Number.parseInt(asText(asObject(own?.object.value["spec"])["version"]) ?? "", 10);
  if (own === undefined || !Number.isFinite(version)) {
    return objectOutcome(estate, connector, {
      verdict: "notEvaluable",
      field,
      missing: ["needs-C"],
      message: `Whether the slot of connector ${connector.object.name} survives a failover of ${server} depends on the server's version and parameters, which are not in the input (FlexibleServer and FlexibleServersConfiguration).`,
    });
  }
  const spec = asObject(own.object.value["spec"]);
  const mode = asText(asObject(spec["highAvailability"])["mode"]) ?? "Disabled";
  if (mode === "Disabled") return passedObject(estate, connector);
  const parameters = parametersOf(estate, own.object.name);
  const isOn = (name: string) => parameters.get(name)?.toLowerCase() === "on";
  const missing = [
    ...(version >= copiesSlotsFrom
      ? isOn("sync_replication_slots")
        ? []
        : ["sync_replication_slots = on"]
      : /\bpg_failover_slots\b/i.test(parameters.get("shared_preload_libraries") ?? "")
        ? []
        : ["pg_failover_slots in shared_preload_libraries"]),
    ...(isOn("hot_standby_feedback") ? [] : ["hot_standby_feedback = on"]),
  ];
  if (missing.length === 0) return passedObject(estate, connector);
  return objectOutcome(estate, connector, {
    verdict: "fail",
    field,
    message: `Connector ${connector.object.name} reads changes of ${server} (PostgreSQL ${version}, standby ${mode}) from a slot that the standby does not have: after a failover it stops, or skips what came between, without an error in the application. Missing: ${missing.join(", ")}.`,
    fix: { description: `Set ${missing.join(" and ")} on the server, and alert on the lag of the slot.` },
  });
}

function serverObject({ objects }: Estate, server: string): PlacedObject | undefined {
  return objects.find(
    ({ object }) =>
      object.kind === "FlexibleServer" &&
      object.apiVersion.startsWith(serverGroup) &&
      (asText(asObject(object.value["spec"])["azureName"]) ?? object.name) === server,
  );
}

/** Server parameters by name, of the configurations that the server owns. */
function parametersOf({ objects }: Estate, owner: string): ReadonlyMap<string, string> {
  const configurations = objects.filter(
    ({ object }) => object.kind === "FlexibleServersConfiguration" && object.apiVersion.startsWith(serverGroup),
  );
  return new Map(
    configurations.flatMap(({ object }): [string, string][] => {
      const spec = asObject(object.value["spec"]);
      if (asText(asObject(spec["owner"])["name"]) !== owner) return [];
      return [[asText(spec["azureName"]) ?? object.name, asText(spec["value"]) ?? ""]];
    }),
  );
}
