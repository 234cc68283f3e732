import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { filterFacts, filterSuggestions, matchesFilter, parseFilter, toggleTerm } from "./filter.ts";

describe("filter", () => {
  const facts = filterFacts(fixtureAssessment());
  const found = (text: string) => {
    const terms = parseFilter(text);
    return [...facts].filter(([, fact]) => matchesFilter(terms, fact)).map(([id]) => id.split("/").slice(1).join("/"));
  };

  it("joins terms by AND and values by OR", () => {
    expect(found("tenant:retail cluster:neu")).toEqual(["neu/shop/Deployment/web", "neu/shop/CronJob/report"]);
    expect(found("tenant:treasury|platform")).toEqual([
      "weu/ledger/Deployment/ledger",
      "weu/kube-system/DaemonSet/agent",
    ]);
  });

  it("negates, and finds what is missing", () => {
    expect(found("-tenant:retail app:none")).toEqual(["weu/kube-system/DaemonSet/agent"]);
  });

  it("looks for words anywhere, whatever the case", () => {
    expect(found("LEDG")).toEqual(["weu/ledger/Deployment/ledger"]);
  });

  it("knows pools and regions", () => {
    expect(found("pool:spare region:westeurope kind:deployment")).toEqual(["weu/shop/Deployment/orders"]);
  });

  it("takes a term that is still being typed as met", () => {
    expect(found("tenant:")).toHaveLength(7);
    expect(found("-")).toHaveLength(7);
  });

  it("is its own contrary when negated", () => {
    fc.assert(
      fc.property(fc.constantFrom(...filterSuggestions(facts)), (term) => {
        expect(found(term).length + found(`-${term}`).length).toBe(facts.size);
      }),
    );
  });

  it("finds something for every suggestion", () => {
    for (const term of filterSuggestions(facts)) expect(found(term)).not.toEqual([]);
  });

  it("adds and takes away a term on a click", () => {
    expect(toggleTerm("web", "tenant:retail")).toBe("web tenant:retail");
    expect(toggleTerm("web tenant:retail", "tenant:retail")).toBe("web");
  });

  it("never throws on what people type", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(found(text).length).toBeLessThanOrEqual(facts.size);
      }),
    );
  });
});
