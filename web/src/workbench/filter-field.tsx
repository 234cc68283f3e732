import { Combobox, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useMemo } from "react";
import { filterSuggestions } from "../graph/filter.ts";
import { Icon } from "../symbols/icon.tsx";
import classes from "./filter-field.module.css";
import { useWorkbench } from "./workbench.ts";

/** Where `/` puts the cursor. */
export const filterFieldId = "filter";
const offered = 8;

/** Free words and `key:value` terms, completed from what the estate has. */
export function FilterField() {
  const { view, change, facts } = useWorkbench();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const suggestions = useMemo(() => filterSuggestions(facts), [facts]);
  const words = view.filter.split(" ");
  const last = words.at(-1) ?? "";
  const matching = suggestionsFor(suggestions, last, words);
  const complete = (term: string) => {
    change({ filter: `${[...words.slice(0, -1), term].join(" ")} ` }, "replace");
    combobox.closeDropdown();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Escape") return;
    if (combobox.dropdownOpened) combobox.closeDropdown();
    else event.currentTarget.blur();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={complete} position="bottom-start" width="target">
      <Combobox.Target>
        <div className={classes.field}>
          <Icon name="search" />
          <Combobox.EventsTarget>
            <input
              id={filterFieldId}
              className={classes.input}
              aria-label="Filter"
              placeholder="Filter: tenant:retail -env:dev orders"
              autoComplete="off"
              spellCheck={false}
              value={view.filter}
              onChange={(event) => {
                change({ filter: event.currentTarget.value }, "replace");
                combobox.openDropdown();
              }}
              onBlur={() => combobox.closeDropdown()}
              onKeyDown={onKeyDown}
            />
          </Combobox.EventsTarget>
          <kbd className={classes.key}>/</kbd>
        </div>
      </Combobox.Target>
      <Combobox.Dropdown hidden={matching.length === 0} className={classes.dropdown}>
        <Combobox.Options aria-label="Terms">
          {matching.map((term) => (
            <Combobox.Option key={term} value={term} className={classes.option}>
              {term}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Terms that begin with or hold the word being typed, negation kept, those already there left out. */
function suggestionsFor(suggestions: readonly string[], word: string, words: readonly string[]): readonly string[] {
  const negation = word.startsWith("-") ? "-" : "";
  const body = word.slice(negation.length).toLowerCase();
  if (body === "") return [];
  const starting = suggestions.filter((term) => term.toLowerCase().startsWith(body));
  const holding = suggestions.filter((term) => !starting.includes(term) && term.toLowerCase().includes(body));
  return [...starting, ...holding]
    .map((term) => `${negation}${term}`)
    .filter((term) => !words.includes(term))
    .slice(0, offered);
}
