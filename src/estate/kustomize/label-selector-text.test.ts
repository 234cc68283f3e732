import { describe, expect, test } from "vitest";
import { KustomizeFault } from "./kustomize-fault.ts";
import { readLabelSelectorText } from "./label-selector-text.ts";

const labels = new Map([
  ["app", "web"],
  ["example.com/tier", "front"],
  ["size", "3"],
  ["empty", ""],
]);

describe("readLabelSelectorText", () => {
  test.each<[string, boolean]>([
    ["", true],
    ["  ", true],
    ["app", true],
    ["absent", false],
    ["!absent", true],
    ["! app", false],
    ["app=web", true],
    ["app==web", true],
    ["app = web", true],
    ["app=other", false],
    ["app!=other", true],
    ["absent!=x", true],
    ["empty=", true],
    ["example.com/tier=front,app=web", true],
    ["example.com/tier=front,app=db", false],
    ["app in (db, web)", true],
    ["app in (db)", false],
    ["app notin (db)", true],
    ["absent notin (db)", true],
    ["app notin (web),size", false],
    ["size>2", true],
    ["size<2", false],
    ["app>2", false],
  ])("%j: %j", (text, expected) => {
    expect(readLabelSelectorText(text)(labels)).toBe(expected);
  });

  test.each(["=a", "app in web", "app in (a", "a=b=c", ",", "a b", "a=(b)"])("%j is refused", (text) => {
    expect(() => readLabelSelectorText(text)).toThrow(KustomizeFault);
  });
});
