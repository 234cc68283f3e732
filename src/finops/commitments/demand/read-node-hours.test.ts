import { expect, test } from "vitest";
import type { DeclaredDemand } from "./declared-demand.ts";
import { readNodeHours } from "./read-node-hours.ts";

const pool = (cluster: string, name: string) => ({
  cluster,
  pool: name,
  region: "westeurope",
  vmSize: "Standard_D4s_v5",
  payAsYouGo: 0.23,
  group: "Dsv5 Series",
  ratio: 2,
});

const declared: DeclaredDemand = {
  pools: [pool("a", "system"), pool("b", "system"), pool("b", "user")],
  nodes: [3, 3, 5],
  pattern: [{ hours: 168, nodes: [3, 3, 5] }],
  stopped: [],
};

const read = (text: string) => readNodeHours(text, "nodes.csv", declared);
const codes = (text: string) => read(text).diagnostics.map(({ code }) => code);

test("rows become hours; pools that are not measured keep their declared nodes", () => {
  const { pattern, measured, diagnostics } = read(
    "time,cluster,pool,nodes\n2026-11-01T00:00:00Z,a,system,2\n2026-11-01T00:00:00Z,b,user,4\n2026-11-01T01:00:00Z,a,system,2.5\n2026-11-01T01:00:00Z,b,user,6\n",
  );
  expect(pattern).toEqual([
    { hours: 1, nodes: [2, 3, 4] },
    { hours: 1, nodes: [2.5, 3, 6] },
  ]);
  expect([measured, diagnostics]).toEqual([2, []]);
});

test("a name of one pool needs no cluster, cluster/pool is read too, half-hours count by halves", () => {
  const { pattern } = read("time,pool,nodes\r\n0,user,1\r\n1800,b/user,2\r\n");
  expect(pattern).toEqual([
    { hours: 0.5, nodes: [3, 3, 1] },
    { hours: 0.5, nodes: [3, 3, 2] },
  ]);
});

test("a number goes on where a pool has no row; over a gap between times it does not", () => {
  const text =
    "time,cluster,pool,nodes\n0,a,system,1\n0,b,user,1\n3600,a,system,2\n7200,a,system,2\n7200,b,user,3\n36000,a,system,9\n36000,b,user,9\n";
  const { pattern, diagnostics } = read(text);
  expect(pattern?.map(({ hours, nodes }) => [hours, nodes[2]])).toEqual([
    [1, 1],
    [1, 1],
    [1, 3],
    [1, 9],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["EST-767"]);
});

test.each([
  ["unknown and ambiguous pools", "time,pool,nodes\n0,gone,1\n0,system,1\n0,user,1\n3600,user,1", ["EST-765"]],
  [
    "negative, empty, absurd and non-numbers",
    "time,pool,nodes\n0,user,-1\n0,user,NaN\n0,user,\n0,user,1e9\n0,user,1\n3600,user,2",
    ["EST-766"],
  ],
  ["times that are none", "time,pool,nodes\nyesterday,user,1\n0,user,1\n3600,user,2", ["EST-764"]],
  ["rows twice", "time,pool,nodes\n0,user,1\n0,user,2\n3600,user,2", ["EST-767"]],
  ["no header", "0,user,1\n3600,user,2", ["EST-764", "EST-769"]],
  ["nothing", "", ["EST-764", "EST-769"]],
  ["one time only", "time,pool,nodes\n0,user,1", ["EST-769"]],
])("%s are diagnosed and counted", (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test("with one step and one gap, the longer of the two is the gap", () => {
  const { pattern, diagnostics } = read("time,pool,nodes\n0,user,1\n3600,user,2\n90000,user,3\n");
  expect(pattern?.map(({ hours }) => hours)).toEqual([1, 1, 1]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["EST-767"]);
});

test("rows beyond the most that are read are counted, with the first line of them", () => {
  const text = "time,pool,nodes\n0,user,1\n3600,user,2\n7200,user,3\n\n10800,user,4\n";
  const { pattern, diagnostics } = readNodeHours(text, "nodes.csv", declared, 2);
  expect(pattern).toHaveLength(2);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ["EST-773", "nodes.csv has more than 2 usable rows: the 2 rows from line 4 on are left out."],
  ]);
});
