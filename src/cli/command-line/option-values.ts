import { InvalidArgumentError, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";

export const formats: readonly ReportFormat[] = ["table", "json", "yaml", "markdown"];

export const pathsArgument =
  "folders or files of documents and manifests, - for standard input (default: the nearest estate.yaml)";

/** `--today`, which makes a run repeatable. */
export function todayOption(): Option {
  return new Option("--today <date>", "the day to assess for, YYYY-MM-DD (default: today in UTC)").argParser(parseDay);
}

function parseDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("Write it as YYYY-MM-DD.");
  return text;
}

/** A whole number, zero or more. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Write a whole number.");
  return Number(text);
}

export function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError("Write a port from 0 to 65535.");
  return port;
}

/** Values of an option that may stand several times, or be listed with commas: it never takes the paths that follow. */
export function parseList(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]))];
}

/** An amount of money, zero or more. */
export function parseAmount(text: string): number {
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError("Write an amount of money, such as 12000.");
  return amount;
}
