import { describe, expect, test } from "vitest";
import {
  givenClaim,
  givenObject,
  givenPlacedObject,
  givenStandaloneClaim,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cost, line } from "../testing/given-cost.ts";

describe("volumes", () => {
  const stateful = (given: Parameters<typeof givenClaim>[2], sizeGiB?: number) =>
    cost({
      clusters: [bareCluster()],
      workloads: [
        givenWorkload({
          name: "db",
          kind: "StatefulSet",
          replicas: 3,
          cpu: 100,
          memoryMiB: 100,
          claims: [givenClaim("data", sizeGiB, given)],
        }),
      ],
    });
  const id = "cost/prod/main/shop/StatefulSet/db/data";

  test.each([
    ["managed-csi-premium", 100, "P10 ZRS", 3 * 32.519],
    ["default", 100, "E10 ZRS", 3 * 14.4],
    [undefined, 4, "E1 ZRS", 3 * 0.45],
    ["azurefile-csi-premium", 10, "Premium LRS file share", 3 * 100 * 0.192],
  ])("class %s of %d GiB is %s", (storageClassName, sizeGiB, what, monthly) => {
    const report = stateful({ storageClassName }, sizeGiB);
    expect(line(report, id)?.label).toContain(what);
    expect(amount(report, id)).toBeCloseTo(monthly, 9);
    expect(report.allocation.find(({ workload }) => workload?.endsWith("/db"))?.tenant).toBe("retail");
  });

  test.each([
    ["managed-csi-premium", undefined],
    ["default", "E10 ZRS also bills transactions, which nothing declares: they are not in the price."],
    ["azurefile-csi-premium", undefined],
    [
      "azurefile-csi",
      "Standard LRS file share also bills transactions, which nothing declares: they are not in the price.",
    ],
  ])("class %s: charges beside the capacity are named as left out", (storageClassName, text) => {
    const left = stateful({ storageClassName }, 100).assumptions.filter(
      ({ name, subject }) => name === "volume-use-not-priced" && subject.endsWith("/db/data"),
    );
    expect(left.map((each) => each.text)).toEqual(text === undefined ? [] : [text]);
  });

  test("a standard file share is billed by what is stored: between nothing and its size", () => {
    const report = stateful({ storageClassName: "azurefile-csi" }, 100);
    expect(line(report, id)?.monthlyCost.result).toEqual({ kind: "range", low: 0, likely: 18, high: 18 });
  });

  test("a StorageClass object says what its name stands for", () => {
    const storageClass = givenObject("StorageClass", "fast", {
      apiVersion: "storage.k8s.io/v1",
      provisioner: "disk.csi.azure.com",
      parameters: { skuName: "PremiumV2_LRS" },
    });
    const workloads = [
      givenWorkload({
        name: "db",
        kind: "StatefulSet",
        claims: [givenClaim("data", 100, { storageClassName: "fast" })],
      }),
    ];
    const objects = [givenPlacedObject(storageClass)];
    const report = cost({ clusters: [bareCluster()], workloads, objects });
    expect(amount(report, id)).toBeCloseTo(100 * 730 * 0.00013, 9);
    expect(report.assumptions.find(({ id: rule }) => rule === "ASM-087")?.text).toContain(
      "IOPS and throughput beyond those included",
    );
    expect(cost({ clusters: [bareCluster()], workloads }).unpriced.map(({ reason }) => reason)).toEqual([
      "what storage class fast stands for is not known",
    ]);
  });

  test("a claim by name is one volume of whoever mounts it, also when only the reference is known", () => {
    const mount = (name: string) =>
      givenWorkload({
        name,
        cpu: 100,
        memoryMiB: 100,
        tenant: "risk",
        claims: [givenClaim("files", undefined, { perReplica: false })],
      });
    const declared = cost({
      clusters: [bareCluster()],
      workloads: [mount("one"), mount("two")],
      claims: [givenStandaloneClaim("files", 100, { storageClassName: "managed-csi" })],
    });
    expect(declared.lines.filter(({ category }) => category === "dataDisk")).toHaveLength(1);
    expect(declared.allocation.find(({ workload }) => workload?.endsWith("/one"))?.tenant).toBe("risk");
    const missing = cost({ clusters: [bareCluster()], workloads: [mount("one"), mount("two")] });
    expect(missing.unpriced.map(({ reason }) => reason)).toEqual(["its size is not among the manifests"]);
  });
});
