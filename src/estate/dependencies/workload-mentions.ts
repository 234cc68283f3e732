import { appendAll } from "../kubernetes/append-all.ts";
import { asList, asLooseText, asObject, asText, valueAt } from "../kubernetes/json-value.ts";
import type { Container, Workload } from "../kubernetes/workload.ts";
import type { Place } from "../sources/place.ts";
import type { Configuration, Configurations } from "./configuration.ts";
import {
  type ContainerEnvironment,
  type EnvironmentVariable,
  type MissingConfiguration,
  readEnvironment,
  type ServiceVariables,
} from "./container-environment.ts";
import type { DependencyEvidence } from "./dependency.ts";
import { expandVariables } from "./expand-variables.ts";
import { findHostMentions, type HostMention } from "./host-mention.ts";
import { findTextMentions } from "./text-mentions.ts";

/** A host that a workload's manifests name, with what to show as evidence and where it stands. */
export interface LocatedMention extends Pick<HostMention, "host" | "port" | "certainty"> {
  readonly origin: DependencyEvidence["origin"];
  /** Never holds what a Secret holds. */
  readonly text: string;
  readonly place: () => Place;
}

export interface WorkloadMentions {
  readonly mentions: readonly LocatedMention[];
  readonly missing: readonly MissingConfiguration[];
}

/** Hosts in the environment, command, arguments and mounted configuration of every container, init containers included. */
export function findWorkloadMentions(
  workload: Workload,
  configurations: Configurations,
  serviceVariables: ServiceVariables,
): WorkloadMentions {
  const mentions: LocatedMention[] = [];
  const missing: MissingConfiguration[] = [];
  for (const container of workload.containers) {
    const environment = readEnvironment(workload, container, configurations, serviceVariables);
    appendAll(missing, environment.missing);
    for (const variable of environment.variables.values()) appendAll(mentions, mentionsOfVariable(variable));
    appendAll(mentions, mentionsOfCommand(workload, container, environment, serviceVariables));
  }
  for (const { configuration, keys } of mountedConfigurations(workload, configurations, missing)) {
    appendAll(mentions, mentionsOfFiles(configuration, keys));
  }
  return { mentions, missing };
}

function mentionsOfVariable(variable: EnvironmentVariable): readonly LocatedMention[] {
  const { name, value, masked, from, sourceKey, place } = variable;
  const origin = from === "configMap" ? "configMap" : "environmentVariable";
  const shown = masked === undefined ? [] : mentionsOfValue(name, sourceKey, masked);
  const open = shown.map((mention) => ({ ...locate(mention, origin, place), text: `${name}=${mention.shown}` }));
  if (value === masked) return open;
  const known = new Set(shown.map(({ host }) => host));
  const hidden = mentionsOfValue(name, sourceKey, value)
    .filter(({ host }) => !known.has(host))
    .map((mention) => ({ ...locate(fromSecret(mention), origin, place), text: `${name}=[redacted]` }));
  return [...open, ...hidden];
}

/** The key in the ConfigMap or Secret may say that the value is a host where the variable's name does not. */
function mentionsOfValue(name: string, sourceKey: string | undefined, value: string): readonly HostMention[] {
  if (isFile(value)) return findTextMentions(value);
  const mentions = findHostMentions(name, value);
  return mentions.length > 0 || sourceKey === undefined || sourceKey === name
    ? mentions
    : findHostMentions(sourceKey, value);
}

/** A `word:number` of a Secret may be the secret; without a Service of that name nothing may be said of it. */
function fromSecret(mention: HostMention): HostMention {
  return mention.form === "url" ? mention : { ...mention, certainty: "passing" };
}

function locate(
  { host, port, certainty }: HostMention,
  origin: DependencyEvidence["origin"],
  place: () => Place,
): Omit<LocatedMention, "text"> {
  return { host, port, certainty, origin, place };
}

function mentionsOfCommand(
  workload: Workload,
  container: Container,
  environment: ContainerEnvironment,
  serviceVariables: ServiceVariables,
): readonly LocatedMention[] {
  const lookUp = (name: string) => {
    const variable = environment.variables.get(name);
    return variable === undefined ? serviceVariables(name) : (variable.masked ?? "_");
  };
  const words = ["command", "args"].flatMap((field) =>
    asList(container.value[field]).flatMap((value, position) => {
      const text = asLooseText(value);
      return text === undefined
        ? []
        : [{ text: expandVariables(text, lookUp), path: [...container.path, field, position] }];
    }),
  );
  const changesOwner = words.some(({ text }) => /(?:^|\/)(?:chown|chgrp)$/.test(text));
  return words.flatMap(({ text, path }, position) => {
    const previous = words[position - 1]?.text ?? "";
    const option = isOption(previous) && !text.startsWith("-") ? previous : "";
    const mentions = /\s/.test(text.trim())
      ? mentionsOfScript(text)
      : changesOwner
        ? []
        : findHostMentions(option, text);
    const place = () => workload.object.locate(path);
    return mentions.map((mention) => {
      const shown = option === "" ? mention.shown : `${option} ${mention.shown}`;
      return { ...locate(mention, "argument", place), text: shown };
    });
  });
}

/** `--redis-host`, whose value is the next word. */
function isOption(word: string): boolean {
  return /^--?[A-Za-z][\w.-]*$/.test(word);
}

/** In a script only URLs say for certain that something is called. */
function mentionsOfScript(script: string): readonly HostMention[] {
  return script
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => findHostMentions("", line))
    .map((mention) => (mention.form === "url" ? mention : { ...mention, certainty: "passing" }));
}

function mentionsOfFiles(configuration: Configuration, keys: readonly string[] | undefined): readonly LocatedMention[] {
  const isSecret = configuration.kind === "Secret";
  return (keys ?? [...configuration.entries.keys()]).flatMap((key) => {
    const entry = configuration.entries.get(key);
    if (entry === undefined) return [];
    const mentions = isFile(entry.text)
      ? findTextMentions(entry.text).map((mention) => {
          const shown = mention.key === undefined ? mention.shown : `${mention.key}=${mention.shown}`;
          return { mention, text: `${key}: ${shown}` };
        })
      : findHostMentions(key, entry.text).map((mention) => ({ mention, text: `${key}=${mention.shown}` }));
    return mentions.map(({ mention, text }) => ({
      ...locate(isSecret ? fromSecret(mention) : mention, "configMap", entry.place),
      text: isSecret ? `${key}=[redacted]` : text,
    }));
  });
}

/** Several lines, or JSON: a file rather than one value. */
function isFile(text: string): boolean {
  return /[\r\n]/.test(text.trim()) || /^\s*[{[]/.test(text);
}

interface MountedConfiguration {
  readonly configuration: Configuration;
  /** Undefined: every key. */
  readonly keys: readonly string[] | undefined;
}

/** ConfigMaps and Secrets of volumes that a container mounts. */
function mountedConfigurations(
  workload: Workload,
  configurations: Configurations,
  missing: MissingConfiguration[],
): readonly MountedConfiguration[] {
  const mounted = new Set(
    workload.containers.flatMap(({ value }) => asList(value.volumeMounts).map((mount) => asObject(mount).name)),
  );
  return asList(workload.podSpec.volumes).flatMap((volume, position) => {
    if (!mounted.has(asObject(volume).name)) return [];
    const path = [...workload.podSpecPath, "volumes", position];
    const sources = [volume, ...asList(valueAt(volume, ["projected", "sources"]))];
    return sources.flatMap((source) => configurationsOf(source, workload, configurations, path, missing));
  });
}

function configurationsOf(
  source: unknown,
  workload: Workload,
  configurations: Configurations,
  path: readonly (string | number)[],
  missing: MissingConfiguration[],
): readonly MountedConfiguration[] {
  const { configMap, secret } = asObject(source);
  return (
    [
      [configMap, "ConfigMap"],
      [secret, "Secret"],
    ] as const
  ).flatMap(([value, kind]): MountedConfiguration[] => {
    const reference = asObject(value);
    const name = asText(reference.name) ?? asText(reference.secretName);
    if (name === undefined) return [];
    const configuration = configurations.find(workload, kind, name);
    if (configuration === undefined) {
      if (reference.optional !== true) missing.push({ kind, name, place: () => workload.object.locate(path) });
      return [];
    }
    const items = asList(reference.items).flatMap((item) => asText(asObject(item).key) ?? []);
    return [{ configuration, keys: items.length === 0 ? undefined : items }];
  });
}
