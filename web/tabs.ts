import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import type { Operation } from "./operation.js";
import { showPane } from "./pane.js";

interface Tab {
  title: string;
  query: string | null;
  variables?: string | null;
}

/** Opens an operation in the tab that already holds it, or else in a new one, so that no edit is lost. */
export function useOpen(): (operation: Operation, holds: (tab: Tab) => boolean) => void {
  const { addTab, changeTab, stop, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, queryEditor, variableEditor } = useGraphiQL(pick("tabs", "queryEditor", "variableEditor"));

  return ({ query, variables, operationName }, holds) => {
    showPane("operation");
    const index = tabs.findIndex(holds);
    if (index >= 0) {
      changeTab(index);
      return;
    }
    // A subscription writes into the tab in front, whichever that is.
    stop();
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    // The editors report their text with a delay; a second click must not overtake it.
    updateActiveTabValues({ query, variables, operationName });
  };
}
