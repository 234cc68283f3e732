import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const nordwind = "examples/nordwind";

/** Runs a report as JSON and checks it by its published schema. */
function json(schema: string, words: readonly string[], input?: string): unknown {
  const run = runScantling([...words, "--quiet", "-o", "json"], ...(input === undefined ? [] : [{ input }]));
  const document: unknown = JSON.parse(run.stdout);
  const published: unknown = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8"));
  const isValid = new Ajv({ strict: false }).compile(published as object);
  expect(isValid(document), JSON.stringify(isValid.errors?.[0])).toBe(true);
  return document;
}

interface Advice {
  readonly stores: readonly {
    readonly store: string;
    readonly verdict: string;
    readonly options: readonly { readonly label: string }[];
    readonly rejected: readonly { readonly failures: readonly { readonly rule: string }[] }[];
    readonly conflict?: { readonly inputs: readonly string[]; readonly floor?: { readonly text: string } };
  }[];
}

describe("scantling stateful advise", () => {
  test("advises every DataStore of the example, each rejection with its rule", () => {
    const { stores } = json("store-advice", ["stateful", "advise", nordwind]) as Advice;
    expect(stores.map(({ store }) => store)).toEqual([
      "carts",
      "clicks",
      "lake",
      "ledger",
      "loyalty",
      "orders",
      "search-index",
      "sessions",
      "stock",
    ]);
    for (const { verdict, options, conflict, rejected } of stores) {
      expect(verdict === "impossible").toBe(options.length === 0);
      expect(conflict === undefined).toBe(options.length > 0);
      for (const { failures } of rejected) expect(failures[0]?.rule).toMatch(/^ST-/);
    }
  });

  test("answers the document of the how-to as it is pasted, without a word on what a lone need lacks", () => {
    const page = readFileSync(join(repositoryRoot, "docs/how-to/choose-a-store.md"), "utf8");
    const [, document = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const { stdout, stderr } = runScantling(["stateful", "advise", "-"], { input: document });
    expect(stderr).toBe("");
    expect(stdout).toContain("carts  choose");
  });

  test("answers a need in one line, and only one of line and documents", () => {
    const need = ["--size", "200GiB", "--reads", "500", "--writes", "50", "--consistency", "session"];
    const recovery = ["--rpo", "5s", "--rto", "60s", "--read-p99", "5ms"];
    const { stores } = json("store-advice", ["stateful", "advise", ...need, ...recovery]) as Advice;
    expect(stores).toMatchObject([{ store: "need", verdict: "choose" }]);
    expect(runScantling(["stateful", "advise", nordwind, ...need]).code).toBe(2);
  });

  test("names the floor that forbids what is asked for", () => {
    const document = `apiVersion: scantling/v1alpha1
kind: DataStore
metadata: {name: bookings}
spec:
  latency: {writeP99: 20ms}
  regions: {readers: [westeurope, northeurope], writers: [westeurope]}
  recovery: {region: {rpo: 0s}}
`;
    const { stores } = json("store-advice", ["stateful", "advise", "-"], document) as Advice;
    expect(stores[0]?.verdict).toBe("impossible");
    expect(stores[0]?.conflict?.inputs).toEqual(["latency.writeP99", "recovery.region.rpo"]);
    expect(stores[0]?.conflict?.floor?.text).toContain("one round trip westeurope to northeurope is 22 ms");
  });

  test("says what it knows when a store is misspelt", () => {
    const run = runScantling(["stateful", "advise", nordwind, "--store", "ordrs", "--quiet"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("Did you mean orders?");
  });

  test("fits 100 columns", () => {
    const { stdout } = runScantling(["stateful", "advise", nordwind, "--quiet"]);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(stdout).toContain("Nearest flip: ");
  });
});

describe("scantling stateful timeline", () => {
  test("times every store, and those in the cluster step by step", () => {
    const report = json("recovery-timelines", ["stateful", "timeline", nordwind]) as {
      stores: { subject: string; timelines: { scope: string; steps: { label: string }[] }[] }[];
    };
    const sessions = report.stores.find(({ subject }) => subject === "DataStore/sessions");
    const node = sessions?.timelines.find(({ scope }) => scope === "node");
    expect(node?.steps.map(({ label }) => label)).toEqual([
      "the node counts as lost",
      "AKS repairs the node",
      "the pod starts, recovers its data and is ready",
    ]);
  });
});
