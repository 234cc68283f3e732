import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt.ts";

const text = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join("\n");

describe("excerpt", () => {
  it("shows the lines around, and marks the one", () => {
    const lines = excerpt(text, 50, 2);
    expect(lines.map((line) => line.number)).toEqual([48, 49, 50, 51, 52]);
    expect(lines.filter((line) => line.marked).map((line) => line.text)).toEqual(["line 50"]);
  });

  it("stops at the ends of the text", () => {
    expect(excerpt(text, 1, 3).map((line) => line.number)).toEqual([1, 2, 3, 4]);
    expect(excerpt(text, 100, 2).map((line) => line.number)).toEqual([98, 99, 100]);
    expect(excerpt("one", 7, 2)).toEqual([]);
  });

  it("shows the beginning when no line is known", () => {
    expect(excerpt(text, undefined)).toHaveLength(40);
  });
});
