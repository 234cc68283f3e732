import { celList, celText } from "./cel-literals.ts";
import type { NamespaceKnowledge } from "./namespace-knowledge.ts";

/** An expression by name, as policies declare it. */
export interface CelVariable {
  readonly name: string;
  readonly expression: string;
}

const podTemplate =
  "object.kind == 'Pod' ? object : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template : object.spec.template";

/** Label of a namespace, or a default. */
function label(name: string, otherwise: string): string {
  return `namespaceObject.metadata.?labels[?${celText(`pod-security.kubernetes.io/${name}`)}].orValue(${celText(otherwise)})`;
}

/** Every variable that checks may use, in the order in which they build on one another. */
function everyVariable(known: NamespaceKnowledge): readonly CelVariable[] {
  const isNamed = (namespaces: readonly string[]) => `namespaceObject.metadata.name in ${celList(namespaces)}`;
  return [
    { name: "template", expression: podTemplate },
    { name: "podSpec", expression: "variables.template.spec" },
    { name: "podAnnotations", expression: "variables.template.?metadata.?annotations.orValue({})" },
    { name: "podContext", expression: "variables.podSpec.?securityContext.orValue({})" },
    { name: "initContainers", expression: "variables.podSpec.?initContainers.orValue([])" },
    {
      name: "containers",
      expression:
        "variables.podSpec.containers + variables.initContainers + variables.podSpec.?ephemeralContainers.orValue([])",
    },
    {
      name: "runningContainers",
      expression:
        "variables.podSpec.containers + variables.initContainers.filter(c, c.?restartPolicy.orValue('') == 'Always')",
    },
    {
      // What ends by itself is not probed for traffic.
      name: "isTask",
      expression:
        "object.kind in ['Job', 'CronJob'] || variables.podSpec.?restartPolicy.orValue('Always') != 'Always' || object.metadata.?ownerReferences.orValue([]).exists(o, o.kind == 'Job')",
    },
    {
      name: "hostPaths",
      expression:
        "variables.podSpec.?volumes.orValue([]).filter(v, has(v.hostPath)).map(v, '/' + v.hostPath.path.split('/').filter(s, s != '' && s != '.').join('/'))",
    },
    { name: "isWindows", expression: "variables.podSpec.?os.?name.orValue('') == 'windows'" },
    { name: "hasUserNamespace", expression: "!variables.podSpec.?hostUsers.orValue(true)" },
    { name: "enforcedLevel", expression: label("enforce", "privileged") },
    {
      // As in the reference admission controller, a level that is none counts as restricted.
      name: "isRestricted",
      expression: `!(variables.enforcedLevel in ['privileged', 'baseline']) || ${isNamed(known.restricted)}`,
    },
    {
      name: "isBaseline",
      expression: `variables.isRestricted || variables.enforcedLevel == 'baseline' || ${isNamed(known.tenants)}`,
    },
    { name: "enforcedVersion", expression: label("enforce-version", "latest") },
    {
      name: "minor",
      expression: `variables.enforcedVersion.matches('^v1[.](0|[1-9][0-9]{0,8})$') ? int(variables.enforcedVersion.substring(3)) : ${known.latestMinor}`,
    },
  ];
}

/** The variables that some expressions use, directly or through one another. */
export function variablesOf(expressions: readonly string[], known: NamespaceKnowledge): readonly CelVariable[] {
  const used: CelVariable[] = [];
  for (const variable of everyVariable(known).toReversed()) {
    const texts = [...expressions, ...used.map(({ expression }) => expression)];
    if (texts.some((text) => new RegExp(`\\bvariables\\.${variable.name}\\b`).test(text))) used.push(variable);
  }
  return used.toReversed();
}
