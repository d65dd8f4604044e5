import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";
import { examples } from "./examples.js";
import { onlyAsks } from "./operation.js";

/** What GraphiQL leaves to its page: what runs at first, a key that runs from everywhere, and lines that wrap. */
export function Arrival() {
  useFirstAnswer();
  useRunKey();
  useWrappedLines();
  return null;
}

/**
 * Answers the example that the page opens with, so that the first thing seen is an answer. What somebody wrote, or
 * what records something, waits for its reader.
 */
function useFirstAnswer() {
  const { run } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor } = useGraphiQL(
    pick("queryEditor", "variableEditor", "responseEditor"),
  );
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
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick("queryEditor", "variableEditor", "headerEditor", "responseEditor"),
  );
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) {
      editor?.updateOptions({ wordWrap: "on" });
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}
