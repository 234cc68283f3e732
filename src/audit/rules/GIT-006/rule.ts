import { kustomizeDuplicate } from "../../../estate/diagnostics/kustomize-diagnostics.ts";
import { duplicateObject } from "../../../estate/diagnostics/manifest-diagnostics.ts";
import { formatFieldPath } from "../../../estate/kubernetes/field-path.ts";
import { formatSelector } from "../../../estate/kustomize/patch-target.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { unreadValues } from "../../repository/chart-values.ts";
import { overreach, type PatchReach, patchInWords, patchReaches } from "../../repository/patch-reach.ts";
import type { Repository } from "../../repository/repository.ts";
import { repositoryOutcome } from "../../repository/repository-outcome.ts";
import { type UnusedConfiguration, unusedConfiguration } from "../../repository/unused-configuration.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** GIT-006: what is in the repository does something, and does it to what it says. */
export const liveConfiguration: Rule = {
  id: "GIT-006",
  name: "live-configuration",
  title: "Every patch, base, manifest and value in the repository is used, once, and reaches only what it names.",
  severity: { high: "low", medium: "low", low: "low" },
  inputs: ["repository"],
  judges: "objects",
  *evaluate({ estate, repository }) {
    if (repository === undefined) return;
    for (const reach of patchReaches(repository)) yield judgePatch(reach);
    yield* unused(estate, repository);
    yield* duplicates(estate);
    for (const { chart, document, path } of unreadValues(repository.texts)) {
      const key = formatFieldPath(path);
      yield repositoryOutcome(
        document.source,
        {
          verdict: "fail",
          part: "4",
          path: key,
          message: `No template of chart ${chart} reads ${key}: setting it changes nothing.`,
          fix: { description: "Take the key away, or read it where it was meant to be read." },
        },
        document.locate(path),
      );
    }
  },
};

function judgePatch(reach: PatchReach): RuleOutcome {
  const place = reach.place();
  const { source } = place;
  if (reach.matched.length === 0) {
    return repositoryOutcome(
      source,
      {
        verdict: "fail",
        part: "1",
        path: patchField(reach),
        message: `${patchInWords(reach)} matches no object of any build: the patch does nothing, and Kustomize does not say so.`,
        fix: {
          description:
            "Correct the target (names are regular expressions that must match as a whole), or delete the patch.",
        },
      },
      place,
    );
  }
  const why = overreach(reach);
  if (why === undefined) return repositoryOutcome(source, { verdict: "pass", message: "" }, place);
  return repositoryOutcome(
    source,
    {
      verdict: "fail",
      part: "5",
      path: patchField(reach),
      message: `This patch changes more than it seems to: ${why}.`,
      fix: { description: "Name group, version, kind and name in the target, or split the patch." },
    },
    place,
  );
}

/** The patch by what it is for, so that it stays the same finding when lines move. */
function patchField({ target, named }: PatchReach): string {
  return `patches[${target === undefined ? (named ?? "") : formatSelector(target)}]`;
}

const wordsFor: { readonly [what in UnusedConfiguration["what"]]: string } = {
  component: "No kustomization uses this component: what it says is in force nowhere",
  base: "No kustomization builds on this base, and no document or delivery object points at it",
  file: "No kustomization lists this manifest, though it lies beside one: it is never applied",
};

function* unused(estate: Estate, repository: Repository): Iterable<RuleOutcome> {
  const found = unusedConfiguration(estate, repository);
  for (const { path, what } of found) {
    yield repositoryOutcome(path, {
      verdict: "fail",
      part: "2",
      message: `${wordsFor[what]}.`,
      fix: { description: what === "file" ? "List it under resources, or delete it." : "Use it, or delete it." },
    });
  }
  const dead = new Set(found.map(({ path }) => path));
  for (const { file } of repository.folders) {
    if (!dead.has(file)) yield repositoryOutcome(file, { verdict: "pass", message: "" });
  }
}

const duplicateCodes = new Set([duplicateObject, kustomizeDuplicate].map(({ code }) => code));

/**
 * The loader meets duplicates while it renders, and keeps the last one. What comes from several overlays is no duplicate:
 * no build holds both.
 */
function* duplicates(estate: Estate): Iterable<RuleOutcome> {
  for (const { code, message, place } of estate.diagnostics) {
    if (place === undefined || !duplicateCodes.has(code)) continue;
    yield repositoryOutcome(
      place.source,
      {
        verdict: "fail",
        part: "3",
        message,
        fix: { description: "Keep one of them; what overlays share belongs into a base." },
      },
      place,
    );
  }
}
