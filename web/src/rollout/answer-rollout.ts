import { readPolicies } from "../../../src/delivery/policies/read-policies.ts";
import type { RolloutPolicy } from "../../../src/delivery/policies/rollout-policy.ts";
import { simulateRollouts } from "../../../src/operations/delivery/simulate-rollouts.ts";
import type { RolloutAnswer, RolloutChoice, RolloutChoices, RolloutRequest } from "./rollout-request.ts";
import { rolloutSamples } from "./rollout-samples.ts";
import { rolloutStages } from "./rollout-stages.ts";

type Texts = { readonly [path: string]: string };

/** The same as the command line takes by default: equal questions have equal answers there and here. */
const seed = 1;
const runs = 2000;

/** The policies of the input, and the samples. */
export function listRollouts(texts: Texts): RolloutChoices {
  const { policies, diagnostics } = readPolicies(policyTexts(texts), {});
  const samples = readPolicies(new Map(Object.entries(rolloutSamples)), {});
  const choices = [
    ...policies.map((policy) => choiceOf(policy, "input")),
    ...samples.policies.map((policy) => choiceOf(policy, "sample")),
  ];
  const unique = [...new Map(choices.map((choice) => [choice.key, choice])).values()];
  return {
    choices: unique.toSorted((left, right) => rankOf(left) - rankOf(right)),
    problems: diagnostics
      .filter(({ severity, code }) => severity === "error" && code.startsWith("EST-8"))
      .map(({ message }) => message),
  };
}

/** What the policy of a key does at the asked traffic. */
export function answerRollout(texts: Texts, { policy, requestsPerSecond, errorRate }: RolloutRequest): RolloutAnswer {
  const [source = "", subject = ""] = policy.split("#");
  const all = policyTexts(source in texts ? texts : rolloutSamples);
  const report = simulateRollouts(all, {
    policy: { source, subject },
    requestsPerSecond: [requestsPerSecond],
    errorRate,
    seed,
    runs,
    propose: true,
  });
  const found = readPolicies(all, {}).policies.find((each) => keyOf(each) === policy);
  return { report, stages: found === undefined ? [] : rolloutStages(found) };
}

const flagText = /feature_management|FeatureManagement/;
const policyText =
  /kind:\s*["']?(?:Canary|Rollout|Deployment|MetricTemplate|AnalysisTemplate|ClusterAnalysisTemplate)\b/;

/** Reading every text of a large estate takes seconds; most hold no policy. */
function policyTexts(texts: Texts): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).filter(
      ([path, text]) => policyText.test(text) || flagText.test(text) || (path.endsWith(".json") && /"kind"/.test(text)),
    ),
  );
}

function choiceOf(policy: RolloutPolicy, from: RolloutChoice["from"]): RolloutChoice {
  const { subject, tool, strategy } = policy;
  return { key: keyOf(policy), subject, tool, strategy, from };
}

function keyOf({ subject, place }: RolloutPolicy): string {
  return `${place.source}#${subject}`;
}

function rankOf({ tool, from }: RolloutChoice): number {
  return (from === "input" ? 0 : 1) + (tool === "kubernetes" ? 2 : 0);
}
