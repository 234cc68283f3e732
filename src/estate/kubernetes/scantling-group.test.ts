import { expect, test } from "vitest";
import { looksLikeOpenSlo, looksLikeScantlingGroup } from "./scantling-group.ts";

test.each(["scantling/v1alpha1", "scantling.dev/v1alpha1", "Scantling/v1", "io.scantlng/v1", "scantling", "v1alpha1"])(
  "%s is a document of Scantling or meant as one",
  (apiVersion) => {
    expect(looksLikeScantlingGroup(apiVersion)).toBe(true);
    expect(looksLikeOpenSlo(apiVersion)).toBe(false);
  },
);

test.each(["openslo/v1", "openslo.com/v2alpha"])("%s is meant as OpenSLO", (apiVersion) => {
  expect(looksLikeScantlingGroup(apiVersion)).toBe(true);
  expect(looksLikeOpenSlo(apiVersion)).toBe(true);
});

test.each(["v1", "apps/v1", "autoscaling/v2", "scaling.example.com/v1alpha1", "x".repeat(200), 1, undefined])(
  "%s is neither",
  (apiVersion) => {
    expect(looksLikeScantlingGroup(apiVersion)).toBe(false);
  },
);
