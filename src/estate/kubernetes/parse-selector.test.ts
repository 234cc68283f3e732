import { array, constantFrom, dictionary, assert as law, property, record, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLabelSelector } from "./parse-selector.ts";
import { formatLabelSelector, type LabelSelector, matchesLabels } from "./selector.ts";

function parsed(text: string): LabelSelector {
  const result = parseLabelSelector(text);
  if (result.kind === "problem") throw new Error(result.text);
  return result.selector;
}

function problem(text: string): string {
  const result = parseLabelSelector(text);
  if (result.kind === "selector") throw new Error(`${text} is a selector`);
  return result.text;
}

describe("parseLabelSelector", () => {
  it.each([
    ["", ""],
    ["  ", ""],
    ["x=a,y=b,z=c", "x=a,y=b,z=c"],
    ["y=b,x=a", "x=a,y=b"],
    ["x!=a,y=b", "x!=a,y=b"],
    ["x==a", "x=a"],
    ["x=", "x="],
    ["x= ,z= ", "x=,z="],
    ["!x", "!x"],
    ["x>1,z<5", "x>1,z<5"],
    ["\rx", "x"],
    ["example.com/key-with-dash", "example.com/key-with-dash"],
    ["0.1.2.domain/99 notin (10.10.100.1, tick.tack.clock)", "0.1.2.domain/99 notin (10.10.100.1,tick.tack.clock)"],
    ["foo  in\t (abc)", "foo=abc"],
    ["x notin\n (abc)", "x!=abc"],
    ["x in (def,abc,def)", "x in (abc,def)"],
    ["x in (abc,)", "x in (,abc)"],
    ["x in ()", "x="],
    ["x notin ( )", "x!="],
    ["x notin (abc,,def),bar,z in (),w", "bar,w,x notin (,abc,def),z="],
    ["x notin (, a)", "x notin (,a)"],
    ["a in (x,y,notin, z,in)", "a in (in,notin,x,y,z)"],
    ["notin=in", "notin=in"],
    ["in in (in)", "in=in"],
    ["app.kubernetes.io/name=shop,tier in (web,api),!legacy", "app.kubernetes.io/name=shop,!legacy,tier in (api,web)"],
  ])("reads %j", (text, canonical) => {
    expect(formatLabelSelector(parsed(text))).toBe(canonical);
  });

  it.each([
    ["x=a||y=b", '"a||y" is not a valid label value'],
    ["x==a==b", 'found "==" where "," or the end should stand'],
    ["!x=a", 'found "=" where "," or the end should stand'],
    ["x<a", '"a" is not an integer'],
    ["x,,y", 'found "," where a label key should stand'],
    [",x,y", 'found "," where a label key should stand'],
    ["x,", "found the end where a label key should stand"],
    ["x nott in (y)", 'found "nott" where =, ==, !=, in, notin, > or < should stand'],
    ["a in (xyz),", "found the end where a label key should stand"],
    ["a in (xyz)b notin ()", 'found "b" where "," or the end should stand'],
    ["a in (xyz abc)", 'found "abc" where "," or ")" should stand'],
    ["a notin(", 'found the end where a label value, "," or ")" should stand'],
    ["a in b", 'found "b" where "(" should stand'],
    ["a (", 'found "(" where =, ==, !=, in, notin, > or < should stand'],
    ["(", 'found "(" where a label key should stand'],
    ["!", "found the end where a label key should stand"],
    ["-x", '"-x" is not a valid label key'],
    ["Example.com/x", '"Example.com/x" is not a valid label key'],
    ["x=-a", '"-a" is not a valid label value'],
  ])("refuses %j", (text, reason) => {
    expect(problem(text)).toBe(reason);
  });

  it.each([
    ["", { x: "y" }, true],
    ["x=y,z=w", { x: "y", z: "w" }, true],
    ["x=y,z=w", { x: "w", z: "w" }, false],
    ["x!=y,z!=w", { x: "z", z: "a" }, true],
    ["x!=y", {}, true],
    ["x!=y,z!=w", { x: "z", z: "w" }, false],
    ["x=", { x: "" }, true],
    ["x=", {}, false],
    ["x", { x: "" }, true],
    ["!x", { y: "z" }, true],
    ["!x", { x: "z" }, false],
    ["x in (a,b)", { x: "b" }, true],
    ["x in (a,b)", {}, false],
    ["x notin (a,b)", {}, true],
    ["x notin (a,b)", { x: "b" }, false],
    ["x>1", { x: "2" }, true],
    ["x>1", { x: "1" }, false],
    ["x>1", { x: "v2" }, false],
    ["x<1", { x: "0" }, true],
    ["x<1", { x: "2" }, false],
    ["x<1", {}, false],
    ["toString", {}, false],
  ] as const)("%j on %j is %s", (text, labels, matches) => {
    expect(matchesLabels(parsed(text), labels)).toBe(matches);
  });

  it("reads back what it writes, and both match the same labels", () => {
    const key = constantFrom("a", "b", "example.com/c");
    const value = constantFrom("", "x", "y-1", "3");
    const text = record({
      key,
      operator: constantFrom("=", "!=", " in ", " notin ", "", "!"),
      values: array(value),
    }).map(({ key: name, operator, values }) => {
      if (operator === "") return name;
      if (operator === "!") return `!${name}`;
      return operator.startsWith(" ")
        ? `${name}${operator}(${values.join(",")})`
        : `${name}${operator}${values[0] ?? ""}`;
    });
    law(
      property(array(text, { maxLength: 4 }), dictionary(key, value), (parts, labels) => {
        const selector = parsed(parts.join(","));
        const again = parsed(formatLabelSelector(selector));
        expect(again).toStrictEqual(selector);
        expect(matchesLabels(again, labels)).toBe(matchesLabels(selector, labels));
      }),
    );
  });

  it("never throws", () => {
    law(
      property(
        string({ unit: constantFrom(...Array.from("ab=!(),<> \tinot/.-")) }),
        (text) => void parseLabelSelector(text),
      ),
    );
  });
});
