import { describe, expect, test } from "vitest";
import { likelyValue } from "../../estate/figures/figure.ts";
import {
  givenCloudService,
  givenCluster,
  givenPool,
  givenService,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cents, cost, ephemeral, fixed, line } from "../testing/given-cost.ts";

describe("what a cluster costs besides its nodes", () => {
  test("tier, load balancer with rules beyond five, addresses", () => {
    const ports = Array.from({ length: 6 }, (_, index) => ({ port: 80 + index, protocol: "TCP" }));
    const services = [
      givenService("web", { type: "LoadBalancer", ports }),
      givenService("inner", { type: "LoadBalancer", internal: true }),
    ];
    const cluster = givenCluster({ nodePools: [] });
    const report = cost({ clusters: [cluster], services });
    expect(
      Object.fromEntries(report.lines.map(({ id, monthlyCost }) => [id, cents(likelyValue(monthlyCost))])),
    ).toEqual({
      "cost/main/clusterTier": 73,
      "cost/main/loadBalancer/public": 18.25,
      // Six ports and the way out are seven rules, five are included.
      "cost/main/loadBalancer/public/rules": 14.6,
      "cost/main/loadBalancer/internal": 18.25,
      "cost/main/publicIp/prod/shop/web": 3.65,
      "cost/main/publicIp/outbound": 3.65,
    });
    expect(report.parts).toMatchObject({ fees: 127.75, tenant: 3.65 });
  });

  test("a NAT gateway instead of outbound rules, and Defender by vCPU", () => {
    const cluster = bareCluster({
      monitoring: { containerInsights: true, managedPrometheus: undefined, defender: true },
    });
    const report = cost({ clusters: [{ ...cluster, network: { ...cluster.network, outbound: "managedNATGateway" } }] });
    expect(amount(report, "cost/main/natGateway")).toBeCloseTo(0.045 * 730, 9);
    expect(amount(report, "cost/main/defender")).toBeCloseTo(12 * 0.00941 * 730, 9);
    expect(report.unpriced.map(({ id }) => id)).toEqual(["cost/main/containerInsights"]);
  });

  test("Defender's ends are those of the nodes: stopped outside hours, and with every autoscaler at its maximum", () => {
    const cluster = bareCluster({
      environments: ["prod"],
      nodePools: [givenPool({ minimumNodes: 3, maximumNodes: 9, osDisk: ephemeral })],
      monitoring: { containerInsights: false, managedPrometheus: false, defender: true },
    });
    const environments = [{ name: "prod", criticality: "low", hours: "Mon-Fri 07:00-19:00", timeZone: "UTC" }] as const;
    const web = givenWorkload({ name: "web", replicas: 3, cpu: 1_000, memoryMiB: 1_024 });
    const workloads = [{ ...web, replicas: { ...web.replicas, maximum: 24 } }];
    const report = cost({ clusters: [cluster], environments, workloads });
    const [nodes, defender] = [line(report, "cost/main/user/node"), line(report, "cost/main/defender")];
    const share = (of: typeof nodes) => {
      const result = of?.monthlyCost.result;
      return result?.kind === "range" ? [result.low / result.likely, result.high / result.likely] : [];
    };
    expect(share(defender)).toEqual(share(nodes).map((each) => expect.closeTo(each, 9)));
    expect(share(defender)).toEqual([expect.closeTo(60 / 168, 9), expect.toSatisfy((most: number) => most > 2)]);
  });

  test("Defender on nodes of an unknown size is named, not counted as no vCPU", () => {
    const cluster = bareCluster({
      nodePools: [givenPool({ ...fixed(3), vmSize: "Standard_D99_v9", osDisk: ephemeral })],
      monitoring: { containerInsights: false, managedPrometheus: false, defender: true },
    });
    expect(cost({ clusters: [cluster] }).unpriced.map(({ id }) => id)).toContain("cost/main/user/defender");
  });

  test("the rules that a load balancer includes are a dated fact of the line", () => {
    const report = cost({ clusters: [givenCluster({ nodePools: [] })], services: [] });
    const reasons = line(report, "cost/main/loadBalancer/public")?.monthlyCost.reasons ?? [];
    expect(reasons).toContainEqual(
      expect.objectContaining({ kind: "fact", value: 5, unit: "rules", source: "c3x-lb" }),
    );
  });

  test.each([
    ["logAnalytics", true, ["cost/main/managedPrometheus"]],
    ["Log Analytics", true, ["cost/main/managedPrometheus"]],
    ["azureMonitor", true, ["cost/main/containerInsights"]],
    ["monitor", true, ["cost/main/containerInsights"]],
    ["sendMail", true, ["cost/main/containerInsights", "cost/main/managedPrometheus"]],
    ["logAnalytics", false, ["cost/main/containerInsights", "cost/main/managedPrometheus", "cost/CloudService/it"]],
  ])("with a declared %s (price: %s), what is left without a price", (service, hasPrice, unpriced) => {
    const price = { monthlyCost: 40, source: "invoice", asOf: "2026-10-31" };
    const monitoring = { containerInsights: true, managedPrometheus: true, defender: false };
    const cloudServices = [givenCloudService("it", service, hasPrice ? { price } : {})];
    const report = cost({ clusters: [bareCluster({ monitoring })], cloudServices });
    expect(report.unpriced.map(({ id }) => id)).toEqual(unpriced);
    expect(report.unpriced[0]?.hint).toMatch(/service: (logAnalytics|azureMonitor) and its price/);
  });

  test("managed OS disks by size of the node, free when ephemeral", () => {
    const pool = (vmSize: string) => givenPool({ ...fixed(1), vmSize });
    const disk = (vmSize: string) =>
      line(cost({ clusters: [bareCluster({ nodePools: [pool(vmSize)] })] }), "cost/main/user/osDisk");
    expect(disk("Standard_D4s_v5")?.unitPrice).toBe(21.68);
    expect(disk("Standard_D8s_v5")?.label).toContain("P15 LRS");
    expect(disk("Standard_D4_v5")?.label).toContain("E10 LRS");
  });
});
