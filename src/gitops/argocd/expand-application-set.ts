import { load } from "js-yaml";
import { asList, asObject, asText, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { generate } from "./application-parameters.ts";
import { type Expanded, expandTemplate } from "./go-template.ts";

/** An Application of a set, with what its generators gave for it. */
interface ExpandedApplication {
  readonly value: JsonObject;
  readonly parameters: JsonObject;
}

/** Applications that an ApplicationSet stands for, and what could not be said. */
interface ExpandedApplications {
  readonly applications: readonly ExpandedApplication[];
  readonly problems: readonly string[];
}

/** Fills in the template of an ApplicationSet for everything that its generators give, in both template languages. */
export function expandApplicationSet(spec: JsonObject, files: ReadonlyMap<string, string>): ExpandedApplications {
  const problems: string[] = [];
  const expand = spec.goTemplate === true ? expandTemplate : expandPlain;
  const applications = asList(spec.generators).flatMap((generator) => {
    const generated = generate(asObject(generator), files);
    problems.push(...generated.problems);
    return generated.parameters.map((parameters) => {
      const filled = fillIn(spec.template, (text) => textOf(expand(text, parameters), problems));
      const patch = asText(spec.templatePatch);
      if (patch === undefined) return { value: asObject(filled), parameters };
      const more = parsed(textOf(expand(patch, parameters), problems), problems);
      return { value: merged(asObject(filled), more), parameters };
    });
  });
  return { applications, problems: [...new Set(problems)] };
}

function textOf(expanded: Expanded, problems: string[]): string {
  if ("text" in expanded) return expanded.text;
  problems.push(expanded.problem);
  return "";
}

/** `{{name}}`, the older language: parameters by flat names, and `path` for the folder of a git generator. */
function expandPlain(text: string, parameters: JsonObject): Expanded {
  let problem: string | undefined;
  const filled = text.replaceAll(/\{\{\s*([\w.[\]-]+)\s*\}\}/g, (_, name: string) => {
    const steps = name.replaceAll(/\[(\d+)\]/g, ".segments.$1").split(".");
    const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const value = name === "path" ? valueAt(parameters, ["path", "path"]) : valueAt(parameters, path);
    if (value === undefined) problem ??= `no value for {{ ${name} }}`;
    return typeof value === "string" ? value : JSON.stringify(value ?? "");
  });
  return problem === undefined ? { text: filled } : { problem };
}

function fillIn(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, fill));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, fill)]));
}

function parsed(text: string, problems: string[]): JsonObject {
  try {
    return asObject(load(text));
  } catch {
    problems.push("a templatePatch that is no YAML once it is filled in");
    return {};
  }
}

function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const entries = Object.entries(patch).map(([key, to]): [string, unknown] => {
    const from = base[key];
    return [key, isJsonObject(from) && isJsonObject(to) ? merged(from, to) : to];
  });
  return { ...base, ...Object.fromEntries(entries) };
}
