import type { RepositoryFile } from "../repository/repository-file.ts";
import { azurePipelineText, azurePromotionText } from "./azure-pipelines.ts";
import { codeOwners } from "./code-owners.ts";
import { promotionWorkflowText, requiredChecksText } from "./github-workflows.ts";
import { exemptionFormText, onboardingFormText } from "./issue-forms.ts";
import { buildScript, compareScript, promoteScript, scripts, toolScript } from "./pipeline-scripts.ts";
import { pullRequestTemplateText } from "./pull-request-template.ts";
import { readmeText } from "./readme.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** Everything around the objects: who owns what, how a change goes from environment to environment, who approves it. */
export function processFiles(shape: RepositoryShape): readonly RepositoryFile[] {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ["README.md", readmeText(shape)],
    [".gitattributes", ".scantling/** linguist-generated=true -diff\n"],
    [".github/CODEOWNERS", codeOwners(shape).text],
    [".github/pull_request_template.md", pullRequestTemplateText(shape)],
    [".github/ISSUE_TEMPLATE/onboarding.yaml", onboardingFormText(shape)],
    [".github/ISSUE_TEMPLATE/exemption.yaml", exemptionFormText(shape)],
    [".github/workflows/checks.yaml", requiredChecksText(shape)],
    [".github/workflows/promote.yaml", promotionWorkflowText(shape)],
    [".azuredevops/pull_request_template.md", pullRequestTemplateText(shape)],
    [".azuredevops/checks.yaml", azurePipelineText(shape)],
    [".azuredevops/promote.yaml", azurePromotionText(shape)],
    [scripts.build, buildScript(shape)],
    [scripts.compare, compareScript(shape)],
    [scripts.promote, shape.promotions.length === 0 ? undefined : promoteScript(shape)],
    [scripts.tool, toolScript()],
  ];
  return texts.flatMap(([path, text]) =>
    text === undefined ? [] : [{ path, text, tells: `Estate/${shape.estate.name}` }],
  );
}
