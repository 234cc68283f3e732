import { describe, expect, test } from "vitest";
import type { CommandHost, CommandRun } from "../command-host.ts";
import { createStyle } from "../terminal/style.ts";
import { answersTo, type Question } from "./answers.ts";

/** A run on a terminal where somebody types these lines; without lines nobody is there. */
function runWith(lines: readonly string[] | undefined): {
  readonly run: CommandRun;
  readonly asked: string[];
  readonly errors: string[];
} {
  const asked: string[] = [];
  const errors: string[] = [];
  const typed = [...(lines ?? [])];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(typed.shift());
  };
  const stderr = { isTerminal: false, columns: 100, write: (text: string) => errors.push(text) };
  const host = { stderr, ...(lines === undefined ? {} : { ask }) } as unknown as CommandHost;
  const style = createStyle(false);
  return { run: { host, quiet: false, outputStyle: style, errorStyle: style }, asked, errors };
}

const plain = { choices: [], otherwise: undefined, given: undefined, isRequired: true };
const name: Question = { ...plain, flag: "--name", text: "Name of the tenant" };
const trust: Question = {
  ...plain,
  flag: "--trust",
  text: "How far it is trusted",
  choices: ["team", "internal"],
  otherwise: "internal",
};

describe("answers", () => {
  test("are asked for with choices and defaults; what was given is not asked", async () => {
    const { run, asked } = runWith(["", "logistics"]);
    const answers = await answersTo(run, "tenant add", [trust, name, { ...name, flag: "--owner", given: "anna" }]);
    expect(asked).toEqual(["How far it is trusted (team, internal) [internal]: ", "Name of the tenant: "]);
    expect([...(answers ?? [])]).toEqual([
      ["--trust", "internal"],
      ["--name", "logistics"],
      ["--owner", "anna"],
    ]);
  });

  test("that are no choice are asked for again, and not without end", async () => {
    const again = runWith(["everybody", "team"]);
    expect((await answersTo(again.run, "tenant add", [trust]))?.get("--trust")).toBe("team");
    const never = runWith(["a", "b", "c", "d"]);
    expect(await answersTo(never.run, "tenant add", [trust])).toBeUndefined();
    expect(never.asked).toHaveLength(3);
  });

  test("that nobody gives are named all at once", async () => {
    const { run, errors } = runWith(undefined);
    expect(await answersTo(run, "tenant add", [name, trust, { ...name, flag: "--budget", isRequired: false }])).toBe(
      undefined,
    );
    expect(errors.join("")).toContain('EST-920 answers-missing: "scantling tenant add" needs --name, --trust.');
  });

  test("end with the input", async () => {
    const { run, errors } = runWith([]);
    expect(await answersTo(run, "tenant add", [name])).toBeUndefined();
    expect(errors.join("")).toContain("--name");
  });
});
