import { describe, expect, test } from "vitest";
import { totalOf } from "./demand.ts";
import { readSeries, type SeriesOptions } from "./read-series.ts";

const options: SeriesOptions = {
  source: "web.csv",
  timeColumn: undefined,
  valueColumn: undefined,
  scale: 1,
  startSeconds: undefined,
  gaps: "hold",
};

function read(rows: readonly string[], part: Partial<SeriesOptions> = {}) {
  const { demand, diagnostics } = readSeries(["time,rps", ...rows].join("\n"), { ...options, ...part });
  return { demand, codes: diagnostics.map(({ code }) => code) };
}

test("instants, seconds since 1970 and seconds from the start are times", () => {
  for (const [first, second] of [
    ["2026-11-01 00:00:00", "2026-11-01T01:01:00+01:00"],
    ["1793491200", "1793491260"],
    ["0", "60"],
  ]) {
    const { demand, codes } = read([`${first},1`, `${second},3`], { startSeconds: 1_793_491_200 });
    expect(codes).toEqual([]);
    expect(demand).toEqual({ startSeconds: 1_793_491_200, durationSeconds: 120, times: [0, 60], rates: [1, 3] });
  }
});

describe("gaps", () => {
  const rows = ["0,4", "60,4", "120,4", "300,10", "360,10"];

  test.each([
    ["hold", 60 * (4 * 5 + 20)],
    ["zero", 60 * (4 * 3 + 20)],
    ["interpolate", 60 * (4 * 3 + 6 + 8 + 20)],
  ] as const)("%s", (gaps, total) => {
    const { demand, codes } = read(rows, { gaps });
    expect(codes).toEqual(["EST-665"]);
    expect(demand === undefined ? undefined : totalOf(demand)).toBeCloseTo(total, 9);
  });
});

test("rows out of order are sorted, and of equal times the last counts", () => {
  const { demand, codes } = read(["60,2", "0,1", "120,3", "120,7"]);
  expect(demand?.rates).toEqual([1, 2, 7]);
  expect(codes).toEqual(["EST-663", "EST-664"]);
});

test.each([
  ["nothing", [], ["EST-660"]],
  ["one row", ["0,1"], ["EST-660"]],
  ["rows that are none", ["x,1", "0,-1", "60,NaN", "120,", "180,Infinity"], ["EST-662", "EST-660"]],
])("%s gives no demand but diagnostics", (_case, rows, expected) => {
  const { demand, codes } = read(rows);
  expect(demand).toBeUndefined();
  expect(codes).toEqual(expected);
});

test("a column that is not there is named", () => {
  expect(read(["0,1", "60,2"], { valueColumn: "requests" }).codes).toEqual(["EST-661"]);
});
