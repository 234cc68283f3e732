import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { answersMissing } from "../../estate/diagnostics/onboarding-diagnostics.ts";
import type { CommandRun } from "../command-host.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";

/** Something that a command has to know. */
export interface Question {
  /** Such as `--tenant`. */
  readonly flag: string;
  /** As it is asked, without a question mark. */
  readonly text: string;
  /** What may be answered; empty: anything. */
  readonly choices: readonly string[];
  /** Taken where nothing is answered; undefined: there has to be an answer. */
  readonly otherwise: string | undefined;
  /** As it was given on the command line. */
  readonly given: string | undefined;
  /** False: it is asked for on a terminal, and may be left out elsewhere. */
  readonly isRequired: boolean;
}

/** How often a question that has choices is asked. */
const mostAttempts = 3;

/**
 * Answers by flag: as given, else asked for on a terminal. Undefined, with one diagnostic that names every flag that is
 * missing, where nobody can be asked.
 */
export async function answersTo(
  run: CommandRun,
  command: string,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const answers = new Map<string, string>();
  const missing: string[] = [];
  for (const question of questions) {
    const answer = question.given ?? (await ask(run, question));
    if (answer !== undefined && answer !== "") answers.set(question.flag, answer);
    else if (question.isRequired) missing.push(question.flag);
  }
  if (missing.length === 0) return answers;
  const problem = diagnose(answersMissing, { command, flags: missing });
  run.host.stderr.write(`${diagnosticsText([problem], new Map(), run.errorStyle)}\n`);
  return undefined;
}

async function ask({ host }: CommandRun, { text, choices, otherwise }: Question): Promise<string | undefined> {
  if (host.ask === undefined) return undefined;
  const listed = choices.length === 0 ? "" : ` (${choices.join(", ")})`;
  const preset = otherwise === undefined ? "" : ` [${otherwise === "" ? "none" : otherwise}]`;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const answer = (await host.ask(`${text}${listed}${preset}: `))?.trim();
    if (answer === undefined) return undefined;
    const taken = answer === "" ? otherwise : answer;
    if (taken !== undefined && (choices.length === 0 || taken === "" || choices.includes(taken))) return taken;
  }
  return undefined;
}

/** An answer that lists several things with commas. */
export function answerList(answer = ""): readonly string[] {
  return answer.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
}
