import { useState } from "react";
import { severities } from "../graph/measure-boxes.ts";
import { plural } from "../graph/plural.ts";
import { Icon } from "../symbols/icon.tsx";
import { SeverityWord } from "../tables/severity-word.tsx";
import type { FindingGrouping } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./finding-groups.module.css";
import { FindingRows } from "./finding-rows.tsx";
import type { FindingGroup } from "./group-findings.ts";
import { RuleButton } from "./rule-button.tsx";

interface FindingGroupsProps {
  readonly groups: readonly FindingGroup[];
  readonly by: FindingGrouping;
}

/** Groups drawn at once. */
const portion = 60;

/** Groups of findings, each unfolded on a click; the one with the finding of the address is open. */
export function FindingGroups({ groups, by }: FindingGroupsProps) {
  const { view } = useWorkbench();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [limit, setLimit] = useState(portion);
  const linked = groups.find(({ findings }) => findings.some(({ finding }) => finding.fingerprint === view.finding));
  const isOpen = ({ key }: FindingGroup) => opened.has(key) || (opened.size === 0 && key === linked?.key);
  const toggle = (group: FindingGroup) => {
    const next = new Set(linked === undefined ? opened : [...opened, linked.key]);
    if (isOpen(group)) next.delete(group.key);
    else next.add(group.key);
    setOpened(next);
  };
  const shown = groups.filter((group, index) => index < limit || group === linked);
  return (
    <ul className={classes.groups}>
      {shown.map((group) => (
        <Group key={group.key} group={group} by={by} open={isOpen(group)} onToggle={() => toggle(group)} />
      ))}
      {groups.length > shown.length ? (
        <li>
          <button type="button" className={classes.more} onClick={() => setLimit(limit + portion)}>
            Show more of {plural(groups.length, "group")}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

interface GroupProps {
  readonly group: FindingGroup;
  readonly by: FindingGrouping;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function Group({ group, by, open, onToggle }: GroupProps) {
  const worst = severities.filter((severity) => group.counts[severity] > 0);
  const [first] = worst;
  return (
    <li className={`${classes.group} tone-severity-${first ?? "info"}`} data-open={open}>
      <div className={classes.head}>
        <button type="button" className={classes.toggle} aria-expanded={open} onClick={onToggle}>
          <span className={classes.caret}>
            <Icon name="caret" />
          </span>
          <span className={classes.title}>
            <code>{group.title}</code>
            <span className={classes.detail}>{group.detail}</span>
          </span>
          <span className={classes.counts}>
            {worst.map((severity) => (
              <SeverityWord key={severity} severity={severity} count={group.counts[severity]} />
            ))}
          </span>
        </button>
        {by === "rule" ? <RuleButton rule={group.key} /> : null}
      </div>
      {open ? <FindingRows findings={group.findings} underRule={by === "rule"} /> : null}
    </li>
  );
}
