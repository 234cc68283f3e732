import { describe, expect, it } from "vitest";
import { writeChanges } from "../../../src/operations/what-if/change-text.ts";
import type { QuickWhatIf } from "../../../src/operations/what-if/what-if.ts";
import type { WhatIfChange } from "../../../src/operations/what-if/what-if-change.ts";
import { openTexts } from "../assessing/assess-texts.ts";
import { sampleManifests } from "../intake/sample-manifests.ts";
import { defaultViewState, writeViewState } from "../view-state/view-state.ts";
import { createBook } from "./latest-answers.ts";
import { changeableThings, offerSubject } from "./offer-subject.ts";
import type { WhatIfAnswers, WhatIfRequest } from "./what-if-request.ts";

const opened = openTexts({ "pasted.yaml": sampleManifests }, "2026-11-22");

describe("what can be changed", () => {
  it("lists every thing under a selection that something is offered for", () => {
    const groups = changeableThings(opened.assessment());
    expect(groups.map(({ title }) => title)).toEqual(expect.arrayContaining(["Clusters", "Node pools", "Workloads"]));
    for (const { selection } of groups.flatMap(({ things }) => things)) {
      expect(offerSubject(selection), selection).toBeDefined();
    }
    const pools = groups.find(({ title }) => title === "Node pools")?.things ?? [];
    for (const { selection } of pools) {
      const subject = offerSubject(selection);
      if (subject === undefined) throw new Error(selection);
      expect(opened.whatIf({ what: "offers", changes: [], subject }), selection).not.toEqual([]);
    }
  });

  it("offers nothing for what has nothing to change", () => {
    for (const text of [undefined, "", "region/westeurope", "outside", "pool/"])
      expect(offerSubject(text)).toBeUndefined();
    expect(offerSubject("journey/prod/shop/checkout")).toEqual({ kind: "application", name: "shop" });
  });
});

describe("answers", () => {
  const [cluster = ""] = opened.assessment().estate.clusters;

  it("are plain data, as they must be to come out of a worker", () => {
    const changes: readonly WhatIfChange[] = [{ kind: "tier", cluster, tier: "Premium" }];
    for (const what of ["quick", "availability"] as const) {
      const answer = opened.whatIf({ what, changes });
      expect(structuredClone(answer)).toEqual(answer);
    }
  });

  it("are asked for the last of the questions that come while one is answered", async () => {
    const asked: string[] = [];
    const doors: (() => void)[] = [];
    const book = createBook(async (request) => {
      asked.push(writeChanges(request.changes));
      await new Promise<void>((resolve) => {
        doors.push(resolve);
      });
      return {} as QuickWhatIf as WhatIfAnswers["quick"];
    });
    const request = (replicas: number): WhatIfRequest => ({
      what: "quick",
      changes: [{ kind: "replicas", workload: "w/x", replicas }],
    });
    for (const count of [1, 2, 3, 4]) book.ask(request(count));
    doors.shift()?.();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    doors.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual(["replicas:w/x:1", "replicas:w/x:4"]);
    expect(book.known(request(4))?.kind).toBe("ready");
    expect(book.known(request(2))).toBeUndefined();
  });

  it("go on after one that failed", async () => {
    const book = createBook(() => Promise.reject(new Error("defect")));
    const first: WhatIfRequest = { what: "quick", changes: [] };
    book.ask(first);
    await new Promise((resolve) => setTimeout(resolve));
    expect(book.known(first)?.kind).toBe("failed");
  });
});

it("stands in the address so that it can be read", () => {
  const whatIf = writeChanges([
    { kind: "replicas", workload: "prod/weu/shop/Deployment/web", replicas: 4 },
    { kind: "tier", cluster: "weu", tier: "Premium" },
  ]);
  expect(writeViewState({ ...defaultViewState, whatIf })).toBe(
    "what-if=replicas:prod/weu/shop/Deployment/web:4,tier:weu:Premium",
  );
});
