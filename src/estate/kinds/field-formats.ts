import * as z from "zod";
import { isCidr } from "../model/cidr.ts";
import { parseWeeklyWindow } from "../model/weekly-window.ts";

/** Formats of single fields, shared by all kinds. Each error says what was wanted, with an example. */

const DURATION = /^(0|\+?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const PERCENTAGE = /^(100(\.0*)?|\d{1,2}(\.\d+)?)%$/;
const QUANTITY = /^\+?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const RESOURCE_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const WORKLOAD_REFERENCE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[A-Z][A-Za-z0-9]*\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const DOCUMENT_REFERENCE = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
const DEPENDENCY_TARGET = new RegExp(
  `^((DataStore|CloudService)/${DOCUMENT_REFERENCE}|host:[A-Za-z0-9*]([-A-Za-z0-9.*_]*[A-Za-z0-9])?(:\\d{1,5})?|${WORKLOAD_REFERENCE.source.slice(1, -1)})$`,
);
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A Go duration that is not negative, such as `5m` or `1h30m`. */
export const durationText = z.string().regex(DURATION, { error: "a duration such as 30s, 5m or 1h30m" });

/** A percentage with its sign, between 0 and 100. */
export const percentageText = z
  .string()
  .regex(PERCENTAGE, { error: "a percentage between 0% and 100%, such as 99.95%" });

/** A Kubernetes quantity that is not negative, written as text or as a plain number. */
export const quantity = z.union([
  z.string().regex(QUANTITY, { error: "a Kubernetes quantity such as 500m, 2 or 512Mi" }),
  z.number().nonnegative(),
]);

/** A name as Kubernetes takes it: DNS-1123 subdomain. */
export const resourceName = z
  .string()
  .regex(RESOURCE_NAME, { error: "a name of lower-case letters, digits, '-' and '.', at most 253 characters" });

export const namespaceName = z
  .string()
  .regex(NAMESPACE, { error: "a namespace of lower-case letters, digits and '-', at most 63 characters" });

/** A calendar day, `YYYY-MM-DD`. */
export const dateText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "a day such as 2026-11-20" })
  .refine(isCalendarDay, { error: "a day that exists, such as 2026-11-20" });

/** An instant in UTC or with an offset. */
export const instantText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/, {
    error: "an instant with its zone, such as 2026-11-27T08:00:00Z",
  })
  .refine(isInstant, { error: "an instant that exists, such as 2026-11-27T08:00:00Z" });

export const timeOfDay = z.string().regex(TIME_OF_DAY, { error: "a time of day such as 20:00" });

/** `always`, or days and hours of a week, see `parseWeeklyWindow`. */
export const weeklyWindow = z.string().refine((text) => parseWeeklyWindow(text) !== undefined, {
  error: "always, or days and hours such as Mon-Fri 07:00-19:00 or Sun 02:00-06:00",
});

/** A time zone of the IANA database. */
export const timeZoneName = z
  .string()
  .refine(isTimeZone, { error: "a time zone of the IANA database, such as Europe/Copenhagen or UTC" });

export const cidrText = z.string().refine(isCidr, { error: "an address range without host bits, such as 10.0.0.0/16" });

/** `namespace/Kind/name` of a workload, as its cluster sees it. */
export const workloadReference = z
  .string()
  .regex(WORKLOAD_REFERENCE, { error: "a reference namespace/Kind/name, such as shop/Deployment/web" });

/** What a dependency may point at. */
export const dependencyTarget = z.string().regex(DEPENDENCY_TARGET, {
  error: "a reference: namespace/Kind/name, DataStore/name, CloudService/name or host:NAME",
});

export const cloudServiceReference = z
  .string()
  .regex(new RegExp(`^CloudService/${DOCUMENT_REFERENCE}$`), { error: "a reference such as CloudService/frontdoor" });

export const loadProfileReference = z
  .string()
  .regex(new RegExp(`^LoadProfile/${DOCUMENT_REFERENCE}$`), { error: "a reference such as LoadProfile/web-day" });

/** Money in the estate's currency. */
export const money = z.number().nonnegative();

export const ratioOrPercentage = z.union([percentageText, z.number().min(0).max(1)]);

export const textMap = z.record(z.string(), z.string());

function isCalendarDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

function isInstant(text: string): boolean {
  return isCalendarDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
