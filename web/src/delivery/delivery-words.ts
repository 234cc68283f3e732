import type { CloudTargetName } from "../../../src/gitops/cloud/cloud-target-name.ts";
import type { InfrastructureChange } from "../../../src/operations/gitops/repository-report.ts";
import { plural } from "../graph/plural.ts";
import type { Badge } from "../lenses/look.ts";
import type { BoardColumn, RepositoryForm } from "./delivery-request.ts";
import type { LandedStrategy, StrategyKind } from "./landed-strategy.ts";

export const agentLabels = { flux: "Flux", argocd: "Argo CD" } as const;
export const packagingLabels = { kustomize: "Kustomize", helm: "Helm" } as const;
export const cloudLabels: { readonly [name in CloudTargetName | "none"]: string } = {
  bicep: "Bicep",
  terraform: "Terraform",
  pulumi: "Pulumi",
  serviceOperator: "Service Operator",
  crossplane: "Crossplane",
  none: "left out",
};

const strategyWords: { readonly [kind in StrategyKind]: string } = {
  rolling: "rolling",
  recreate: "recreate",
  onDelete: "on delete",
  canary: "canary",
  blueGreen: "blue/green",
};

const strategyBadges: { readonly [kind in StrategyKind]: Pick<Badge, "symbol" | "tone"> } = {
  rolling: { symbol: "circle", tone: "plain" },
  recreate: { symbol: "square", tone: "warn" },
  onDelete: { symbol: "ring", tone: "plain" },
  canary: { symbol: "share", tone: "good" },
  blueGreen: { symbol: "diamond", tone: "good" },
};

/** How a new version takes over; where something else is declared, both. */
export function strategyBadge({ kind, steps, detail, declared }: LandedStrategy): Badge {
  const shares = steps.length === 0 ? "" : ` ${steps.join(" → ")} %`;
  const title = `${strategyWords[kind]}${shares}: ${detail}`;
  if (declared === undefined) return { ...strategyBadges[kind], text: `${strategyWords[kind]}${shares}`, title };
  const wanted = strategyWords[declared === "blueGreen" ? "blueGreen" : "canary"];
  return {
    symbol: "alert",
    tone: "warn",
    text: `${strategyWords[kind]}, not ${wanted}`,
    title: `${wanted} is declared, but what lands is ${title}`,
  };
}

/** `prod · ring 2`. */
export function stageLabel({ environment, ring }: Pick<BoardColumn, "environment" | "ring">): string {
  return ring === undefined ? environment : `${environment} · ring ${ring}`;
}

/** Palette class of a stage, by its place in the order of promotion. */
export function stageTone(stage: number): string {
  return `tenant-${stage % 8}`;
}

export function approvalBadge({ approval }: Pick<BoardColumn, "approval">): Badge {
  const { reviewers, needsPlatform, because } = approval;
  const people = reviewers === 0 ? "no approval" : plural(reviewers, "approval");
  return {
    symbol: reviewers === 0 ? "ring" : "check",
    tone: "plain",
    text: `${people}${needsPlatform ? " + platform" : ""}`,
    title: `Beside the author, because ${because}`,
  };
}

export function formLabel({ agent, packaging }: Required<RepositoryForm>): string {
  return `${agentLabels[agent]} · ${packagingLabels[packaging]}`;
}

export type EffectName = InfrastructureChange["effects"]["bicep"];

/** Worst first. */
const effectOrder: readonly EffectName[] = [
  "reject",
  "recreateCluster",
  "recreatePool",
  "rotate",
  "rollingAllPools",
  "rolling",
  "delete",
  "create",
  "unknown",
  "inPlace",
];

export function worstEffect(effects: readonly EffectName[]): EffectName | undefined {
  return effectOrder.find((effect) => effects.includes(effect));
}

export const effectBadges: { readonly [effect in EffectName]: Badge } = {
  inPlace: { symbol: "check", tone: "good", text: "in place", title: "Nothing is replaced" },
  rolling: { symbol: "circle", tone: "plain", text: "rolling", title: "Nodes are replaced a few at a time" },
  rollingAllPools: { symbol: "circle", tone: "warn", text: "all pools roll", title: "Every node is replaced" },
  rotate: { symbol: "alert", tone: "warn", text: "rotate", title: "A new pool first, then the old one goes undrained" },
  recreatePool: { symbol: "alert", tone: "bad", text: "recreate pool", title: "The pool is deleted and made anew" },
  recreateCluster: {
    symbol: "cross",
    tone: "bad",
    text: "recreate cluster",
    title: "The cluster is deleted and made anew",
  },
  reject: { symbol: "cross", tone: "bad", text: "reject", title: "The change is refused" },
  create: { symbol: "diamond", tone: "plain", text: "create", title: "Something is made" },
  delete: { symbol: "cross", tone: "warn", text: "delete", title: "Something is deleted" },
  unknown: { symbol: "question", tone: "plain", text: "not known", title: "The table of effects has no such field" },
};

/** What an edit does through a target, in one sentence. */
export function effectSentence(effect: EffectName, target: CloudTargetName): string {
  switch (effect) {
    case "inPlace":
      return "It is changed in place: no node is replaced.";
    case "rolling":
      return "Nodes are replaced a few at a time, each drained before it goes.";
    case "rollingAllPools":
      return "Nodes of every pool are replaced, a few at a time, each drained before it goes.";
    case "rotate":
      return "A second pool of the same size is made, then the old one is deleted without draining its nodes.";
    case "recreatePool":
      return "The pool is deleted, then made anew: what runs on it has nowhere to go until then.";
    case "recreateCluster":
      return "The cluster is deleted and made anew, with all that runs on it.";
    case "reject":
      return target === "crossplane"
        ? "Crossplane refuses it: it never recreates what its provider would have to."
        : target === "terraform"
          ? "Azure refuses it, so that the apply fails."
          : "Azure refuses it after creation, so that the deployment fails: make another beside it and move.";
    case "create":
      return "Something is made that was not there.";
    case "delete":
      return "Something is deleted.";
    case "unknown":
      return "Nobody says: look at the preview of the target.";
  }
}

/** A field's path as the documentation of Azure has it. */
export function fieldLabel(path: string): string {
  return path === "" ? "all of it" : path.replace(/^properties\./, "");
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
