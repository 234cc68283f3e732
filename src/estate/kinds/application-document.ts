import * as z from "zod";
import { documentSchema } from "./document-envelope.ts";
import {
  cloudServiceReference,
  dependencyTarget,
  durationText,
  loadProfileReference,
  money,
  namespaceName,
  percentageText,
  ratioOrPercentage,
  resourceName,
  workloadReference,
} from "./field-formats.ts";
import { Recovery } from "./recovery.ts";

const pathText = z.string().min(1);

/** `chart`, `values` and `release` belong to the chart form; as names of environments they would hide a mistyped field. */
const environmentKey = z
  .string()
  .regex(/^(?!(chart|values|release)$)/, { error: "the name of an environment, or default" });

const chartManifests = z.strictObject({
  chart: pathText.describe("Folder of the Helm chart, relative to this document."),
  values: z
    .array(pathText)
    .optional()
    .describe("Values files in order of rising precedence, relative to this document."),
  release: resourceName.optional().describe("Release name; the Application's name when left out."),
});

const manifestSource = z.union([
  pathText.describe("Folder, file or Kustomize folder, relative to this document."),
  chartManifests.describe("A Helm chart with its values."),
  z.array(pathText.describe("Folder, file or Kustomize folder.")).min(1).describe("Several folders or files."),
]);

const entryPoint = z.strictObject({
  name: resourceName.describe("Name of the entry point."),
  workload: workloadReference.describe("Workload it leads to, as namespace/Kind/name."),
  hostname: z.string().min(1).optional().describe("Host name by which it is reached."),
  exposure: z
    .enum(["public", "internal", "private"])
    .optional()
    .describe("Who can reach it: everyone, the company's network, or the cluster's network."),
  through: z
    .array(cloudServiceReference)
    .optional()
    .describe("Cloud services in front, outermost first, such as CloudService/frontdoor."),
});

const journey = z.strictObject({
  name: resourceName.describe("Name of what a user does, such as checkout."),
  entryPoint: z
    .string()
    .min(1)
    .describe("Entry point that the journey comes in by: a declared one, or one that was found."),
  through: z
    .array(workloadReference)
    .optional()
    .describe("Workloads that the journey needs besides, as namespace/Kind/name."),
  downtimeCostPerMinute: money.optional().describe("Cost of one minute of downtime, in the estate's currency."),
  objective: percentageText.optional().describe("Availability objective, such as 99.95%."),
});

const dependency = z.strictObject({
  from: workloadReference.describe("Workload that depends, as namespace/Kind/name."),
  to: dependencyTarget.describe(
    "What it depends on: namespace/Kind/name, DataStore/name, CloudService/name or host:NAME.",
  ),
  type: z
    .enum(["hard", "soft", "async"])
    .optional()
    .describe("hard: fails without it; soft: degrades; async: a buffer stands between."),
  fallback: z.string().min(1).optional().describe("What a soft dependency falls back to, for people."),
  bufferMinutes: z
    .number()
    .nonnegative()
    .optional()
    .describe("Minutes of outage that the buffer of an async dependency bears."),
  availability: percentageText.optional().describe("Availability of what lies outside, such as 99.9%."),
});

const delivery = z.strictObject({
  strategy: z
    .enum(["rolling", "recreate", "blueGreen", "canary", "abTest", "featureFlag"])
    .optional()
    .describe("How a new version replaces the old."),
  controller: z.enum(["kubernetes", "flagger", "argoRollouts"]).optional().describe("What steers the rollout."),
  steps: z
    .array(z.number().min(0).max(100))
    .optional()
    .describe("Share of traffic on the new version at each step, in percent."),
  perMonth: z.number().nonnegative().optional().describe("Deployments a month."),
  badShare: ratioOrPercentage.optional().describe("Share of deployments that are bad, such as 2%."),
});

const ApplicationSpec = z.strictObject({
  tenant: resourceName.optional().describe("Tenant that it belongs to."),
  class: z
    .string()
    .min(1)
    .optional()
    .describe("Class of the platform product; sets defaults for isolation, network, keys, quota."),
  environments: z.array(resourceName).optional().describe("Environments that it runs in; all when left out."),
  clusters: z
    .record(z.string(), z.array(resourceName))
    .optional()
    .describe("Clusters by environment; every cluster that serves the environment when left out."),
  namespace: namespaceName.optional().describe("Namespace of objects that name none."),
  manifests: z
    .union([manifestSource, z.record(environmentKey, manifestSource)])
    .optional()
    .describe(
      "Where its manifests are: one source for all environments, or one per environment beside default. {cluster} in a path stands for the cluster.",
    ),
  regions: z
    .strictObject({
      mode: z
        .enum(["single", "activeActive", "activePassive"])
        .optional()
        .describe("How regions stand in for one another."),
      primary: z.string().min(1).optional().describe("Region that serves when all is well."),
      switchSeconds: z.number().nonnegative().optional().describe("Seconds that a switch of regions takes."),
      detectSeconds: z.number().nonnegative().optional().describe("Seconds until the loss of a region is noticed."),
    })
    .optional()
    .describe("What happens when a region fails."),
  entryPoints: z
    .array(entryPoint)
    .optional()
    .describe("Ways in; those of Ingress, Gateway and LoadBalancer objects are found."),
  journeys: z.array(journey).optional().describe("What users do; availability is said per journey."),
  dependencies: z
    .array(dependency)
    .optional()
    .describe("What its workloads depend on; declared ones go before inferred ones."),
  load: z
    .array(
      z.strictObject({
        profile: loadProfileReference.describe("Demand over time, such as LoadProfile/web-day."),
        workload: workloadReference.describe("Workload that takes the demand, as namespace/Kind/name."),
        perReplica: z.number().positive().describe("Demand that one replica serves, in the profile's unit."),
      }),
    )
    .optional()
    .describe("Demand on its workloads."),
  longestRequest: durationText
    .optional()
    .describe("Longest time that one request may take, such as 20s: what a pod that stops must still finish."),
  recovery: Recovery.optional().describe("Recovery objectives by the scope that fails."),
  delivery: delivery.optional().describe("How new versions are rolled out."),
  requires: z
    .strictObject({
      crds: z
        .array(z.string().min(1))
        .optional()
        .describe("Custom resource definitions that it needs, as plural.group."),
      privileged: z.boolean().optional().describe("True when a container must run privileged."),
      sandbox: z.boolean().optional().describe("True when its pods must run in a VM sandbox."),
      pids: z.int().nonnegative().optional().describe("Processes and threads that one pod has."),
      inotifyInstances: z.int().nonnegative().optional().describe("inotify instances that one pod opens."),
      fileWatches: z.int().nonnegative().optional().describe("inotify watches that one pod uses."),
      openFiles: z.int().nonnegative().optional().describe("Files and sockets that one pod keeps open."),
      connections: z.int().nonnegative().optional().describe("Network connections that one pod holds at its peak."),
      diskIops: z.int().nonnegative().optional().describe("Operations a second that one pod does on the node's disk."),
      kernelNotes: z.string().min(1).optional().describe("What else it asks of the kernel, for people."),
    })
    .optional()
    .describe("What it asks of the platform."),
});

/** A set of workloads that one team runs for one purpose. */
export const ApplicationDocument = documentSchema(
  "Application",
  "One application: tenant, environments, manifests, entry points, journeys, dependencies, load, recovery, delivery.",
  ApplicationSpec.optional(),
);
export type ApplicationDocument = z.infer<typeof ApplicationDocument>;
export type ManifestSource = z.infer<typeof manifestSource>;
