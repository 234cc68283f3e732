import { describe, expect, it } from "vitest";
import { formatBytes, formatCores } from "./format-resources.ts";

describe("amounts for people", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [134_217_728, "128 MiB"],
    [1_610_612_736, "1.5 GiB"],
    [13_314_398_618, "12.4 GiB"],
    [2 ** 60, "1 EiB"],
    [-1024, "-1 KiB"],
  ])("%d bytes are %s", (count, text) => {
    expect(formatBytes(count)).toBe(text);
  });

  it.each([
    [0, "0m"],
    [250, "250m"],
    [999, "999m"],
    [1000, "1"],
    [1500, "1.5"],
    [3860, "3.86"],
    [16_000, "16"],
    [-250, "-250m"],
  ])("%d millicores are %s", (millicores, text) => {
    expect(formatCores(millicores)).toBe(text);
  });
});
