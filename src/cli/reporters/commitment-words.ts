import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { CostCommitments } from "../../operations/cost/cost-commit-report.ts";
import type { Column } from "../terminal/table.ts";

/** A column of numbers. */
export function right(title: string): Column {
  return { title, align: "right" };
}

export function short(vmSize: string): string {
  return vmSize.replace(/^Standard_/, "").replace(/ Series$/, "");
}

export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

export function hours(value: number): string {
  return `${value.toFixed(1)} h`;
}

export function points(percentage: number): string {
  return `${Number(percentage.toFixed(1))} %`;
}

export function percent(share: number): string {
  if (share === 0 || share > 0.99995) return `${Math.round(100 * share)} %`;
  return `${Math.min(99.9, 100 * share).toFixed(1)} %`;
}

/** Without the currency, which the head says. */
export function money({ currency }: CostCommitments, value: number): string {
  return formatMoney(value, currency).slice(currency.length + 1);
}

export function signed(report: CostCommitments, value: number): string {
  const text = money(report, Math.abs(value));
  return Math.abs(value) < 0.005 ? "" : value > 0 ? `+${text}` : `-${text}`;
}

export function amount({ currency }: CostCommitments, value: number): string {
  return formatMoney(value, currency);
}

export function plain(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 6 });
}
