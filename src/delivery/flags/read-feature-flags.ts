import { policyFieldUnusable } from "../../estate/diagnostics/delivery-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import { asList, asObject, asText, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { FieldPath, YamlDocument } from "../../estate/sources/yaml-document.ts";
import type { FeatureFlag, FlagFilter, Recurrence, TargetingFilter, VariantAllocation } from "./feature-flag.ts";

/** True for a file of feature flags, or one flag as App Configuration stores it. */
export function isFlagDocument(value: unknown): boolean {
  if (!isJsonObject(value) || value["apiVersion"] !== undefined) return false;
  return isJsonObject(value["feature_management"]) || (typeof value["id"] === "string" && "enabled" in value);
}

/** Feature flags by the schema FeatureManagement.v2.0.0; a flag that cannot be read as written is left out and told. */
export function readFeatureFlags(documents: readonly YamlDocument[]): {
  readonly flags: readonly FeatureFlag[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const flags: FeatureFlag[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const list: FieldPath = ["feature_management", "feature_flags"];
    const isList = isJsonObject(document.value) && "feature_management" in document.value;
    const paths: readonly FieldPath[] = isList
      ? asList(valueAt(document.value, list)).map((_, index) => [...list, index])
      : [[]];
    for (const path of paths) {
      const reading = new FlagReading(document, path);
      const flag = reading.flag();
      diagnostics.push(...reading.diagnostics);
      if (reading.diagnostics.length === 0) flags.push(flag);
    }
  }
  return { flags, diagnostics };
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

class FlagReading {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: YamlDocument;
  readonly #root: FieldPath;
  readonly #id: string;

  constructor(document: YamlDocument, root: FieldPath) {
    this.#document = document;
    this.#root = root;
    this.#id = asText(this.#value(["id"])) ?? "";
  }

  flag(): FeatureFlag {
    if (this.#id === "" || /[:%\n]/.test(this.#id)) {
      this.#refuse(["id"], "a flag needs an id without colon, percent sign and line break", "Write id: my-feature.");
    }
    const enabled = this.#value(["enabled"]) ?? false;
    if (typeof enabled !== "boolean") this.#refuse(["enabled"], "it is neither true nor false", "Write enabled: true.");
    return {
      id: this.#id,
      place: this.#document.locate(this.#root),
      enabled: enabled === true,
      requirement: this.#choice(["conditions", "requirement_type"], ["Any", "All"], "Any"),
      filters: asList(this.#value(["conditions", "client_filters"])).map((_, index) =>
        this.#filter(["conditions", "client_filters", index]),
      ),
      variants: asList(this.#value(["variants"])).map((variant, index) => ({
        name: asText(asObject(variant)["name"]) ?? "",
        statusOverride: this.#choice(["variants", index, "status_override"], ["None", "Enabled", "Disabled"], "None"),
      })),
      allocation: this.#allocation(["allocation"]),
    };
  }

  #filter(path: FieldPath): FlagFilter {
    const name = asText(this.#value([...path, "name"])) ?? "";
    const parameters: FieldPath = [...path, "parameters"];
    if (/^Microsoft\.Targeting(Filter)?$/.test(name)) return this.#targeting([...parameters, "Audience"]);
    if (!/^Microsoft\.TimeWindow(Filter)?$/.test(name)) return { kind: "unknown", name };
    const start = this.#instant([...parameters, "Start"]);
    const end = this.#instant([...parameters, "End"]);
    return { kind: "timeWindow", start, end, recurrence: this.#recurrence([...parameters, "Recurrence"]) };
  }

  #targeting(audience: FieldPath): TargetingFilter {
    const groups = asList(this.#value([...audience, "Groups"])).map((group, index) => ({
      name: asText(asObject(group)["Name"]) ?? "",
      percentage: this.#percentage([...audience, "Groups", index, "RolloutPercentage"]),
    }));
    return {
      kind: "targeting",
      users: texts(this.#value([...audience, "Users"])),
      groups,
      defaultPercentage: this.#percentage([...audience, "DefaultRolloutPercentage"]),
      excludedUsers: texts(this.#value([...audience, "Exclusion", "Users"])),
      excludedGroups: texts(this.#value([...audience, "Exclusion", "Groups"])),
    };
  }

  #recurrence(path: FieldPath): Recurrence | undefined {
    if (this.#value(path) === undefined) return undefined;
    const type = this.#choice([...path, "Pattern", "Type"], ["Daily", "Weekly"], "Daily");
    const interval = this.#value([...path, "Pattern", "Interval"]) ?? 1;
    if (typeof interval !== "number" || !Number.isSafeInteger(interval) || interval < 1) {
      this.#refuse([...path, "Pattern", "Interval"], "it is no whole number of at least 1", "Write Interval: 1.");
    }
    const daysOfWeek = texts(this.#value([...path, "Pattern", "DaysOfWeek"])).map((day) => days.indexOf(day));
    if (type === "Weekly" && (daysOfWeek.length === 0 || daysOfWeek.includes(-1))) {
      this.#refuse([...path, "Pattern", "DaysOfWeek"], "it names no days of the week", "Write days such as Monday.");
    }
    const range = this.#choice([...path, "Range", "Type"], ["NoEnd", "EndDate", "Numbered"], "NoEnd");
    const number = this.#value([...path, "Range", "NumberOfOccurrences"]);
    const first = days.indexOf(asText(this.#value([...path, "Pattern", "FirstDayOfWeek"])) ?? "Sunday");
    return {
      type,
      interval: typeof interval === "number" ? interval : 1,
      daysOfWeek,
      firstDayOfWeek: Math.max(0, first),
      endMilliseconds: range === "EndDate" ? this.#instant([...path, "Range", "EndDate"]) : undefined,
      occurrences: range === "Numbered" && typeof number === "number" ? number : undefined,
    };
  }

  #allocation(path: FieldPath): VariantAllocation | undefined {
    if (this.#value(path) === undefined) return undefined;
    const entries = (field: string) => asList(this.#value([...path, field])).map(asObject);
    return {
      whenDisabled: asText(this.#value([...path, "default_when_disabled"])),
      whenEnabled: asText(this.#value([...path, "default_when_enabled"])),
      users: entries("user").map(({ variant, users }) => ({ variant: asText(variant) ?? "", users: texts(users) })),
      groups: entries("group").map(({ variant, groups }) => ({
        variant: asText(variant) ?? "",
        groups: texts(groups),
      })),
      percentiles: entries("percentile").map(({ variant }, index) => ({
        variant: asText(variant) ?? "",
        from: this.#percentage([...path, "percentile", index, "from"]),
        to: this.#percentage([...path, "percentile", index, "to"]),
      })),
      seed: asText(this.#value([...path, "seed"])),
    };
  }

  #percentage(path: FieldPath): number {
    const value = this.#value(path);
    if (typeof value === "number" && value >= 0 && value <= 100) return value;
    this.#refuse(path, "it is no percentage from 0 to 100", "Write a number from 0 to 100.");
    return 0;
  }

  #instant(path: FieldPath): number | undefined {
    const value = this.#value(path);
    if (value === undefined) return undefined;
    const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(milliseconds)) return milliseconds;
    this.#refuse(path, "it is no instant", "Write it as Wed, 01 May 2024 13:00:00 GMT or 2024-05-01T13:00:00Z.");
    return undefined;
  }

  #choice<Choice extends string>(path: FieldPath, choices: readonly Choice[], byDefault: Choice): Choice {
    const value = this.#value(path) ?? byDefault;
    const found = choices.find((choice) => choice === value);
    if (found === undefined)
      this.#refuse(path, `it is none of ${choices.join(", ")}`, `Write ${choices.join(" or ")}.`);
    return found ?? byDefault;
  }

  #value(path: FieldPath): unknown {
    return valueAt(this.#document.value, [...this.#root, ...path]) ?? undefined;
  }

  #refuse(path: FieldPath, problem: string, remedy: string): void {
    const subject = `FeatureFlag/${this.#id}`;
    const place = this.#document.locate([...this.#root, ...path]);
    const parameters = { subject, field: formatFieldPath(path), problem, remedy };
    this.diagnostics.push(diagnose(policyFieldUnusable, parameters, { place, affects: [subject] }));
  }
}

function texts(value: unknown): readonly string[] {
  return asList(value).flatMap((each) => (typeof each === "string" ? [each] : []));
}
