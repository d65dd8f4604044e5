import {
  formatShortcutForOS,
  type GraphiQLPlugin,
  KEY_MAP,
  pick,
  useGraphiQL,
  useGraphiQLActions,
} from "@graphiql/react";
import type { Example } from "./example.js";
import { examples } from "./examples.js";
import { KeyField } from "./key-field.js";

/** The panel a newcomer sees first: what the graph answers, and examples that open with one click. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = {
  title: "Examples",
  icon: ExamplesIcon,
  content: ExamplesPanel,
};

function ExamplesPanel() {
  const { openTitle, open } = useExampleTabs();
  return (
    <section className="examples" aria-labelledby="examples-heading">
      <h2 id="examples-heading">Examples</h2>
      <p>
        Who said what, about which event, when, where was it published, and who disagrees? Open an example,
        then press <kbd>▶</kbd> or <kbd>{formatShortcutForOS(KEY_MAP.runQuery.key)}</kbd>.
      </p>
      <KeyField />
      <ol>
        {examples.map((example) => (
          <li key={example.name}>
            <button
              type="button"
              aria-current={example.name === openTitle ? "true" : undefined}
              onClick={() => open(example)}
            >
              <strong>{example.title}</strong>
              {example.records && <em>key</em>}
              <span>{example.purpose}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Opens an example in the tab that already holds it, or else in a new one, so that no edit is lost. */
function useExampleTabs() {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    pick("tabs", "activeTabIndex", "queryEditor", "variableEditor"),
  );

  function open({ name, query, variables = "" }: Example) {
    const index = tabs.findIndex((tab) => tab.title === name);
    if (index >= 0) {
      changeTab(index);
      return;
    }
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    // The editors report their text with a delay; a second click must not overtake it.
    updateActiveTabValues({ query, variables, operationName: name });
  }

  return { openTitle: tabs[activeTabIndex]?.title, open };
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <rect x="3.5" y="3.5" width="17" height="17" rx="3" />
      <path d="M10 8.5v7l5.5-3.5z" strokeLinejoin="round" />
    </svg>
  );
}
