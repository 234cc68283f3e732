import { useEffect, useRef } from "react";
import { type Shortcut, stepShortcut } from "./shortcuts.ts";

/** Listens for shortcuts on the whole page, but not while something is being typed or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const before = useRef<readonly string[]>([]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      const step = stepShortcut(shortcuts, before.current, event.key);
      before.current = step.kind === "wait" ? step.keys : [];
      if (step.kind === "wait") return;
      event.preventDefault();
      step.shortcut.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shortcuts]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
