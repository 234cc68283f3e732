import { describe, expect, test } from "vitest";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { type Reachability, reachability } from "./reachability.ts";
import { ReachabilitySchema, reachabilityMatches } from "./reachability-schema.ts";

function clusterDocument(name: string, network: string, more = ""): string {
  const pools = "nodePools: [{name: user, mode: System, vmSize: Standard_D4s_v5, count: 3}]";
  return document(
    "Cluster",
    name,
    `{region: westeurope, environments: [prod], network: {${network}}, ${pools}${more}}`,
  );
}

const estateDocument = document(
  "Estate",
  "e",
  "{complete: true, environments: [{name: prod}], classifications: [public, internal, confidential], regions: [{name: westeurope, zones: ['1']}], networks: [{name: hub, region: westeurope, zone: internal, addressSpace: [10.0.0.0/16]}]}",
);

function tenant(name: string, classification: string): string {
  return document("Tenant", name, `{namespaces: [${name}], classification: ${classification}}`);
}

function policy(namespace: string, spec: string): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: ${namespace}}\nspec: {${spec}}\n`;
}

const tenants = tenant("shop", "public") + tenant("bank", "confidential");
const workloads =
  webService("web", { namespace: "shop", type: "LoadBalancer" }) + webService("ledger", { namespace: "bank" });
const closed = "podSelector: {}, policyTypes: [Ingress, Egress]";
const fromShop =
  "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}], ports: [{port: 443}]}]";

function report(policies: string, options: Parameters<typeof reachability>[1] = {}, documents = ""): Reachability {
  const declared = documents === "" ? clusterDocument("main", "policyEngine: cilium, name: hub") : documents;
  return reachability(
    givenTexts({ "estate.yaml": estateDocument + declared + tenants, "apps.yaml": workloads + policies }),
    options,
  );
}

function between({ tenants: connections }: Reachability, from: string, to: string) {
  return connections.find((each) => each.from === from && each.to === to);
}

describe("tenants", () => {
  test("without policies are open to each other", () => {
    expect(between(report(""), "shop", "bank")).toMatchObject({
      verdict: "open",
      pairs: { total: 1, open: 1, undecided: 0 },
      witness: { ports: "all", ingress: { verdict: "open", because: "no policy restricts it" } },
    });
  });

  test("reach what a rule lets through, and the rule is named with its place", () => {
    expect(between(report(policy("bank", fromShop)), "shop", "bank")).toMatchObject({
      verdict: "limited",
      ports: "TCP 443",
      witness: {
        ingress: {
          verdict: "allowed",
          because: "NetworkPolicy bank/p allows TCP 443",
          place: { source: "apps.yaml", line: expect.any(Number) },
        },
      },
    });
  });

  test("that are denied are told by which policy", () => {
    expect(between(report(policy("bank", closed)), "shop", "bank")).toMatchObject({
      verdict: "denied",
      witness: {
        ports: "none",
        ingress: { verdict: "denied", policy: "NetworkPolicy bank/p" },
        egress: { verdict: "open" },
      },
    });
  });

  test("go round through the internet where both ends are open to it", () => {
    const found = between(
      report(policy("shop", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]")),
      "bank",
      "shop",
    );
    expect(found).toMatchObject({ verdict: "denied", viaWorld: { to: "web", through: "web", certain: true } });
    const shut = report(policy("shop", closed));
    expect(between(shut, "bank", "shop")?.viaWorld).toBeUndefined();
  });

  test("are exposed by what a load balancer leads to and policies let in", () => {
    const exposed = (policies: string) => report(policies).ends.find(({ tenant: name }) => name === "shop")?.exposed;
    expect(exposed("")).toMatchObject({ verdict: "limited", ports: "TCP 80" });
    expect(exposed(policy("shop", closed))).toMatchObject({ verdict: "denied" });
  });
});

describe("the engine", () => {
  test("that no cluster declares is the letter of the API, which is an assumption", () => {
    const found = report("", {}, clusterDocument("main", "name: hub"));
    expect(found.clusters).toMatchObject([{ engine: "api-standard", engineOrigin: "assumed" }]);
    expect(found.assumptions.map(({ id }) => id)).toContain("ASM-180");
  });

  test("may be chosen for one run", () => {
    const found = report(policy("bank", closed), { engine: "none" });
    expect(found.clusters).toMatchObject([{ engine: "none", engineOrigin: "chosen" }]);
    expect(between(found, "shop", "bank")?.verdict).toBe("open");
  });
});

describe("workloads", () => {
  test("are listed when asked for, the denied ones too", () => {
    expect(report("").workloads).toBeUndefined();
    const found = report(policy("bank", closed), { workloads: {} }).workloads;
    expect(found?.connections.map(({ from, to, verdict }) => `${from} ${to} ${verdict}`)).toEqual([
      "ledger web denied",
      "web ledger denied",
    ]);
  });

  test("are narrowed down by name, namespace or tenant", () => {
    const found = report("", { workloads: { from: "shop", to: "ledger" } }).workloads;
    expect(found?.connections.map(({ from, to }) => `${from} ${to}`)).toEqual(["web ledger"]);
  });
});

describe("rules between classifications", () => {
  const rule = ({ zones }: Reachability) =>
    zones.find(({ source, target }) => source === "public" && target === "confidential");

  test("are refuted by a path", () => {
    const found = rule(report(""));
    expect(found?.verdict).toBe("refuted");
    expect(found?.path.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["workload web", "workload ledger"]);
  });

  test("are proven where nothing leads there in one connection", () => {
    expect(rule(report(policy("bank", closed)))).toMatchObject({ verdict: "proven", path: [] });
  });

  test("count the internet as public, through what stands in front", () => {
    const entry = webService("ledger", { namespace: "bank", type: "LoadBalancer" });
    const found = reachability(
      givenTexts({
        "estate.yaml": estateDocument + clusterDocument("main", "policyEngine: cilium, name: hub") + tenants,
        "apps.yaml": entry,
      }),
    );
    expect(rule(found)?.path.map(({ kind }) => kind)).toEqual(["internet", "entryPoint", "workload"]);
  });

  test("are not evaluable where a policy cannot be read", () => {
    const broken = policy("bank", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: nowhere}}]}]");
    expect(rule(report(broken))).toMatchObject({ verdict: "notEvaluable" });
  });

  test("say which workloads would have to be taken over where no single connection leads there", () => {
    const middle = tenant("desk", "internal");
    const deny = policy("bank", fromShop.replace("name: shop", "name: desk"));
    const found = reachability(
      givenTexts({
        "estate.yaml": estateDocument + clusterDocument("main", "policyEngine: cilium, name: hub") + tenants + middle,
        "apps.yaml": workloads + webService("tool", { namespace: "desk" }) + deny,
      }),
    );
    expect(rule(found)).toMatchObject({ verdict: "proven", stepwise: ["web", "tool", "ledger"] });
  });

  test("leave networks of an unknown zone out, and say so", () => {
    const text = estateDocument.replace("zone: internal", "zone: secret");
    const found = reachability(givenTexts({ "estate.yaml": text + tenants, "apps.yaml": workloads }));
    expect(found.diagnostics.map(({ code }) => code)).toContain("EST-711");
  });
});

test("the two schools stop what they are for", () => {
  const { schools } = report("");
  const [zones, zeroTrust] = schools.schools;
  expect(schools.openPairs.result).toEqual({ kind: "exact", value: 2 });
  expect(zones?.stoppedPairs.result).toEqual({ kind: "exact", value: 2 });
  expect(zeroTrust?.stoppedPairs.result).toEqual({ kind: "exact", value: 2 });
  expect(zeroTrust?.monthlyCost.result.kind).toBe("notEvaluable");
  expect(zones?.needs.find(({ what }) => what === "one classification a cluster")?.met).toBe("no");
  expect(zeroTrust?.needs.find(({ what }) => what === "a policy engine on each cluster")?.met).toBe("yes");
});

test("the report is what its schema says", () => {
  expect(reachabilityMatches).toBe(true);
  const found = report(policy("bank", fromShop), { workloads: {} });
  expect(ReachabilitySchema.safeParse(found).error?.issues ?? []).toEqual([]);
});

describe("ends of a tenant", () => {
  const egress = (port: number, app: string) =>
    `podSelector: {matchLabels: {app: ${app}}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: ${port}}]}]`;
  const endsOf = (policies: string) => {
    const more = webService("extra", { namespace: "shop" });
    const { ends } = reachability(
      givenTexts({
        "estate.yaml": estateDocument + clusterDocument("main", "policyEngine: cilium, name: hub") + tenants,
        "apps.yaml": workloads + more + policies,
      }),
    );
    return ends.find(({ tenant: name }) => name === "shop");
  };

  test("hold the ports of all its workloads, not of one of them", () => {
    const found = endsOf(
      policy("shop", egress(22, "web")) + policy("shop", egress(443, "extra")).replace("name: p", "name: q"),
    );
    expect(found?.world).toMatchObject({ verdict: "limited", ports: "TCP 22,443" });
    expect(found?.imds).toMatchObject({ verdict: "denied", ports: "none" });
  });

  test("reach instance metadata by its one port", () => {
    expect(
      endsOf(policy("shop", egress(80, "web")) + policy("shop", closed).replace("name: p", "name: q"))?.imds,
    ).toMatchObject({
      verdict: "open",
      ports: "TCP 80",
      workload: expect.stringContaining("web"),
    });
  });
});
