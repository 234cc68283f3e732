import type { DiagnosticRule } from "./diagnostic-rule.ts";

export const kustomizationMissing: DiagnosticRule<{ readonly directory: string }> = {
  code: "EST-100",
  name: "kustomization-missing",
  severity: "error",
  message: ({ directory }) => `"${directory}" is neither a file that was read nor a folder with a kustomization file.`,
  hint: () =>
    "Check the spelling; a path is relative to the kustomization that names it, and the folder must be among what is read.",
};

export const kustomizationAmbiguous: DiagnosticRule<{ readonly directory: string; readonly files: readonly string[] }> =
  {
    code: "EST-101",
    name: "kustomization-ambiguous",
    severity: "error",
    message: ({ directory, files }) =>
      `The folder "${directory}" holds several kustomization files: ${files.join(", ")}.`,
    hint: () => "Keep one of them; Kustomize refuses the folder.",
  };

export const kustomizationInvalid: DiagnosticRule<{ readonly reason: string }> = {
  code: "EST-102",
  name: "kustomization-invalid",
  severity: "error",
  message: ({ reason }) => `This kustomization cannot be used: ${reason}.`,
  hint: () => "Correct what the message names; until then, what it would add or change is missing here.",
};

export const kustomizationFieldUnknown: DiagnosticRule<{
  readonly field: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-103",
  name: "kustomization-field-unknown",
  severity: "error",
  message: ({ field }) => `A kustomization has no field "${field}".`,
  hint: ({ suggestion }) =>
    suggestion === undefined ? "Kustomize refuses the file; remove the field." : `Did you mean "${suggestion}"?`,
};

export const kustomizationFieldInvalid: DiagnosticRule<{ readonly field: string; readonly expected: string }> = {
  code: "EST-104",
  name: "kustomization-field-invalid",
  severity: "error",
  message: ({ field, expected }) => `"${field}" must be ${expected}; it is left out.`,
  hint: ({ expected }) =>
    expected === "a text"
      ? "Put quotes around values that look like a number, a boolean or a date."
      : `Write ${expected} here, or leave the field out.`,
};

export const kustomizationCycle: DiagnosticRule<{ readonly directory: string; readonly by: string }> = {
  code: "EST-105",
  name: "kustomization-cycle",
  severity: "error",
  message: ({ directory, by }) => `"${directory}" is or contains the folder "${by}" that refers to it.`,
  hint: () => "A base lies beside its overlays, never above them; move it to a folder of its own.",
};

export const kustomizeFileMissing: DiagnosticRule<{ readonly file: string; readonly purpose: string }> = {
  code: "EST-106",
  name: "kustomize-file-missing",
  severity: "error",
  message: ({ file, purpose }) => `The ${purpose} "${file}" was not found.`,
  hint: () => "Check the spelling; the path is relative to the kustomization, and the file must be among what is read.",
};

export const kustomizeFileOutside: DiagnosticRule<{ readonly file: string; readonly directory: string }> = {
  code: "EST-107",
  name: "kustomize-file-outside",
  severity: "error",
  message: ({ file, directory }) => `The file "${file}" is not in or below "${directory}", so Kustomize refuses it.`,
  hint: () => "Move the file below the kustomization, or refer to a folder that has a kustomization of its own.",
};

export const kustomizeRemote: DiagnosticRule<{ readonly url: string }> = {
  code: "EST-108",
  name: "kustomize-remote",
  severity: "error",
  message: ({ url }) => `"${url}" lies elsewhere and is not fetched; what it would add or change is missing here.`,
  hint: () => "Copy what it holds into the repository, or assess the output of `kubectl kustomize`.",
};

export const kustomizeComponentMisplaced: DiagnosticRule<{ readonly directory: string; readonly component: boolean }> =
  {
    code: "EST-109",
    name: "kustomize-component-misplaced",
    severity: "error",
    message: ({ directory, component }) =>
      component
        ? `"${directory}" is a Component and cannot stand under resources.`
        : `"${directory}" is not a Component and cannot stand under components.`,
    hint: ({ component }) =>
      component
        ? 'List it under "components".'
        : 'Set its "kind: Component" and "apiVersion: kustomize.config.k8s.io/v1alpha1".',
  };

export const kustomizeResourceInvalid: DiagnosticRule<{ readonly file: string; readonly reason: string }> = {
  code: "EST-110",
  name: "kustomize-resource-invalid",
  severity: "error",
  message: ({ file, reason }) => `A document of "${file}" is no Kubernetes resource: ${reason}.`,
  hint: () => "Every resource needs apiVersion, kind and metadata.name.",
};

export const kustomizeDuplicate: DiagnosticRule<{ readonly id: string; readonly first: string }> = {
  code: "EST-111",
  name: "kustomize-duplicate",
  severity: "error",
  message: ({ id, first }) => `${id} is already registered in this build, from ${first}; the second one is left out.`,
  hint: () => "List it once; what overlays share goes into a base or a component.",
};

export const kustomizeNamespaceConflict: DiagnosticRule<{ readonly id: string; readonly namespace: string }> = {
  code: "EST-112",
  name: "kustomize-namespace-conflict",
  severity: "error",
  message: ({ id, namespace }) =>
    `Setting the namespace "${namespace}" makes two resources the same: ${id}; the second one is left out.`,
  hint: () => "Give one of them another name, or set the namespace in two kustomizations.",
};

export const kustomizePatchInvalid: DiagnosticRule<{ readonly reason: string }> = {
  code: "EST-113",
  name: "kustomize-patch-invalid",
  severity: "error",
  message: ({ reason }) => `This patch cannot be used: ${reason}.`,
  hint: () =>
    "Write one strategic merge patch (apiVersion, kind, metadata.name and the fields to change), or a list of JSON patch operations with a target.",
};

export const kustomizePatchTargetMissing: DiagnosticRule<{ readonly id: string; readonly matches: number }> = {
  code: "EST-114",
  name: "kustomize-patch-target-missing",
  severity: "error",
  message: ({ id, matches }) =>
    matches === 0
      ? `No resource matches the strategic merge patch for ${id}; Kustomize stops here.`
      : `${matches} resources match the strategic merge patch for ${id}; Kustomize stops here.`,
  hint: () =>
    "Give the patch the apiVersion, kind, name and namespace of one resource, as the base names it or as it is by now.",
};

export const kustomizePatchMatchesNothing: DiagnosticRule<{ readonly target: string }> = {
  code: "EST-115",
  name: "kustomize-patch-matches-nothing",
  severity: "warning",
  message: ({ target }) => `The target of this patch (${target}) matches no resource, so the patch does nothing.`,
  hint: () => "Kustomize says nothing about it. The name is a regular expression that must match from start to end.",
};

export const kustomizePatchFailed: DiagnosticRule<{ readonly id: string; readonly reason: string }> = {
  code: "EST-116",
  name: "kustomize-patch-failed",
  severity: "error",
  message: ({ id, reason }) => `The patch cannot be applied to ${id}: ${reason}.`,
  hint: () =>
    "Compare the patch with the resource as it is before: a path must exist there, and a value must have the type that it replaces.",
};

export const kustomizeReplicasMatchNothing: DiagnosticRule<{ readonly name: string }> = {
  code: "EST-117",
  name: "kustomize-replicas-match-nothing",
  severity: "error",
  message: ({ name }) => `No Deployment, StatefulSet, ReplicaSet or ReplicationController is named "${name}".`,
  hint: () => "Kustomize stops here; the name is the one in the base, or the one that the resource has by now.",
};

export const kustomizeReplacementFailed: DiagnosticRule<{ readonly reason: string }> = {
  code: "EST-118",
  name: "kustomize-replacement-failed",
  severity: "error",
  message: ({ reason }) => `This replacement cannot be made: ${reason}.`,
  hint: () =>
    "Give it one source (kind, name and fieldPath) and targets, each with a select and fieldPaths that exist in what is selected.",
};

export const kustomizeGeneratorFailed: DiagnosticRule<{ readonly name: string; readonly reason: string }> = {
  code: "EST-119",
  name: "kustomize-generator-failed",
  severity: "error",
  message: ({ name, reason }) => `"${name}" cannot be generated: ${reason}.`,
  hint: () =>
    "Correct its literals (KEY=value), files and envs; the paths are relative to the kustomization and must be among what is read.",
};

/** What the evaluator does not do; `effect` is a clause that says what is missing in the result. */
export const kustomizeUnsupported: DiagnosticRule<{ readonly field: string; readonly effect: string }> = {
  code: "EST-120",
  name: "kustomize-unsupported",
  severity: "error",
  message: ({ field, effect }) => `"${field}" is not evaluated: ${effect}.`,
  hint: () => "Assess the output of the tool that evaluates it, such as `kubectl kustomize` or `kustomize build`.",
};

/** What the evaluator leaves out without changing the workloads; `effect` is a clause. */
export const kustomizeIgnored: DiagnosticRule<{ readonly field: string; readonly effect: string }> = {
  code: "EST-121",
  name: "kustomize-ignored",
  severity: "warning",
  message: ({ field, effect }) => `"${field}" is not evaluated: ${effect}.`,
  hint: () => "Nothing needs to change; where its result matters, assess the output of `kustomize build`.",
};

export const kustomizeFieldDeprecated: DiagnosticRule<{ readonly field: string; readonly replacement: string }> = {
  code: "EST-122",
  name: "kustomize-field-deprecated",
  severity: "note",
  message: ({ field }) => `"${field}" is deprecated.`,
  hint: ({ replacement }) => `Use "${replacement}".`,
};

/** A patch says something that Kustomize takes otherwise than the API server; `effect` is a clause. */
export const kustomizeDirectiveWithoutEffect: DiagnosticRule<{ readonly directive: string; readonly effect: string }> =
  {
    code: "EST-123",
    name: "kustomize-directive-without-effect",
    severity: "warning",
    message: ({ directive, effect }) => `Kustomize does not follow "${directive}" here: ${effect}.`,
    hint: () =>
      "Write the change as a JSON patch with a target, or change the base, so that the build and the API server agree.",
  };

export const kustomizeReferenceAmbiguous: DiagnosticRule<{
  readonly referrer: string;
  readonly name: string;
  readonly candidates: readonly string[];
}> = {
  code: "EST-124",
  name: "kustomize-reference-ambiguous",
  severity: "error",
  message: ({ referrer, name, candidates }) =>
    `The name "${name}" in ${referrer} may mean several resources: ${candidates.join(", ")}; it is left as it is.`,
  hint: () => "Give the resources different names in their bases, or build them in separate kustomizations.",
};

export const kustomizeFieldMismatch: DiagnosticRule<{
  readonly id: string;
  readonly field: string;
  readonly reason: string;
}> = {
  code: "EST-125",
  name: "kustomize-field-mismatch",
  severity: "error",
  message: ({ id, field, reason }) => `The field ${field} of ${id} cannot be changed: ${reason}.`,
  hint: () =>
    "Correct this field in the resource, or leave it out of what the kustomization changes; every step of its path must have the type that the resource kind gives it.",
};

export const kustomizeImageMatchesNothing: DiagnosticRule<{ readonly name: string }> = {
  code: "EST-126",
  name: "kustomize-image-matches-nothing",
  severity: "note",
  message: ({ name }) => `No container of this kustomization uses the image "${name}".`,
  hint: () => "Kustomize says nothing about it. The name is the whole image name without tag or digest.",
};

export const kustomizeVariableUnresolved: DiagnosticRule<{ readonly name: string; readonly reason: string }> = {
  code: "EST-127",
  name: "kustomize-variable-unresolved",
  severity: "error",
  message: ({ name, reason }) => `The variable "${name}" has no value: ${reason}.`,
  hint: () => 'Variables are deprecated; use "replacements".',
};

/** Every rule of evaluating kustomizations, for the catalogue. */
export const kustomizeDiagnosticRules = [
  kustomizationMissing,
  kustomizationAmbiguous,
  kustomizationInvalid,
  kustomizationFieldUnknown,
  kustomizationFieldInvalid,
  kustomizationCycle,
  kustomizeFileMissing,
  kustomizeFileOutside,
  kustomizeRemote,
  kustomizeComponentMisplaced,
  kustomizeResourceInvalid,
  kustomizeDuplicate,
  kustomizeNamespaceConflict,
  kustomizePatchInvalid,
  kustomizePatchTargetMissing,
  kustomizePatchMatchesNothing,
  kustomizePatchFailed,
  kustomizeReplicasMatchNothing,
  kustomizeReplacementFailed,
  kustomizeGeneratorFailed,
  kustomizeUnsupported,
  kustomizeIgnored,
  kustomizeFieldDeprecated,
  kustomizeDirectiveWithoutEffect,
  kustomizeReferenceAmbiguous,
  kustomizeFieldMismatch,
  kustomizeImageMatchesNothing,
  kustomizeVariableUnresolved,
] as const;
