import { formatShortcutForOS, type GraphiQLPlugin, KEY_MAP, pick, useGraphiQL } from "@graphiql/react";
import { type Example, ROLES } from "./example.js";
import { examples } from "./examples.js";
import { KeyField } from "./key-field.js";
import { useOpen } from "./tabs.js";

const HEADINGS: Record<Example["role"], string> = {
  READER: "Ask, without a key",
  ANALYST: "Record, as an analyst",
  EDITOR: "Review and correct, as an editor",
  ADMIN: "Manage, as an administrator",
};

/** The panel a newcomer sees first: what the graph answers, and examples that open with one click. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = {
  title: "Examples",
  icon: ExamplesIcon,
  content: ExamplesPanel,
};

function ExamplesPanel() {
  return (
    <section className="examples" aria-labelledby="examples-heading">
      <h2 id="examples-heading">Examples</h2>
      <p>
        Who said what, about which event, when, where was it published, and who disagrees? Open an example,
        then press <kbd>▶</kbd> or <kbd>{formatShortcutForOS(KEY_MAP.runQuery.key)}</kbd>.
      </p>
      <KeyField />
      {ROLES.map((role) => (
        <ExampleList
          key={role}
          heading={HEADINGS[role]}
          examples={examples.filter((example) => example.role === role)}
        />
      ))}
    </section>
  );
}

function ExampleList({ heading, examples }: { heading: string; examples: readonly Example[] }) {
  const { tabs, activeTabIndex } = useGraphiQL(pick("tabs", "activeTabIndex"));
  const openTitle = tabs[activeTabIndex]?.title;
  const openTab = useOpen();
  const open = ({ name, query, variables = "" }: Example) =>
    openTab({ query, variables, operationName: name }, (tab) => tab.title === name);

  if (examples.length === 0) return null;
  return (
    <>
      <h3>{heading}</h3>
      <ol aria-label={heading}>
        {examples.map((example) => (
          <li key={example.name}>
            <button
              type="button"
              aria-current={example.name === openTitle ? "true" : undefined}
              onClick={() => open(example)}
            >
              <strong>{example.title}</strong>
              {example.role !== "READER" && <em>key</em>}
              <span>{example.purpose}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <rect x="3.5" y="3.5" width="17" height="17" rx="3" />
      <path d="M10 8.5v7l5.5-3.5z" strokeLinejoin="round" />
    </svg>
  );
}
