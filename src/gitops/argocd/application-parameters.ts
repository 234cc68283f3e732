import { load } from "js-yaml";
import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { expandTemplate } from "./go-template.ts";

/** Parameters of one Application each, and what could not be said. */
export interface GeneratedParameters {
  readonly parameters: readonly JsonObject[];
  readonly problems: readonly string[];
}

/**
 * What a generator of an ApplicationSet gives for the files of a repository: git files and directories, lists, and the
 * matrix of two. Other generators ask a cluster or a service, and are a problem here.
 */
export function generate(
  generator: JsonObject,
  files: ReadonlyMap<string, string>,
  given: JsonObject = {},
): GeneratedParameters {
  const git = asObject(generator["git"]);
  if (isJsonObject(generator["matrix"]))
    return matrix(asList(generator["matrix"]["generators"]).map(asObject), files, given);
  if (isJsonObject(generator["list"])) {
    return {
      parameters: asList(generator["list"]["elements"]).map((element) => ({ ...given, ...asObject(element) })),
      problems: [],
    };
  }
  if (Array.isArray(git["files"])) return fromFiles(git, files, given);
  if (Array.isArray(git["directories"])) return fromDirectories(git, files, given);
  return { parameters: [], problems: [`generator ${Object.keys(generator).join(", ") || "without a kind"}`] };
}

function matrix(
  children: readonly JsonObject[],
  files: ReadonlyMap<string, string>,
  given: JsonObject,
): GeneratedParameters {
  const [first, second, ...others] = children;
  if (first === undefined || second === undefined || others.length > 0)
    return { parameters: [], problems: ["a matrix of other than two generators"] };
  const outer = generate(first, files, given);
  const inner = outer.parameters.map((parameters) => generate(expandedIn(second, parameters), files, parameters));
  return {
    parameters: inner.flatMap(({ parameters }) => parameters),
    problems: [...outer.problems, ...inner.flatMap(({ problems }) => problems)],
  };
}

/** The second generator of a matrix may speak of what the first one gives. */
function expandedIn(generator: JsonObject, parameters: JsonObject): JsonObject {
  const result = expandTemplate(JSON.stringify(generator), parameters);
  if ("problem" in result) return generator;
  try {
    return asObject(JSON.parse(result.text));
  } catch {
    return generator;
  }
}

function fromFiles(git: JsonObject, files: ReadonlyMap<string, string>, given: JsonObject): GeneratedParameters {
  const chosen = chosenPaths(asList(git["files"]).map(asObject), [...files.keys()]);
  const problems: string[] = [];
  const parameters = chosen.flatMap((path) => {
    const content = parsed(files.get(path) ?? "");
    if (content === undefined) problems.push(`file ${path}, which is no YAML or JSON`);
    const elements = Array.isArray(content) ? content : [content];
    return elements.map((element) => ({
      ...given,
      ...asObject(element),
      ...pathParameters(path.split("/").slice(0, -1), path, git),
    }));
  });
  return { parameters, problems };
}

function fromDirectories(git: JsonObject, files: ReadonlyMap<string, string>, given: JsonObject): GeneratedParameters {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let length = 1; length < parts.length; length += 1) folders.add(parts.slice(0, length).join("/"));
  }
  const chosen = chosenPaths(asList(git["directories"]).map(asObject), [...folders]);
  return {
    parameters: chosen.map((path) => ({ ...given, ...pathParameters(path.split("/"), path, git) })),
    problems: [],
  };
}

function pathParameters(segments: readonly string[], path: string, git: JsonObject): JsonObject {
  const basename = segments.at(-1) ?? "";
  const of = {
    path: segments.join("/"),
    basename,
    basenameNormalized: basename.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, "-"),
    segments,
    filename: path.split("/").at(-1) ?? "",
  };
  const prefix = asText(git["pathParamPrefix"]);
  return prefix === undefined ? { path: of } : { [prefix]: { path: of } };
}

function chosenPaths(patterns: readonly JsonObject[], paths: readonly string[]): readonly string[] {
  const matches = (pattern: JsonObject, path: string) => globExpression(String(pattern["path"])).test(path);
  return paths
    .filter((path) => patterns.some((pattern) => pattern["exclude"] !== true && matches(pattern, path)))
    .filter((path) => !patterns.some((pattern) => pattern["exclude"] === true && matches(pattern, path)))
    .toSorted();
}

/** `*` within a segment, `**` over several. */
function globExpression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("**/", "\u0000")
    .replaceAll("**", "\u0001")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]")
    .replaceAll("\u0000", "(?:.*/)?")
    .replaceAll("\u0001", ".*");
  return new RegExp(`^${source}$`);
}

function parsed(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}
