import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { expandApplicationSet } from "./expand-application-set.ts";

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
  const { applications, problems } = expandApplicationSet(asObject(object["spec"]), files);
  return {
    applications: applications.map(({ value }) => delivered(value)),
    problems: problems.map((problem) => `ApplicationSet ${name}: ${problem}`),
  };
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
