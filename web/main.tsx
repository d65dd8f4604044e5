import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./style.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Arrival } from "./arrival.js";
import { CopyTools } from "./copy-tools.js";
import { Cost } from "./cost.js";
import { examples } from "./examples.js";
import { EXAMPLES_PLUGIN } from "./examples-panel.js";
import { fetcher } from "./fetcher.js";
import { Panes } from "./panes.js";
import { storage } from "./storage.js";

const FIRST_TABS = 3;
const plugins = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

createRoot(document.getElementById("playground")!).render(
  <StrictMode>
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      visiblePlugin={EXAMPLES_PLUGIN}
      defaultTabs={examples.slice(0, FIRST_TABS)}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <h1>Claimgraph</h1>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            <Cost />
            {prettify}
            {merge}
            {copy}
            <CopyTools />
          </>
        )}
      </GraphiQL.Toolbar>
      <Arrival />
      <Panes />
    </GraphiQL>
  </StrictMode>,
);
