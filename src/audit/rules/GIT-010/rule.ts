import { type Repetition, repetitions } from "../../repository/repetition.ts";
import { repositoryOutcome } from "../../repository/repository-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** GIT-010: overlays say only what is their own. */
export const overlaysDoNotRepeat: Rule = {
  id: "GIT-010",
  name: "overlays-do-not-repeat",
  title: "Overlays of the same base set few fields to the same value: what they share stands once.",
  severity: { high: "low", medium: "low", low: "low" },
  inputs: ["repository"],
  parameters: [
    {
      name: "largestRepeatedPercent",
      description: "Largest part of the fields that overlays set which may repeat a sibling, in percent.",
      default: 25,
      strict: 10,
    },
    {
      name: "fewestRepeatedFields",
      description: "Fewer repeated fields than this are not worth a component.",
      default: 5,
    },
  ],
  judges: "objects",
  *evaluate(context) {
    if (context.repository === undefined) return;
    for (const repetition of repetitions(context.repository)) yield judge(context, repetition);
  },
};

function judge({ parameters }: AuditContext, repetition: Repetition): RuleOutcome {
  const { base, overlays, fields, repeated, inAll, example } = repetition;
  const percent = fields === 0 ? 0 : Math.round((repeated / fields) * 100);
  const most = Number(parameters["largestRepeatedPercent"]);
  if (example === undefined || percent <= most || repeated < Number(parameters["fewestRepeatedFields"])) {
    return repositoryOutcome(base, { verdict: "pass", message: "" });
  }
  const shared = inAll === 0 ? "none of them in all" : `${inAll} of them in all`;
  return repositoryOutcome(
    base,
    {
      verdict: "fail",
      message: `The ${overlays.length} overlays of ${base} (${shortList(overlays)}) set ${fields} fields, and ${repeated} of these (${percent} %, at most ${most} % is allowed) repeat a sibling, ${shared}: for example ${shortText(example.text)}.`,
      fix: { description: "Move what all overlays say into the base, and what some of them say into a component." },
    },
    example.place,
  );
}

function shortList(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

function shortText(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
