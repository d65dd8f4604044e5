import { useGraphiQLActions } from "@graphiql/react";
import { useRef, useState } from "react";
import { heldKey, holdKey } from "./key.js";

/** Takes the key for all tabs. Nobody has to know how a header is written. */
export function KeyField() {
  const { introspect } = useGraphiQLActions();
  const [key, setKey] = useState(heldKey);
  const asked = useRef(key);

  function change(text: string) {
    setKey(text);
    holdKey(text);
  }

  /** Who answers nobody without a key shows the schema only now. */
  function askAgain() {
    if (asked.current === key) return;
    asked.current = key;
    introspect();
  }

  return (
    <div className="key">
      <label htmlFor="key">Your key</label>
      <input
        id="key"
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder="none: you ask as a reader"
        aria-describedby="key-hint"
        value={key}
        onChange={({ target }) => change(target.value)}
        onBlur={askAgain}
      />
      <p id="key-hint">
        To record something, put the key here that <code>npm start</code> printed. It is kept until this
        browser tab is closed.
      </p>
    </div>
  );
}
