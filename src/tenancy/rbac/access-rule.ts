import { asList, asObject } from "../../estate/kubernetes/json-value.ts";

/** One rule of a role; what it lists is united. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** Plural names, subresources as `pods/exec`. */
  readonly resources: readonly string[];
  /** Empty: every object. */
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

/** A request on objects, as the API server authorises it. */
export interface ResourceAccess {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** Plural, with the subresource: `pods`, `pods/exec`. */
  readonly resource: string;
  /** Undefined: over all namespaces, or of a cluster-scoped kind. */
  readonly namespace?: string | undefined;
  /** Undefined: the request names no object, as list, create and deletecollection do. */
  readonly name?: string | undefined;
}

const any = "*";

/** Rules of a role's `rules`; entries that are no text are left out, as they grant nothing. */
export function readAccessRules(value: unknown): readonly AccessRule[] {
  return asList(value).map((entry) => {
    const rule = asObject(entry);
    return {
      verbs: texts(rule.verbs),
      apiGroups: texts(rule.apiGroups),
      resources: texts(rule.resources),
      resourceNames: texts(rule.resourceNames),
      nonResourceUrls: texts(rule.nonResourceURLs),
    };
  });
}

function texts(value: unknown): readonly string[] {
  return asList(value).filter((entry) => typeof entry === "string");
}

/**
 * True when the rule allows the request, wherever it is bound. A rule with names allows nothing that names no object, so
 * neither create nor deletecollection. Source: `RuleAllows` of Kubernetes' RBAC authoriser.
 */
export function ruleAllows(rule: AccessRule, access: ResourceAccess): boolean {
  if (!ruleTouches(rule, access)) return false;
  return rule.resourceNames.length === 0 || (access.name !== undefined && rule.resourceNames.includes(access.name));
}

/** True when the rule allows the request on some object at least. */
export function ruleTouches(rule: AccessRule, { verb, group, resource }: ResourceAccess): boolean {
  return (
    includesOrAny(rule.verbs, verb) &&
    includesOrAny(rule.apiGroups, group) &&
    coversResource(rule.resources, resource) &&
    (rule.resourceNames.length === 0 || (verb !== "create" && verb !== "deletecollection"))
  );
}

function includesOrAny(stated: readonly string[], asked: string): boolean {
  return stated.includes(any) || stated.includes(asked);
}

/** `pods` does not cover `pods/exec`; a star with a subresource covers that subresource of everything. */
function coversResource(stated: readonly string[], asked: string): boolean {
  if (includesOrAny(stated, asked)) return true;
  const slash = asked.indexOf("/");
  return slash !== -1 && stated.includes(`*${asked.slice(slash)}`);
}

/** `get, list of secrets`, `* of *.apps (named a, b)`. */
export function ruleInWords({ verbs, apiGroups, resources, resourceNames, nonResourceUrls }: AccessRule): string {
  const verbsInWords = verbs.includes(any) ? "every verb" : verbs.join(", ");
  if (resources.length === 0) return `${verbsInWords} on ${nonResourceUrls.join(", ")}`;
  const groups = apiGroups.filter((group) => group !== "");
  const group = groups.length === 0 ? "" : groups.includes(any) ? " of every group" : ` of ${groups.join(", ")}`;
  const what = resources.includes(any) ? "every resource" : resources.join(", ");
  const named = resourceNames.length === 0 ? "" : ` named ${resourceNames.join(", ")}`;
  return `${verbsInWords} on ${what}${group}${named}`;
}
