import { describe, expect, it } from "vitest";
import { readYaml } from "./read-yaml.ts";

function faults(text: string): readonly string[] {
  return readYaml(text, "a.yaml").diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);
}

describe("a template that nobody rendered", () => {
  it.each([
    ["a value", "kind: Service\nmetadata:\n  name: {{ .Release.Name }}\n", "EST-018 3:9"],
    ["a value that goes on", 'name: {{ include "x" . }}-web\nkind: A\n', "EST-018 1:7"],
    ["quoted text in it", 'name: {{ default "a" .Values.b | quote }}\n', "EST-018 1:7"],
    ["a condition first", "{{- if .Values.on }}\nkind: A\n{{- end }}\n", "EST-018 1:1"],
    ["a condition inside", "kind: A\nspec:\n  {{- if .Values.on }}\n  a: 1\n  {{- end }}\n", "EST-018 3:3"],
    ["an included block", 'kind: A\nlabels:\n  {{- include "x" . | nindent 4 }}\n', "EST-018 3:3"],
    ["a comment", "{{/* none */}}\nkind: A\n", "EST-018 1:1"],
    ["a list", "items:\n{{- range .Values.all }}\n- a: {{ . }}\n{{- end }}\n", "EST-018 2:1"],
    ["a single value in braces", "{{ .Values.all }}\n", "EST-018 1:1"],
  ])("is named: %s", (_what, text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });

  it("is not blamed where braces are text", () => {
    expect(faults('a: "{{ x }}"\nb: |\n  {{ y }}\nc: z{{ x }}\n')).toEqual([]);
    expect(faults("a: |\n  {{ y }}\nb: 1\nb: 2\n")).toEqual(["EST-005 4:1"]);
    expect(faults('a: "{{ x }}"\nb: 1\nc: "open\n')).toEqual(["EST-003 3:4"]);
  });

  it("leaves the other documents of the text", () => {
    const { documents } = readYaml("a: {{ .b }}\n---\nc: 1\n", "a.yaml");
    expect(documents.map(({ value }) => value)).toEqual([{ c: 1 }]);
  });
});
