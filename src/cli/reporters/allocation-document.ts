import { formatMoney, formatResult } from "../../estate/figures/format-figure.ts";
import type { CostAllocation } from "../../operations/cost/cost-allocation.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

type Row = CostAllocation["rows"][number];

const partNames: { readonly [part in Row["part"]]: string } = {
  tenant: "",
  sharedPlatform: "shared platform",
  systemOverhead: "system overhead",
  idle: "idle",
  fees: "fees",
  unusedCommitment: "unused commitment",
  filteredOut: "all that the filter leaves out",
};

/** Who bears what: tenants first, then what belongs to nobody, then the bill. */
export function allocationDocument(report: CostAllocation): Document {
  return [
    heading(1, `Bill of ${report.estate} by ${report.by}`),
    paragraph(howText(report)),
    ...usageItems(report),
    ...rowsTable(report),
    paragraph(`The rows add up to the bill: ${formatResult(report.total.result, report.total.unit)}.`),
    ...(report.partial
      ? [
          paragraph(`Partial: ${counted(report.unpriced.length, "thing")} without a price:`),
          ...bullets(report.unpriced.map(({ label, reason }) => `${label}: ${reason}`)),
        ]
      : []),
  ];
}

function howText({ method, shareIdle, sharePlatform, filter, period }: CostAllocation): string {
  const what = method === "requests" ? "by requests" : "by the larger of request and usage at every step";
  const idle = shareIdle === "none" ? "idle is not shared out" : `idle is shared out ${shareIdle}`;
  const platform = sharePlatform === "none" ? "nor is the platform" : `the platform is shared out ${sharePlatform}`;
  const both = shareIdle === "none" && sharePlatform === "none" ? "idle and platform are not shared out" : undefined;
  const rest = shareIdle !== "none" && sharePlatform === "none" ? "the platform is not" : platform;
  const only = filter === undefined ? "" : ` Only ${filter}.`;
  return `A ${period}${period === "hour" ? " of it" : ""}, ${what}; ${both ?? `${idle}, ${rest}`}.${only}`;
}

function usageItems({ usage }: CostAllocation): Document {
  if (usage === undefined) return [];
  const left = Object.entries(usage.problems).filter(([, count]) => count > 0);
  const without =
    left.length === 0 ? "" : `; left out: ${left.map(([name, count]) => `${count} ${wordsOf(name)}`).join(", ")}`;
  return [
    paragraph(
      `${usage.source}: ${usage.samples.toLocaleString("en-US")} samples from ${usage.from} to ${usage.to}, ${counted(usage.steps, "step")} of ${usage.stepSeconds} s${without}.`,
    ),
  ];
}

/** `notANumber` as `not a number`. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function rowsTable(report: CostAllocation): Document {
  const sharesIdle = report.shareIdle !== "none";
  const sharesPlatform = report.sharePlatform !== "none";
  const money = (amount: number) =>
    report.period === "hour"
      ? amount.toFixed(4)
      : formatMoney(amount, report.currency).slice(report.currency.length + 1);
  const whole = report.rows.reduce((sum, { total }) => sum + total, 0);
  const right = (title: string) => ({ title, align: "right" }) as const;
  return table(
    [
      { title: title(report.by) },
      ...(sharesIdle || sharesPlatform ? [right("Own")] : []),
      ...(sharesIdle ? [right("Idle")] : []),
      ...(sharesPlatform ? [right("Platform")] : []),
      right(report.currency),
      right("Share"),
    ],
    [
      ...report.rows.map((row) => [
        nameOf(row),
        ...(sharesIdle || sharesPlatform ? [money(row.own)] : []),
        ...(sharesIdle ? [money(row.idleShare)] : []),
        ...(sharesPlatform ? [money(row.platformShare)] : []),
        money(row.total),
        whole === 0 ? "" : `${((row.total / whole) * 100).toFixed(1)}%`,
      ]),
      [
        "Bill",
        ...(sharesIdle || sharesPlatform ? [""] : []),
        ...(sharesIdle ? [""] : []),
        ...(sharesPlatform ? [""] : []),
        money(whole),
        "",
      ],
    ],
  );
}

function nameOf({ part, name }: Row): string {
  if (part === "tenant") return name ?? "(none)";
  return name === undefined ? `- ${partNames[part]}` : `- ${partNames[part]} of ${name}`;
}

function title(by: string): string {
  return by.slice(0, 1).toUpperCase() + by.slice(1);
}
