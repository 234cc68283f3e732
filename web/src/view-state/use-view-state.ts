import { useCallback, useMemo } from "react";
import { navigate, useSearch } from "wouter/use-browser-location";
import { readViewState, type ViewState, writeViewState } from "./view-state.ts";

export type ChangeView = (change: Partial<ViewState>, how?: "push" | "replace") => void;

/** The state of the view, held by the address alone: reload, share and the back button work. */
export function useViewState(): readonly [ViewState, ChangeView] {
  const search = useSearch();
  const state = useMemo(() => readViewState(new URLSearchParams(search)), [search]);
  const change = useCallback<ChangeView>((part, how = "push") => {
    // The address is read again: two changes in one event must not lose the first.
    const before = readViewState(new URLSearchParams(window.location.search));
    const query = writeViewState({ ...before, ...part });
    if (query === writeViewState(before)) return;
    navigate(query === "" ? window.location.pathname : `?${query}`, { replace: how === "replace" });
  }, []);
  return [state, change];
}
