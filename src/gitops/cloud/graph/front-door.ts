import type { EntryPoint } from "../../../estate/model/application.ts";
import type { CloudService } from "../../../estate/model/service.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, mostCriticalEnvironment, sharedPart } from "./cloud-context.ts";
import { camel } from "./firewall-resources.ts";
import type { Part, Placed } from "./graph-draft.ts";

/** Front Door as declared: an endpoint, and for each public host name a domain, its origins and a route; WAF before all. */
export function addFrontDoor(context: CloudContext, service: CloudService): void {
  const { draft, estate } = context;
  const part = { ...sharedPart(context, "front-door"), tells: `CloudService/${service.name}` };
  const sku = `${service.tier === "Premium" ? "Premium" : "Standard"}_AzureFrontDoor`;
  const profile = draft.add(part, {
    type: "Microsoft.Cdn/profiles",
    name: azureName("frontDoor", [estate.name, service.name], estate.name),
    location: "global",
    sku: { name: sku },
    properties: { originResponseTimeoutSeconds: 60 },
  });
  const endpoint = draft.add(part, {
    type: "Microsoft.Cdn/profiles/afdEndpoints",
    name: azureName("frontDoorEndpoint", [estate.name, service.name], estate.name),
    parent: profile,
    location: "global",
    properties: { enabledState: "Enabled" },
  });
  const domains = hostnamesOf(context, service).map(([hostname, entryPoints]) =>
    addHostname(context, part, { profile, endpoint, hostname, entryPoints }),
  );
  addRules(context, part, service, { profile, sku, domains: [endpoint, ...domains] });
}

/** Host names that are led through the service, with their entry points. */
function hostnamesOf({ estate }: CloudContext, service: CloudService): readonly [string, readonly EntryPoint[]][] {
  const led = estate.entryPoints.filter(
    ({ through, hostname }) => hostname !== undefined && through.includes(service.name),
  );
  const byHostname = Map.groupBy(led, ({ hostname }) => hostname ?? "");
  return [...byHostname].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function addHostname(
  context: CloudContext,
  part: Part,
  given: {
    readonly profile: Placed;
    readonly endpoint: Placed;
    readonly hostname: string;
    readonly entryPoints: readonly EntryPoint[];
  },
): Placed {
  const { draft } = context;
  const { profile, endpoint, hostname, entryPoints } = given;
  const name = hostname.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  const domain = draft.add(part, {
    type: "Microsoft.Cdn/profiles/customDomains",
    name,
    parent: profile,
    properties: {
      hostName: hostname,
      tlsSettings: { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS12" },
    },
  });
  const group = draft.add(part, {
    type: "Microsoft.Cdn/profiles/originGroups",
    name,
    parent: profile,
    properties: {
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
      healthProbeSettings: {
        probePath: "/",
        probeRequestType: "HEAD",
        probeProtocol: "Https",
        probeIntervalInSeconds: 30,
      },
      sessionAffinityState: "Disabled",
    },
  });
  const origins = originClusters(context, entryPoints).map(({ name: cluster, priority }) =>
    draft.add(part, {
      type: "Microsoft.Cdn/profiles/originGroups/origins",
      name: cluster,
      parent: group,
      properties: {
        hostName: { $parameter: `ingressHostOf${camel(cluster)}`, secure: false },
        originHostHeader: hostname,
        httpPort: 80,
        httpsPort: 443,
        priority,
        weight: 1000,
        enabledState: "Enabled",
        enforceCertificateNameCheck: true,
      },
    }),
  );
  draft.add(part, {
    type: "Microsoft.Cdn/profiles/afdEndpoints/routes",
    name,
    parent: endpoint,
    after: origins,
    properties: {
      customDomains: [{ id: domain.id }],
      originGroup: { id: group.id },
      patternsToMatch: ["/*"],
      supportedProtocols: ["Http", "Https"],
      httpsRedirect: "Enabled",
      forwardingProtocol: "HttpsOnly",
      linkToDefaultDomain: "Disabled",
      enabledState: "Enabled",
    },
  });
  return domain;
}

/**
 * Clusters behind a host name; the passive ones of an application wait with a lower priority. Where several environments
 * say the same name it belongs to the most critical one: callers of production never land on a test cluster.
 */
function originClusters(
  { estate, clusters }: CloudContext,
  entryPoints: readonly EntryPoint[],
): readonly { readonly name: string; readonly priority: number }[] {
  const behind = new Set(entryPoints.flatMap(({ workloads }) => workloads));
  const all = estate.workloads.filter(({ id }) => behind.has(id));
  const critical = mostCriticalEnvironment(
    estate,
    all.map(({ environment }) => environment),
  );
  const served = all.filter(({ environment }) => critical === undefined || environment === critical);
  const names = new Set(served.map(({ cluster }) => cluster));
  const application = estate.applications.find(({ name }) => name === served[0]?.application);
  return clusters
    .filter(({ name }) => names.has(name))
    .map(({ name, region }) => {
      const isPassive = application?.regions.mode === "activePassive" && application.regions.primary !== region;
      return { name, priority: isPassive ? 2 : 1 };
    })
    .toSorted((left, right) => left.priority - right.priority || (left.name < right.name ? -1 : 1));
}

const modes: { readonly [waf: string]: string } = { prevention: "Prevention", detection: "Detection" };

/** Rule sets that Microsoft keeps are for Premium only. */
function addRules(
  { draft, estate }: CloudContext,
  part: Part,
  service: CloudService,
  given: { readonly profile: Placed; readonly sku: string; readonly domains: readonly Placed[] },
): void {
  const mode = modes[String(service.spec["waf"])];
  if (mode === undefined) return;
  const policy = draft.add(part, {
    type: "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
    name: azureName("firewallRules", [estate.name, service.name], estate.name),
    location: "global",
    sku: { name: given.sku },
    properties: {
      policySettings: { enabledState: "Enabled", mode, requestBodyCheck: "Enabled" },
      ...(given.sku.startsWith("Premium")
        ? {
            managedRules: {
              managedRuleSets: [
                { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1", ruleSetAction: "Block" },
                { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1", ruleSetAction: "Block" },
              ],
            },
          }
        : {}),
    },
  });
  draft.add(part, {
    type: "Microsoft.Cdn/profiles/securityPolicies",
    name: "waf",
    parent: given.profile,
    properties: {
      parameters: {
        type: "WebApplicationFirewall",
        wafPolicy: { id: policy.id },
        associations: [{ domains: given.domains.map(({ id }) => ({ id })), patternsToMatch: ["/*"] }],
      },
    },
  });
}
