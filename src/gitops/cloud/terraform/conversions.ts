import { roleDefinitionIdOf, roleNameOf } from "../../../catalog/azure-roles.ts";
import type { ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList } from "../graph/resource-value.ts";

/** Values of the arguments that one field becomes, in the order in which the table names them; undefined leaves one out. */
export type Written = readonly (ResourceValue | undefined)[];

/** Both directions of a conversion. Undefined where a value has no counterpart. */
interface Conversion {
  readonly write: (value: ResourceValue) => Written | undefined;
  readonly read: (values: Written) => ResourceValue | undefined;
}

const flexibleTiers: { readonly [short: string]: string } = {
  B: "Burstable",
  GP: "GeneralPurpose",
  MO: "MemoryOptimized",
};

const criticalTaint = "CriticalAddonsOnly=true:NoSchedule";
const mebibytesPerGibibyte = 1024;
const bytesPerGibibyte = 1024 ** 3;

function one(
  write: (value: ResourceValue) => ResourceValue | undefined,
  read: (value: ResourceValue) => ResourceValue | undefined,
): Conversion {
  return {
    write: (value) => {
      const written = write(value);
      return written === undefined ? undefined : [written];
    },
    read: ([value]) => (value === undefined ? undefined : read(value)),
  };
}

const conversions: { readonly [name: string]: Conversion } = {
  not: one(negated, negated),
  enabled: one(
    (value) => (value === "Enabled" ? true : value === "Disabled" ? false : undefined),
    (value) => (typeof value === "boolean" ? (value ? "Enabled" : "Disabled") : undefined),
  ),
  text: one(
    (value) => (value === "true" ? true : value === "false" ? false : undefined),
    (value) => (typeof value === "boolean" ? String(value) : undefined),
  ),
  only: one(
    (value) => [value],
    (value) => (isResourceList(value) && value.length === 1 ? value[0] : undefined),
  ),
  noneIsAbsent: one(
    (value) => value,
    (value) => value,
  ),
  json: one(
    (value) => JSON.stringify(value),
    (value) => (typeof value === "string" ? parsed(value) : undefined),
  ),
  role: one(
    (value) => (typeof value === "string" ? roleNameOf(value) : undefined),
    (value) => (typeof value === "string" ? roleDefinitionIdOf(value) : undefined),
  ),
  criticalTaint: one(
    (value) => (isResourceList(value) && value.length === 1 && value[0] === criticalTaint ? true : undefined),
    (value) => (value === true ? [criticalTaint] : undefined),
  ),
  containerAccess: one(
    (value) => (typeof value === "string" ? (value === "None" ? "private" : value.toLowerCase()) : undefined),
    (value) =>
      value === "private" ? "None" : value === "blob" ? "Blob" : value === "container" ? "Container" : undefined,
  ),
  mebibytes: one(
    (value) => (typeof value === "number" ? value * mebibytesPerGibibyte : undefined),
    (value) => (typeof value === "number" ? value / mebibytesPerGibibyte : undefined),
  ),
  gibibytes: one(
    (value) => (typeof value === "number" && value % bytesPerGibibyte === 0 ? value / bytesPerGibibyte : undefined),
    (value) => (typeof value === "number" ? value * bytesPerGibibyte : undefined),
  ),
  flexibleSku: one(
    (value) => {
      const [name, tier] = isPlainObject(value) ? [value["name"], value["tier"]] : [];
      const short = Object.entries(flexibleTiers).find(([, long]) => long === tier)?.[0];
      return typeof name === "string" && short !== undefined ? `${short}_${name}` : undefined;
    },
    (value) => {
      const match = typeof value === "string" ? /^(B|GP|MO)_(.+)$/.exec(value) : null;
      return match === null ? undefined : { name: match[2] ?? "", tier: flexibleTiers[match[1] ?? ""] ?? "" };
    },
  ),
  unitSku: one(
    (value) => {
      const [name, capacity] = isPlainObject(value) ? [value["name"], value["capacity"]] : [];
      return typeof name === "string" && typeof capacity === "number" ? `${name}_${capacity}` : undefined;
    },
    (value) => {
      const match = typeof value === "string" ? /^(\w+?)_(\d+)$/.exec(value) : null;
      return match === null ? undefined : { name: match[1] ?? "", capacity: Number(match[2]) };
    },
  ),
  storageSku: {
    write: (value) => {
      const [tier, replication] = typeof value === "string" ? value.split("_") : [];
      return tier === undefined || replication === undefined ? undefined : [tier, replication];
    },
    read: ([tier, replication]) =>
      typeof tier === "string" && typeof replication === "string" ? `${tier}_${replication}` : undefined,
  },
  range: {
    write: (value) => {
      const match = typeof value === "string" ? /^(\d+)[\s-]+(\d+)$/.exec(value) : null;
      return match === null ? undefined : [Number(match[1]), Number(match[2])];
    },
    read: ([least, most]) => (typeof least === "number" && typeof most === "number" ? `${least} ${most}` : undefined),
  },
};

/** Arguments that a field becomes; undefined where Terraform has no words for the value. */
export function written(conversion: string | undefined, value: ResourceValue): Written | undefined {
  return conversion === undefined ? [value] : conversions[conversion]?.write(value);
}

/** The field that arguments say. */
export function readBack(conversion: string | undefined, values: Written): ResourceValue | undefined {
  return conversion === undefined ? values[0] : conversions[conversion]?.read(values);
}

function negated(value: ResourceValue): ResourceValue | undefined {
  return typeof value === "boolean" ? !value : undefined;
}

function parsed(text: string): ResourceValue | undefined {
  try {
    return JSON.parse(text) as ResourceValue;
  } catch {
    return undefined;
  }
}
