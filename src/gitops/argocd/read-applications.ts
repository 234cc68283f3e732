import { load } from "js-yaml";
import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { generate } from "./application-parameters.ts";
import { expandTemplate } from "./go-template.ts";

/** What Argo CD brings to one cluster from one folder. */
interface DeliveredApplication {
  readonly name: string;
  readonly project: string;
  /** Name of the cluster, or the address of its API server. */
  readonly cluster: string;
  readonly namespace: string | undefined;
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly release: string | undefined;
  /** Relative to the root of the repository; undefined for what is no chart. */
  readonly valueFiles: readonly string[] | undefined;
  readonly prunes: boolean;
  readonly heals: boolean;
}

/** Applications of a repository, those of its ApplicationSets too, and what could not be said. */
export interface DeliveredApplications {
  readonly applications: readonly DeliveredApplication[];
  readonly problems: readonly string[];
}

/** Reads what Argo CD would deliver, from its objects and the files of the repository by path. */
export function readApplications(
  objects: readonly JsonObject[],
  files: ReadonlyMap<string, string>,
): DeliveredApplications {
  const problems: string[] = [];
  const applications = objects.flatMap((object): readonly DeliveredApplication[] => {
    if (!String(object["apiVersion"]).startsWith("argoproj.io/")) return [];
    if (object["kind"] === "Application") return [delivered(object)];
    if (object["kind"] !== "ApplicationSet") return [];
    const found = ofApplicationSet(object, files);
    problems.push(...found.problems);
    return found.applications;
  });
  return { applications: applications.toSorted((left, right) => (left.name < right.name ? -1 : 1)), problems };
}

function ofApplicationSet(object: JsonObject, files: ReadonlyMap<string, string>): DeliveredApplications {
  const name = asText(asObject(object["metadata"])["name"]) ?? "without a name";
  const spec = asObject(object["spec"]);
  const problems: string[] = [];
  const applications: DeliveredApplication[] = [];
  for (const generator of asList(spec["generators"])) {
    const generated = generate(asObject(generator), files);
    problems.push(...generated.problems);
    for (const parameters of generated.parameters) {
      const filled = filledIn(spec["template"], parameters, problems);
      const patch = asText(spec["templatePatch"]);
      applications.push(delivered(patch === undefined ? filled : merged(filled, patched(patch, parameters, problems))));
    }
  }
  const said = [...new Set(problems)].map((problem) => `ApplicationSet ${name}: ${problem}`);
  return { applications, problems: said };
}

/** Every text of the template with its actions filled in. */
function filledIn(template: unknown, parameters: JsonObject, problems: string[]): JsonObject {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry)]));
    if (typeof value !== "string") return value;
    const result = expandTemplate(value, parameters);
    if ("text" in result) return result.text;
    problems.push(result.problem);
    return "";
  };
  return asObject(fill(template));
}

function patched(patch: string, parameters: JsonObject, problems: string[]): JsonObject {
  const result = expandTemplate(patch, parameters);
  if ("problem" in result) {
    problems.push(result.problem);
    return {};
  }
  try {
    return asObject(load(result.text));
  } catch {
    problems.push("a templatePatch that is no YAML once it is filled in");
    return {};
  }
}

function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [from, to] = [base[key], patch[key]];
      return [key, isJsonObject(from) && isJsonObject(to) ? merged(from, to) : (to ?? from)];
    }),
  );
}

function delivered(application: JsonObject): DeliveredApplication {
  const spec = asObject(application["spec"]);
  const destination = asObject(spec["destination"]);
  const source = asObject(isJsonObject(spec["source"]) ? spec["source"] : asList(spec["sources"])[0]);
  const helm = isJsonObject(source["helm"]) ? source["helm"] : undefined;
  const automated = asObject(asObject(spec["syncPolicy"])["automated"]);
  const path = asText(source["path"]) ?? "";
  const files = helm === undefined ? undefined : asList(helm["valueFiles"]).map((file) => fromRoot(String(file), path));
  return {
    name: asText(asObject(application["metadata"])["name"]) ?? "",
    project: asText(spec["project"]) ?? "default",
    cluster: asText(destination["name"]) ?? asText(destination["server"]) ?? "",
    namespace: asText(destination["namespace"]),
    path,
    release: helm === undefined ? undefined : asText(helm["releaseName"]),
    valueFiles: files,
    prunes: automated["prune"] === true,
    heals: automated["selfHeal"] === true,
  };
}

/** Value files are relative to the chart, or to the root where they begin with a slash. */
function fromRoot(file: string, folder: string): string {
  if (file.startsWith("/")) return file.slice(1);
  const parts = folder.split("/");
  for (const part of file.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
