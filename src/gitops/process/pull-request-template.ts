import { approvals } from "./approvals.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** What a pull request has to say, and who has to agree by where it lands. */
export function pullRequestTemplateText(shape: RepositoryShape): string {
  const rows = approvals(shape.estate).map(
    ({ environment, reviewers, needsPlatform, because }) =>
      `| ${environment} | ${reviewers}${needsPlatform ? " and the platform" : ""} | ${because} |`,
  );
  return `## What changes, and why

## Where it lands

- [ ] The estate was changed, and \`scantling render\` wrote the files; nothing generated was edited by hand.
- [ ] It ran in the environment before; the promotion moves one environment at a time.
- [ ] What it does to cost and availability was looked at (\`scantling assess\`).
- [ ] A way back is known: revert this pull request.

| environment | approvals | because |
| --- | --- | --- |
${rows.join("\n")}
`;
}
