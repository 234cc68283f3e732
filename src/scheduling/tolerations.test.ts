import { describe, expect, test } from "vitest";
import type { Taint } from "../estate/model/cluster.ts";
import { avoidedTaints, firstUntolerated, formatTaint, readTolerations } from "./tolerations.ts";

const dedicated: Taint = { key: "dedicated", value: "batch", effect: "NoSchedule" };

describe("tolerations", () => {
  test.each([
    [
      "equal key, value and effect",
      { key: "dedicated", operator: "Equal", value: "batch", effect: "NoSchedule" },
      true,
    ],
    ["operator defaults to Equal", { key: "dedicated", value: "batch" }, true],
    ["another value", { key: "dedicated", value: "web" }, false],
    ["a missing value counts as empty", { key: "dedicated" }, false],
    ["Exists ignores the value", { key: "dedicated", operator: "Exists", value: "web" }, true],
    ["another effect", { key: "dedicated", operator: "Exists", effect: "NoExecute" }, false],
    ["Exists without a key tolerates everything", { operator: "Exists" }, true],
    ["an empty key needs Exists", { value: "batch" }, false],
    ["an operator that Kubernetes refuses", { key: "dedicated", operator: "Matches", value: "batch" }, false],
    ["no object", "dedicated", false],
  ])("%s", (_name, toleration, tolerated) => {
    expect(firstUntolerated([dedicated], readTolerations([toleration]))).toEqual(tolerated ? undefined : dedicated);
  });

  test("names the first untolerated taint in the order of the node", () => {
    const other: Taint = { key: "gpu", effect: "NoExecute" };
    expect(firstUntolerated([dedicated, other], [])).toBe(dedicated);
    expect(firstUntolerated([dedicated, other], readTolerations([{ key: "dedicated", operator: "Exists" }]))).toBe(
      other,
    );
  });

  test("PreferNoSchedule never keeps a pod away, only ranks", () => {
    const soft: Taint = { key: "spare", effect: "PreferNoSchedule" };
    expect(firstUntolerated([soft], [])).toBeUndefined();
    expect(avoidedTaints([soft], [])).toBe(1);
    expect(avoidedTaints([soft], readTolerations([{ key: "spare", operator: "Exists" }]))).toBe(0);
    expect(avoidedTaints([soft], readTolerations([{ key: "spare", operator: "Exists", effect: "NoSchedule" }]))).toBe(
      1,
    );
  });

  test("prints a taint as kubectl does", () => {
    expect(formatTaint(dedicated)).toBe("dedicated=batch:NoSchedule");
    expect(formatTaint({ key: "gpu", effect: "NoExecute" })).toBe("gpu:NoExecute");
  });
});
