import { pick, ToolbarButton, ToolbarMenu, tryParseJSONC, useGraphiQL } from "@graphiql/react";
import { useState } from "react";
import { asCurl, asFetch, asTypedDocument, type RequestBody } from "./copies.js";
import { heldKey } from "./key.js";
import { linkTo } from "./link.js";
import { operationsOf, parsed } from "./operation.js";

const ENDPOINT = new URL("/graphql", location.href).href;
const COPIED_SHOWN_MS = 3000;

const LINK =
  "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2";
const CODE = "m8 7-5 5 5 5m8-10 5 5-5 5M13.5 5l-3 14";

/** Hands the operation on: as a link, a command, a program, a document. */
export function CopyTools() {
  const { queryEditor, variableEditor, operationName } = useGraphiQL(
    pick("queryEditor", "variableEditor", "operationName"),
  );
  const [said, setSaid] = useState("");

  async function copy(what: string, make: (query: string, variables: string, name?: string) => string) {
    try {
      await toClipboard(make(queryEditor?.getValue() ?? "", variableEditor?.getValue() ?? "", operationName));
      setSaid(`${what} copied.`);
    } catch (error) {
      setSaid(`Not copied: ${error instanceof Error ? error.message : error}`);
    }
    setTimeout(() => setSaid(""), COPIED_SHOWN_MS);
  }

  const copyLink = () =>
    copy("Link", (query, variables, name) =>
      linkTo(location.href, { query, variables, operationName: needed(query, name) }),
    );
  const copyRequest = (what: string, make: typeof asCurl) => () =>
    copy(what, (query, text, name) => {
      const variables = tryParseJSONC(text);
      const body: RequestBody = { query, variables, operationName: needed(query, name) };
      return make(ENDPOINT, body, heldKey() !== "");
    });
  const copyDocument = () => copy("Typed document", (query, _, name) => asTypedDocument(query, name));

  return (
    <>
      <ToolbarButton label="Copy link" onClick={copyLink}>
        <Icon path={LINK} />
      </ToolbarButton>
      <ToolbarMenu
        button={
          <ToolbarButton label="Copy as…">
            <Icon path={CODE} />
          </ToolbarButton>
        }
      >
        <ToolbarMenu.Item onSelect={copyRequest("Command", asCurl)}>Copy as curl</ToolbarMenu.Item>
        <ToolbarMenu.Item onSelect={copyRequest("Program", asFetch)}>Copy as fetch</ToolbarMenu.Item>
        <ToolbarMenu.Item onSelect={copyDocument}>Copy as typed document</ToolbarMenu.Item>
      </ToolbarMenu>
      <output className="said">{said}</output>
    </>
  );
}

/** A name is only needed where the document leaves a choice. */
const needed = (query: string, name?: string) => (operationsOf(parsed(query)).length > 1 ? name : undefined);

/** Browsers offer a clipboard to pages from this machine or by HTTPS; elsewhere a selection is copied. */
async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function Icon({ path }: { path: string }) {
  return (
    <svg
      className="graphiql-toolbar-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <path d={path} strokeWidth="2" />
    </svg>
  );
}
