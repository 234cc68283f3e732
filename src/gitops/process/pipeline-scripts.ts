// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the shell are written as they are.
import { approvals } from "./approvals.ts";
import type { PromotionFolder, RepositoryShape } from "./repository-shape.ts";

/** Scripts that the pipelines of both hosts call, so that both do the same. */
export const scripts = {
  build: "pipelines/build.sh",
  compare: "pipelines/compare.sh",
  promote: "pipelines/promote.sh",
  tool: "pipelines/scantling.sh",
} as const;

/** Builds every leaf as the clusters will; a leaf that does not build stops the pull request. */
export function buildScript({ packaging }: RepositoryShape): string {
  const loop =
    packaging === "helm"
      ? [
          "find apps platform -name Chart.yaml -printf '%h\\n' | sort | while read -r chart; do",
          '  helm lint --strict "$chart"',
          "done",
        ]
      : [
          "find clusters -path 'clusters/*/*/*' -name kustomization.yaml -printf '%h\\n' | grep -v -e /overrides -e /flux | sort | while read -r leaf; do",
          '  echo "$leaf"',
          '  kubectl kustomize "$leaf" > /dev/null',
          "done",
        ];
  return text(["set -euo pipefail", ...loop]);
}

/** Says what was edited by hand and what the estate would write otherwise. */
export function compareScript(shape: RepositoryShape): string {
  return text([
    "# Fails where the files are not those that the source gives.",
    "set -euo pipefail",
    ...estateLines(shape),
    `bash ${scripts.tool} render "$estate" --to . ${renderFlags(shape)} --diff`,
  ]);
}

/** Runs the tool from its Git repository, at one commit: it is in no registry. */
export function toolScript(): string {
  return text([
    "# Runs scantling at one commit of its Git repository. README.md tells how to set the two variables.",
    "set -euo pipefail",
    'if [ -z "${SCANTLING_REPOSITORY:-}" ] || [ -z "${SCANTLING_COMMIT:-}" ]; then',
    '  echo "Set the variables SCANTLING_REPOSITORY (address of the Git repository of scantling) and SCANTLING_COMMIT (the commit to run)." >&2',
    "  exit 2",
    "fi",
    'tool="${RUNNER_TEMP:-${AGENT_TEMPDIRECTORY:-/tmp}}/scantling-$SCANTLING_COMMIT"',
    'if [ ! -d "$tool/node_modules" ]; then',
    '  git init --quiet "$tool"',
    '  git -C "$tool" fetch --quiet --depth 1 "$SCANTLING_REPOSITORY" "$SCANTLING_COMMIT"',
    '  git -C "$tool" checkout --quiet FETCH_HEAD',
    '  npm ci --silent --prefix "$tool"',
    "fi",
    'exec node "$tool/bin/scantling.js" "$@"',
  ]);
}

/**
 * Moves a version into an environment on a branch of its own: refused where the environment before does not have it. The
 * source is changed first and committed, then rendered: nothing is forced, so no edit by hand gets lost. It pushes nothing
 * and has no token: the tool that it installs must not find one.
 */
export function promoteScript(shape: RepositoryShape): string {
  const names = approvals(shape.estate).map(({ environment }) => environment);
  const before = names.slice(1).map((name, index) => `  ${name}) before=${names[index]} ;;`);
  return text([
    "# APPLICATION, ENVIRONMENT, IMAGE (without its tag) and VERSION (tag or digest) come from the pipeline.",
    "set -euo pipefail",
    ...estateLines(shape),
    "",
    "# Kustomize folder of the source that one environment alone has of an application.",
    "folder_of() {",
    '  case "$1" in',
    ...shape.promotions.map(
      ({ application, environment, folder }) => `  ${application}/${environment}) echo "${folder}" ;;`,
    ),
    '  *) echo "The source has no Kustomize folder of $1 alone: set the version there by hand, and render." >&2; return 1 ;;',
    "  esac",
    "}",
    "has_version() {",
    `  kubectl kustomize "$estate/$1" | sed -n 's/^[ -]*image: *//p' | tr -d '"' | grep -xF "$image" > /dev/null`,
    "}",
    "",
    'case "$VERSION" in',
    'sha256:*) image="$IMAGE@$VERSION" ;;',
    '*) image="$IMAGE:$VERSION" ;;',
    "esac",
    'folder="$(folder_of "$APPLICATION/$ENVIRONMENT")"',
    "before=",
    ...(before.length === 0 ? [] : ['case "$ENVIRONMENT" in', ...before, "esac"]),
    'if [ -n "$before" ] && earlier="$(folder_of "$APPLICATION/$before" 2> /dev/null)" && ! has_version "$earlier"; then',
    '  echo "$image is not in $before yet: promote it there first." >&2',
    "  exit 1",
    "fi",
    "",
    'git switch --create "promote/$APPLICATION/$ENVIRONMENT/${VERSION#sha256:}"',
    '(cd "$estate/$folder" && kustomize edit set image "$IMAGE=$image")',
    'if ! has_version "$folder"; then',
    '  echo "No container of $APPLICATION uses the image $IMAGE." >&2',
    "  exit 1",
    "fi",
    'git config user.name "${GITHUB_ACTOR:-promotion}"',
    'git config user.email "${GITHUB_ACTOR:-promotion}@users.noreply.github.com"',
    'git commit --quiet --all --message "$APPLICATION $VERSION to $ENVIRONMENT"',
    `bash ${scripts.tool} render "$estate" --to . ${renderFlags(shape)}`,
    'git add --all && git commit --quiet --message "Render $APPLICATION $VERSION for $ENVIRONMENT"',
  ]);
}

/** Pushes the branch without a hook of the checkout, which what ran before could have left there. */
export const pushBranch = "git -c core.hooksPath=/dev/null push --set-upstream origin HEAD";

/** Where the pipelines find the source. */
function estateLines({ sourceFolder }: RepositoryShape): readonly string[] {
  if (sourceFolder !== undefined) return [`estate="\${ESTATE_FOLDER:-${sourceFolder}}"`];
  return [
    'estate="${ESTATE_FOLDER:-}"',
    'if [ -z "$estate" ]; then',
    '  echo "Set the variable ESTATE_FOLDER: the folder of this checkout that the repository is rendered from." >&2',
    "  exit 2",
    "fi",
  ];
}

/** Options that give the same files again. */
function renderFlags({ packaging, agent, cloudTarget, source }: RepositoryShape): string {
  const where = `--repository ${quoted(source.url)} --branch ${quoted(source.branch)}`;
  return `--packaging ${packaging} --agent ${agent} --cloud ${cloudTarget ?? "none"} ${where}`;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Applications that a pipeline can promote, sorted. */
export function promotedApplications(promotions: readonly PromotionFolder[]): readonly string[] {
  return [...new Set(promotions.map(({ application }) => application))].toSorted();
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
