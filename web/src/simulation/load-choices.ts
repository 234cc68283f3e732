import type { Estate } from "../../../src/estate/model/estate.ts";
import { findLoadTarget, type LoadTarget } from "../../../src/operations/simulation/simulate-load-target.ts";
import { choiceKey, type LoadChoice, type LoadChoices } from "./load-request.ts";

/** The entry points of an estate that demand can be played through. */
export function loadChoices(estate: Estate): LoadChoices {
  const found = new Map<string, LoadChoice>();
  for (const { name, environment } of estate.entryPoints) {
    const target = findLoadTarget(estate, { entryPoint: name, environment });
    if ("problem" in target) continue;
    const choice = choiceOf(target);
    found.set(choiceKey(choice), choice);
  }
  const usual = findLoadTarget(estate, {});
  return {
    choices: [...found.values()].toSorted(
      (left, right) => Number(left.profile === undefined) - Number(right.profile === undefined),
    ),
    usual: "problem" in usual ? undefined : choiceOf(usual),
  };
}

function choiceOf({ entryPoint, workload, profile }: LoadTarget): LoadChoice {
  return {
    environment: entryPoint.environment,
    entryPoint: entryPoint.name,
    application: workload.application,
    workload: `${workload.namespace}/${workload.kind}/${workload.name}`,
    profile: profile?.name,
  };
}
