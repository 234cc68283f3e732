import { describe, expect, test } from "vitest";
import type * as z from "zod";
import {
  cidrText,
  dateText,
  dependencyTarget,
  durationText,
  instantText,
  percentageText,
  quantity,
  resourceName,
  timeOfDay,
  timeZoneName,
  weeklyWindow,
  workloadReference,
} from "./field-formats.ts";

const formats: readonly [name: string, schema: z.ZodType, good: readonly unknown[], bad: readonly unknown[]][] = [
  ["duration", durationText, ["0", "0s", "5m", "1h30m", "1.5h", "100ms"], ["5", "-5m", "5 m", "5d", "", "m", "1h-5m"]],
  ["percentage", percentageText, ["0%", "99.95%", "100%", "100.0%"], ["99.95", "101%", "-1%", "100.1%", "99,5%", "%"]],
  ["quantity", quantity, ["500m", "1.5", "512Mi", "2e3", 2, "1k"], ["1K", "512mb", "-1", "", "1 Gi", -1, true]],
  ["name", resourceName, ["a", "shop-web", "a.b", "0"], ["A", "-a", "a-", "a_b", "", "a/b", "a".repeat(254)]],
  ["date", dateText, ["2026-11-20", "2028-02-29"], ["2026-02-29", "2026-13-01", "20261120", "2026-1-1", ""]],
  [
    "instant",
    instantText,
    ["2026-11-27T08:00:00Z", "2026-11-27T08:00Z", "2026-11-27T08:00:00.5+01:00"],
    ["2026-11-27", "2026-11-27T08:00:00", "2026-11-31T08:00:00Z", "2026-11-27T25:00:00Z"],
  ],
  ["time of day", timeOfDay, ["00:00", "23:59"], ["24:00", "8:00", "20:60", ""]],
  [
    "weekly window",
    weeklyWindow,
    ["always", "Mon-Fri 07:00-19:00", "Sun 02:00-06:00", "daily 22:00-04:00", "Mon 08:00-24:00, Wed-Thu 10:00-12:00"],
    ["never", "Mon-Fri", "07:00-19:00", "Mon 25:00-26:00", "Mon 08:00-24:30", "Mo 08:00-10:00", ""],
  ],
  ["time zone", timeZoneName, ["UTC", "Europe/Copenhagen"], ["Mars/Olympus", "+01:00", "", "Europe Copenhagen"]],
  [
    "address range",
    cidrText,
    ["10.0.0.0/16", "0.0.0.0/0", "10.0.4.1/32", "fd00::/48", "::/0", "2001:db8::1/128"],
    [
      "10.0.0.1/16",
      "10.0.0.0/33",
      "10.0.0/16",
      "256.0.0.0/8",
      "10.0.0.0",
      "010.0.0.0/8",
      "fd00::1/48",
      "a::b::c/128",
      "",
    ],
  ],
  [
    "workload reference",
    workloadReference,
    ["shop/Deployment/web", "kube-system/DaemonSet/a.b"],
    ["shop/deployment/web", "Deployment/web", "shop/Deployment", "shop/Deployment/", "a/b/c/d", ""],
  ],
  [
    "dependency target",
    dependencyTarget,
    [
      "shop/Deployment/web",
      "DataStore/orders",
      "CloudService/bus",
      "host:api.bank.example",
      "host:db:5432",
      "host:*.x.example",
    ],
    ["Datastore/orders", "DataStore/", "host:", "host:a b", "https://a.example", "orders", "LoadProfile/x"],
  ],
];

describe.each(formats)("%s", (_name, schema, good, bad) => {
  test.each(good.map((value) => [value]))("takes %j", (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  test.each(bad.map((value) => [value]))("refuses %j", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
