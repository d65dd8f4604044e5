import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";
import { examples } from "./examples.js";
import { operationIn } from "./link.js";
import { onlyAsks, operationsOf, parsed } from "./operation.js";
import { useOpen } from "./tabs.js";

/** What GraphiQL leaves to its page: what runs at first, a key that runs from everywhere, and lines that wrap. */
export function Arrival() {
  useLinks();
  useFirstAnswer();
  useRunKey();
  useWrappedLines();
  return null;
}

/**
 * Opens what the address holds, also when it changes while the page is open. Only what asks is answered at once: a link
 * may come from anybody, and the key at hand may be allowed to record.
 */
function useLinks() {
  const open = useOpen();
  const { run, setOperationFacts } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor } = useEditors();
  useEffect(() => {
    if (!queryEditor || !variableEditor || !responseEditor) return;
    const follow = () => {
      const link = operationIn(location.href);
      if (!link) return;
      // A reload shows the tab as it is by then.
      history.replaceState(null, "", location.pathname + location.search);
      const { query, variables } = link;
      open(link, (tab) => tab.query === query && (tab.variables ?? "") === variables);
      const documentAST = parsed(query);
      const operations = operationsOf(documentAST);
      setOperationFacts({
        documentAST,
        operations,
        operationName: link.operationName ?? operations[0]?.name?.value,
      });
      if (onlyAsks(query)) run();
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [open, queryEditor, variableEditor, responseEditor, run, setOperationFacts]);
}

/**
 * Answers the example that the page opens with, so that the first thing seen is an answer. What somebody wrote, or
 * what records something, waits for its reader.
 */
function useFirstAnswer() {
  const { run } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor } = useEditors();
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current || !queryEditor || !variableEditor || !responseEditor) return;
    arrived.current = true;
    const query = queryEditor.getValue();
    const given = variableEditor.getValue();
    const untouched = examples.some(
      (example) => example.query === query && (example.variables ?? "") === given,
    );
    if (untouched && onlyAsks(query)) run();
  }, [queryEditor, variableEditor, responseEditor, run]);
}

/** The editors know the key that runs, but only while one of them has the focus. */
function useRunKey() {
  const { run } = useGraphiQLActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      // A button with the focus would take the key for a click.
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [run]);
}

function useWrappedLines() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditors();
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) {
      editor?.updateOptions({ wordWrap: "on" });
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}

const useEditors = () => useGraphiQL(pick("queryEditor", "variableEditor", "headerEditor", "responseEditor"));
