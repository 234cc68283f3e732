import {
  clusterFault,
  type StudioFault,
  studioApiVersion,
  studioDelayUrn,
  studioFault,
} from "../../../catalog/chaos-faults.ts";
import { slaServiceOf } from "../../../catalog/service-names.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { InjectedFault } from "../injected-fault.ts";
import type { MeshFault } from "./chaos-mesh.ts";

/** One action on resources of Azure; the resource ids are parameters of the template. */
export interface StudioAction {
  readonly fault: StudioFault;
  /** Name of the template's parameter with the ids of the resources. */
  readonly parameter: string;
  readonly text: string;
  readonly values: readonly (readonly [key: string, value: string])[];
  readonly zones?: readonly string[];
}

/** What Chaos Studio itself can do of a fault; undefined where it can do nothing, or less than Chaos Mesh does. */
export function studioAction(estate: Estate, environment: string, fault: InjectedFault): StudioAction | undefined {
  switch (fault.kind) {
    case "node":
      return {
        fault: studioFault("nodeDown"),
        parameter: `scaleSetOf_${identifier(`${fault.cluster} ${fault.pool}`)}`,
        text: `scale set of pool ${fault.pool} of ${fault.cluster}, in the node resource group`,
        values: [
          ["abruptShutdown", "true"],
          [
            "instances",
            `[parameters('instances_${identifier([fault.cluster, fault.pool, fault.group ?? "shared"].join(" "))}')]`,
          ],
        ],
      };
    case "zone": {
      const clusters = estate.clusters
        .filter(({ region, environments }) => region === fault.region && environments.includes(environment))
        .map(({ name }) => name);
      return {
        fault: studioFault("zoneDown"),
        parameter: `scaleSetsIn_${identifier(fault.region)}`,
        text: `scale sets of all pools in ${fault.region} (${clusters.join(", ")}), in the node resource groups`,
        values: [["abruptShutdown", "true"]],
        zones: [(fault.zone ?? fault.rank).replace(/^.*-/, "")],
      };
    }
    case "entry":
      return {
        fault: studioFault("securityRule"),
        parameter: `securityGroupOf_${identifier(fault.cluster)}`,
        text: `network security group of the node subnet of ${fault.cluster}`,
        values: inboundDenied,
      };
    case "dependency":
      return ofService(estate, fault.target);
    case "pods":
    case "disk":
    case "drill":
      return undefined;
  }
}

/** A rule that lets nothing in on the ports of the web. */
const inboundDenied: readonly (readonly [string, string])[] = [
  ["name", "scantling-drill"],
  ["protocol", "TCP"],
  ["sourceAddresses", '["*"]'],
  ["destinationAddresses", '["*"]'],
  ["action", "Deny"],
  ["destinationPortRanges", '["80","443"]'],
  ["sourcePortRanges", '["*"]'],
  ["priority", "100"],
  ["direction", "Inbound"],
];

function ofService(estate: Estate, target: string): StudioAction | undefined {
  const name = target.replace(/^.*\//, "");
  const store = target.startsWith("DataStore/") ? estate.dataStores.find((each) => each.name === name) : undefined;
  const service = target.startsWith("CloudService/")
    ? estate.cloudServices.find((each) => each.name === name)
    : undefined;
  const action = { parameter: `resource_${identifier(name)}`, text: `resource of ${target}` };
  const known: string = slaServiceOf(store?.service ?? service?.service ?? "") ?? "";
  switch (known) {
    case "key-vault":
      return { ...action, fault: studioFault("keyVaultDenied"), values: [] };
    case "service-bus":
      return {
        ...action,
        fault: studioFault("queueState"),
        values: [
          ["queues", `[parameters('queues_${identifier(name)}')]`],
          ["desiredState", "Disabled"],
        ],
      };
    case "redis":
      return { ...action, fault: studioFault("redisReboot"), values: [["rebootType", "AllNodes"]] };
    case "cosmos-db": {
      const reader = store?.regions.readers.find((region) => !store.regions.writers.includes(region));
      if (reader === undefined || store?.regions.writers.length !== 1) return undefined;
      return { ...action, fault: studioFault("cosmosFailover"), values: [["readRegion", reader]] };
    }
    default:
      return undefined;
  }
}

/** The same injection as one by Chaos Mesh, handed over by Chaos Studio. */
export function clusterAction({ kind, spec }: MeshFault, clusters: readonly string[]): StudioAction {
  return {
    fault: clusterFault(kind),
    parameter: `clusters_${identifier(clusters.join(" "))}`,
    text: `managed ${clusters.length === 1 ? "cluster" : "clusters"} ${clusters.join(" and ")}`,
    values: [["jsonSpec", JSON.stringify(spec)]],
  };
}

/** An ARM template with the experiment; targets and capabilities must have been enabled on the resources before. */
export function studioTemplate(
  id: string,
  stages: readonly (readonly StudioAction[])[],
  faultSeconds: number,
  pauseSeconds: number,
): object {
  const actions = stages.flat();
  const ids = [...new Map(actions.map(({ parameter, text }) => [parameter, text]))];
  const texts = actions.flatMap(({ values }) => values.flatMap(([key, value]) => textParameter(key, value)));
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: {
      location: { type: "string", metadata: { description: "region of the experiment" } },
      ...Object.fromEntries(
        ids.map(([name, text]) => [name, { type: "array", metadata: { description: `resource ids: ${text}` } }]),
      ),
      ...Object.fromEntries(
        texts.map(({ name, description }) => [name, { type: "string", metadata: { description } }]),
      ),
    },
    resources: [
      {
        type: "Microsoft.Chaos/experiments",
        apiVersion: studioApiVersion,
        name: id,
        location: "[parameters('location')]",
        identity: { type: "SystemAssigned" },
        properties: {
          selectors: actions.map((action, index) => selectorOf(action, index)),
          steps: stepsOf(stages, faultSeconds, pauseSeconds),
        },
      },
    ],
  };
}

/** A value that is a parameter of the template itself: which instances, which queues. */
function textParameter(key: string, value: string): readonly { readonly name: string; readonly description: string }[] {
  const name = /^\[parameters\('(.+)'\)\]$/.exec(value)?.[1];
  if (name === undefined) return [];
  const description =
    key === "queues"
      ? 'queues to disable, as a JSON array in a string: ["orders"]'
      : 'ids of the instances to shut down, as a JSON array in a string: ["1"]';
  return [{ name, description }];
}

function selectorOf({ fault, parameter, zones }: StudioAction, index: number): object {
  return {
    type: "List",
    id: `selector${index + 1}`,
    copy: [
      {
        name: "targets",
        count: `[length(parameters('${parameter}'))]`,
        input: {
          type: "ChaosTarget",
          id: `[concat(parameters('${parameter}')[copyIndex('targets')], '/providers/Microsoft.Chaos/targets/${fault.targetType}')]`,
        },
      },
    ],
    ...(zones === undefined ? {} : { filter: { type: "Simple", parameters: { zones } } }),
  };
}

function stepsOf(stages: readonly (readonly StudioAction[])[], faultSeconds: number, pauseSeconds: number): object[] {
  let selector = 0;
  return stages.map((stage, index) => ({
    name: `stage ${index + 1}`,
    branches: stage.map((action, at) => {
      selector += 1;
      const pause = index === 0 ? [] : [delay(pauseSeconds)];
      return { name: `branch ${at + 1}`, actions: [...pause, ...actionsOf(action, selector, faultSeconds)] };
    }),
  }));
}

/** A queue that was disabled is enabled again: the fault itself ends nothing. */
function actionsOf({ fault, values }: StudioAction, selector: number, seconds: number): object[] {
  const action = (parameters: StudioAction["values"]) => ({
    type: fault.type,
    name: fault.urn,
    selectorId: `selector${selector}`,
    ...(fault.type === "continuous" ? { duration: isoDuration(seconds) } : {}),
    parameters: parameters.map(([key, value]) => ({ key, value: templateText(value) })),
  });
  if (!values.some(([key]) => key === "desiredState")) return [action(values)];
  const restored = values.map(([key, value]) => [key, key === "desiredState" ? "Active" : value] as const);
  return [action(values), delay(seconds), action(restored)];
}

/** A template takes a text in brackets for an expression; a doubled bracket keeps it a text. */
function templateText(value: string): string {
  return value.startsWith("[") && !value.startsWith("[parameters(") ? `[${value}` : value;
}

function delay(seconds: number): object {
  return { type: "delay", name: studioDelayUrn, duration: isoDuration(seconds) };
}

function isoDuration(seconds: number): string {
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

function identifier(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, "_");
}
