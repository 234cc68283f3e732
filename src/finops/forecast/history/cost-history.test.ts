import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber, dayText } from "../calendar.ts";
import { costHistory } from "./cost-history.ts";
import { dateText, historyColumns, tenantOfTags } from "./history-columns.ts";
import { readCostHistory } from "./read-cost-history.ts";

const today = dayNumber("2026-11-22") ?? 0;

function read(text: string) {
  const reading = readCostHistory(text, { source: "costs.csv", currency: "EUR", today });
  const history = costHistory(reading.records, "costs.csv");
  return {
    reading,
    history,
    codes: [...reading.diagnostics, ...(history?.diagnostics ?? [])].map(({ code }) => code),
    of: (tenant: string) => history?.tenants.find((each) => each.tenant === tenant)?.series.values,
  };
}

describe("files of costs", () => {
  test("date,tenant,cost: rows of a day are added up, things are kept apart", () => {
    const { history, codes, of } = read(
      "date,tenant,item,cost\n2026-11-01,retail,nodes,10\n2026-11-01,retail,disks,2.5\n2026-11-02,retail,nodes,11\n",
    );
    expect(codes).toEqual([]);
    expect(history).toMatchObject({ step: "day", startDay: dayNumber("2026-11-01"), endDay: dayNumber("2026-11-03") });
    expect(of("retail")).toEqual([12.5, 11]);
    expect(history?.tenants[0]?.items.get("disks")).toEqual([2.5, 0]);
  });

  test("months, written as such or by their first days, are a monthly history", () => {
    for (const suffix of ["", "-01"]) {
      const { history, of } = read(
        `month,tenant,cost\n2026-01${suffix},a,1\n2026-02${suffix},a,2\n2026-04${suffix},a,4\n`,
      );
      expect(history?.step).toBe("month");
      expect(of("a")).toEqual([1, 2, 3, 4]);
      expect(dayText(history?.endDay ?? 0)).toBe("2026-05-01");
    }
  });

  test("FOCUS: effective cost by the start of the charge, the tenant from the tags", () => {
    const { reading, of } = read(
      'BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ServiceName,Tags\n0,4.5,EUR,2026-11-01T00:00:00Z,Virtual Machines,"{""tenant"":""retail""}"\n9,1,EUR,2026-11-01T01:00:00Z,Storage,\n',
    );
    expect(reading.format).toBe("focus");
    expect(of("retail")).toEqual([4.5]);
    expect(of("unassigned")).toEqual([1]);
  });

  test("Azure exports: American dates, tags without braces", () => {
    const { reading, of } = read(
      'Date,MeterCategory,CostInBillingCurrency,BillingCurrency,Tags\n11/05/2026,Virtual Machines,7.25,EUR,"""tenant"": ""treasury"",""team"": ""x"""\n',
    );
    expect(reading.format).toBe("azureExport");
    expect(of("treasury")).toEqual([7.25]);
  });

  test("a byte order mark and Windows line ends are read", () => {
    expect(read("\uFEFFdate,tenant,cost\r\n2026-11-01,a,1\r\n").of("a")).toEqual([1]);
  });
});

describe("what is wrong is said", () => {
  test.each([
    ["", ["EST-790"]],
    ["a,b\n1,2\n", ["EST-790"]],
    ["date,tenant\n2026-11-01,a\n", ["EST-790"]],
    ["date,tenant,cost\n", ["EST-790"]],
    ["date,tenant,cost\n2026-13-01,a,1\n2026-11-01,a,x\n2026-11-01,a,NaN\n", ["EST-790", "EST-791", "EST-791"]],
    ["date,tenant,cost\n2026-11-22,a,1\n2026-11-21,a,1\n", ["EST-791"]],
    ["date,tenant,cost,currency\n2026-11-01,a,1,USD\n2026-11-01,a,1,EUR\n", ["EST-791"]],
    ["date,tenant,cost\n2026-11-01,a,1\n2026-11-01,a,1\n2026-11-01,a,2\n", ["EST-792"]],
    ["date,tenant,cost\n2026-11-01,a,5\n2026-11-01,a,-1\n", ["EST-793"]],
    ["date,tenant,cost\n2026-11-01,a,5\n2026-11-02,a,-1\n2026-11-03,a,7\n", ["EST-793", "EST-794"]],
    ["date,tenant,cost\n2026-11-01,a,5\n2026-11-05,a,9\n", ["EST-794"]],
  ])("%j", (text, codes) => {
    expect(read(text).codes.toSorted()).toEqual(codes);
  });

  test("a gap lies between its neighbours, a day below zero is one, a credit counts", () => {
    expect(read("date,tenant,cost\n2026-11-01,a,5\n2026-11-05,a,9\n").of("a")).toEqual([5, 6, 7, 8, 9]);
    expect(read("date,tenant,cost\n2026-11-01,a,5\n2026-11-02,a,-1\n2026-11-03,a,7\n").of("a")).toEqual([5, 6, 7]);
    expect(read("date,tenant,cost\n2026-11-01,a,5\n2026-11-01,a,-1\n").of("a")).toEqual([4]);
  });

  test("a file that is loaded twice counts once", () => {
    const rows = "2026-11-01,a,1.5\n2026-11-02,a,2\n2026-11-03,b,3\n";
    const once = read(`date,tenant,cost\n${rows}`);
    const twice = read(`date,tenant,cost\n${rows}${rows}`);
    expect(twice.history?.tenants.map(({ series }) => series)).toEqual(
      once.history?.tenants.map(({ series }) => series),
    );
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom("date,tenant,cost\n", "ChargePeriodStart,EffectiveCost,Tags\n", ""),
        (text, head) => {
          expect(() => read(head + text)).not.toThrow();
        },
      ),
    );
  });
});

test("dates, tags and columns", () => {
  expect(dateText("2026-02-03T04:05:06Z")).toBe("2026-02-03");
  expect(dateText("3/4/2026")).toBe("2026-03-04");
  expect(dateText("03.04.2026")).toBeUndefined();
  expect(dayNumber("2026-02-30")).toBeUndefined();
  expect(tenantOfTags('{"Tenant":"a"}')).toBe("a");
  expect(tenantOfTags("{tenant: a")).toBeUndefined();
  expect(historyColumns(["Date", "x"])).toMatchObject({ missing: expect.stringContaining("costs") });
});
