import { describe, expect, test } from "vitest";
import { likelyValue } from "../../estate/figures/figure.ts";
import { givenCloudService, givenCluster, givenPool, givenService } from "../../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cents, cost, fixed, line } from "../testing/given-cost.ts";

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
