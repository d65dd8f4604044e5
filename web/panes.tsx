import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useSyncExternalStore } from "react";
import { EXAMPLES_PLUGIN } from "./examples-panel.js";
import { currentPane, onPaneChange, type Pane, showPane } from "./pane.js";

const NAMES: Record<Pane, string> = { examples: "Examples", operation: "Operation", answer: "Answer" };

/** Switches between the panes where only one has room. On wide windows the style sheet shows all, and hides this. */
export function Panes() {
  const pane = useSyncExternalStore(onPaneChange, currentPane);
  const { setVisiblePlugin } = useGraphiQLActions();
  const { isFetching, visiblePlugin, tabs, activeTabIndex } = useGraphiQL(
    pick("isFetching", "visiblePlugin", "tabs", "activeTabIndex"),
  );

  useEffect(() => {
    document.documentElement.dataset.pane = pane;
  }, [pane]);
  // The tabs of a narrow window are more than are seen at once.
  useEffect(() => {
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pane, tabs.length, activeTabIndex]);
  useEffect(() => {
    if (isFetching) showPane("answer");
  }, [isFetching]);

  function choose(chosen: Pane) {
    if (chosen === "examples" && !visiblePlugin) setVisiblePlugin(EXAMPLES_PLUGIN);
    showPane(chosen);
  }

  return (
    <nav className="panes" aria-label="Panes">
      {Object.entries(NAMES).map(([name, title]) => (
        <button
          key={name}
          type="button"
          aria-current={name === pane ? "true" : undefined}
          onClick={() => choose(name as Pane)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
