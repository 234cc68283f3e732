import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KustomizeFault } from "./kustomize-fault.ts";
import { regularExpression, wholeTextMatcher } from "./regular-expression.ts";

describe("expressions of Go", () => {
  test.each<[string, string, boolean]>([
    ["web", "my-web-app", true],
    ["^web$", "web2", false],
    ["w.b", "wab", true],
    ["w\\.b", "wab", false],
    ["a|b|", "", true],
    ["^(?:a|bc)+$", "abcbca", true],
    ["^(?P<name>x)(?<other>y)$", "xy", true],
    ["^a{2,3}$", "aaa", true],
    ["^a{2,3}$", "aaaa", false],
    ["^a{2}$", "aa", true],
    ["^a{2,}$", "aaaaa", true],
    ["a{x", "a{x", true],
    ["^[a-c0-9_-]+$", "b-2_", true],
    ["^[^a-c]+$", "xyz", true],
    ["^[]a]+$", "]a", true],
    ["^[[:alpha:]]+[[:^digit:]]$", "ab.", true],
    ["(?i)WEB", "web", true],
    ["(?i:W)eb", "wEb", false],
    ["^\\d+\\s\\w$", "12 a", true],
    ["^\\D\\S\\W$", "ab ", true],
    ["\\bweb\\b", "a web b", true],
    ["\\Bweb", "web", false],
    ["\\Aa\\z", "a", true],
    ["^\\x41\\x{1F600}$", "A😀", true],
    ["^\\pL\\p{Greek}\\PN$", "aβc", true],
    ["^\\Qa.b\\E$", "a.b", true],
    ["^\\Qa.b\\E$", "axb", false],
    ["^.$", "\n", false],
    ["(?s)^.$", "\n", true],
    ["^a*?b+?c??$", "aabb", true],
    ["", "anything", true],
  ])("%j in %j: %j", (source, text, expected) => {
    expect(regularExpression(source).search(text)).toBe(expected);
  });

  test.each([
    "(",
    ")",
    "[a",
    "*a",
    "a\\",
    "(?=a)",
    "(?!a)",
    "\\1",
    "[z-a]",
    "a{3,2}",
    "a{2000}",
    "[[:nope:]]",
    "\\p{Nope}",
    "(?m)^a",
  ])("%j is refused", (source) => {
    expect(() => regularExpression(source)).toThrow(KustomizeFault);
  });

  test("agrees with the platform where the two languages are the same", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "(a|b)", "(?:ab)", "\\w");
    const piece = fc.tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}")).map((parts) => parts.join(""));
    const source = fc
      .array(fc.oneof(piece, fc.constantFrom("|", "^", "$")), { maxLength: 6 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }), (expression, text) => {
        expect(regularExpression(expression).search(text)).toBe(new RegExp(expression, "u").test(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("needs no luck with expressions that make others backtrack for ever", () => {
    expect(regularExpression("^(a+)+$").search(`${"a".repeat(200)}b`)).toBe(false);
    expect(regularExpression("^(a|aa)*(a|aa)*(a|aa)*$").search(`${"a".repeat(200)}b`)).toBe(false);
    expect(() => regularExpression("((((a{99}){99}){99}){99}){99}")).toThrow(/too large/);
    expect(() => regularExpression("(((){999}){999}){999}")).toThrow(/too large/);
    expect(() => regularExpression(`${"(".repeat(5000)}a${")".repeat(5000)}`)).toThrow(/nested too deep/);
  });
});

test("a plain name matches itself and nothing else", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9-]{1,12}$/), fc.stringMatching(/^[a-z0-9-]{1,12}$/), (name, other) => {
      expect(wholeTextMatcher(name)(name)).toBe(true);
      expect(wholeTextMatcher(name)(other)).toBe(name === other);
      expect(wholeTextMatcher(`${name}.*`)(name + other)).toBe(true);
    }),
  );
});
