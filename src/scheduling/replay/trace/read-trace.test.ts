import { describe, expect, test } from "vitest";
import { schedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { parseCsv } from "./parse-csv.ts";
import { readTraceNodes, readTracePods } from "./read-trace.ts";
import { readTraceCluster } from "./trace-cluster.ts";

test("cells may be quoted; blank lines and a byte order mark are passed over", () => {
  expect(parseCsv('\uFEFFa,b\r\n"x, ""y""\nz",2\r\n\n3')).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ['x, "y"\nz', "2"] },
    { line: 5, cells: ["3"] },
  ]);
});

describe("rows", () => {
  test("nodes are read by the titles of their columns, in any order", () => {
    const { rows, diagnostics } = readTraceNodes(
      "gpu,SN,memory_mib,cpu_milli,zone\n2,a,1024,4000,1\n,b,1024,4000,\n",
      "n",
    );
    expect(diagnostics).toEqual([]);
    expect(rows).toEqual([
      { name: "a", cpuMillicores: 4000, memoryMiB: 1024, gpus: 2, maxPods: undefined, pool: undefined, zone: "1" },
      {
        name: "b",
        cpuMillicores: 4000,
        memoryMiB: 1024,
        gpus: 0,
        maxPods: undefined,
        pool: undefined,
        zone: undefined,
      },
    ]);
  });

  test("pods of another phase than Running are not read", () => {
    const text = "name,cpu_milli,memory_mib,num_gpu,pod_phase\na,1,1,0,Running\nb,1,1,0,Succeeded\nc,1,1,0,\n";
    expect(readTracePods(text, "p").rows.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  test.each([
    ["a,-1,5", "an amount cannot be negative"],
    ["a,many,5", "which is no number"],
    ["a,1e99,5", "which is no number"],
    ["a,99999999999999,5", "more than any machine has"],
    [",1,5", "its name is empty"],
    ["a,,5", "its cpu is empty"],
    ["a,1", "its memory is empty"],
    ["ok,1,1", "the name ok is taken"],
  ])("%s is refused: %s", (row, problem) => {
    const { rows, diagnostics } = readTracePods(`name,cpu_milli,memory_mib\nok,1,1\n${row}\n`, "pods.csv");
    expect(rows.map(({ name }) => name)).toEqual(["ok"]);
    expect(diagnostics).toMatchObject([{ code: "EST-681", place: { source: "pods.csv", line: 3 } }]);
    expect(diagnostics[0]?.message).toContain(problem);
  });

  test("a missing column is named with the titles that it may have", () => {
    const { rows, diagnostics } = readTraceNodes("sn,cpu\na,1\n", "nodes.csv");
    expect(rows).toEqual([]);
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ["EST-680", "Name the column cpu_milli or cpu_millicores in the first row."],
      ["EST-680", "Name the column memory_mib in the first row."],
    ]);
  });

  test("an empty text has no columns", () => {
    expect(readTracePods("", "p").diagnostics).toHaveLength(3);
  });
});

describe("clusters", () => {
  const node = { cpuMillicores: 4000, memoryMiB: 8192, gpus: 1, maxPods: undefined, pool: undefined };
  const pod = { cpuMillicores: 1000, memoryMiB: 1024, gpus: 1 };

  test("nodes without zones are dealt to three in turn; GPUs are taken whole", () => {
    const nodes = ["a", "b", "c", "d"].map((name) => ({ ...node, name, zone: undefined }));
    const pods = ["p", "q"].map((name) => ({ ...pod, name }));
    const { cluster, assumptions } = readTraceCluster("t", nodes, pods, schedulerVersion(34));
    expect(cluster.nodes.map(({ zone }) => zone)).toEqual(["1", "2", "3", "1"]);
    expect(assumptions.map(({ id }) => id)).toEqual(["ASM-160", "ASM-169", "ASM-167"]);
    const placed = cluster.scheduler.cluster.pods();
    expect(new Set(placed.map((each) => each.node)).size).toBe(2);
  });

  test("zones that are given stand", () => {
    const nodes = ["a", "b"].map((name, index) => ({ ...node, name, zone: index === 0 ? "9" : undefined }));
    const { cluster } = readTraceCluster("t", nodes, [], schedulerVersion(34));
    expect(cluster.nodes.map(({ zone }) => zone)).toEqual(["9", undefined]);
  });
});
